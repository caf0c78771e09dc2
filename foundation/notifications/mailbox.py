"""Mail to somebody whose name is protected: the address is asked for when the mail leaves.

    @register
    class SignedByYou(ProtectedNotification):
        kind = "letters.signed_by_you"

        def mailbox(self, about_id: str) -> Mailbox | None:
            ...

    notify_pseudonym(SignedByYou.kind, about=signatory)

The row in the outbox holds a random number in place of a person. Only the task that sends asks
`mailbox`, at the moment of sending; the address then lies in the memory of that process and in no
row, no log, no queue and no error. It works for people without an account, too. There is no notice
inside the portal: it would say whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from foundation.notifications.registry import Notification


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a mail goes, and in which language (a code of settings.LANGUAGES) its words are."""

    address: str = field(repr=False)
    language: str


class ProtectedNotification(Notification):
    """A message that is told by `notify_pseudonym` only, never by `notify`.

    `body`, `still_true` and `files` get the Mailbox in place of a user. The words of `body` are not
    kept for others, so a link in it may be meant for one reader alone; subject and body must be as
    neutral as of every other mail. For people who cannot sign in, write a body of its own.
    """

    def mailbox(self, about_id: str) -> Mailbox | None:
        """The reader of the mail about `about_id`; None where nobody is to get it (any more).

        Called in the sending task only. An error that it raises leaves its class name in the row.
        """
        raise NotImplementedError

    @property
    def is_made_late(self) -> bool:
        """Always: nobody's address is looked up before the moment in which it is needed."""
        return True
