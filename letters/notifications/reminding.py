"""The reminder of the deadline, to those who are invited and did not answer.

No row says whom it is for or whether it left: who signed without being named gets none, and that
must not be seen.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.registry import register
from letters.models import Reminder
from letters.notifications.by_mail import invitation_words
from letters.secrecy import unseal


@register
class ClosesSoon(ProtectedNotification):
    """To the representatives of the invited, or to the expert: the sign-on closes soon."""

    kind = "letters.reminder"

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the reminder goes; None where it is no longer wanted."""
        from letters.actions.reminding import WHY, mailbox_of

        reminder = Reminder.objects.unguarded(WHY).filter(pk=about_id).first()
        return mailbox_of(reminder) if reminder is not None else None

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the usual words; to an address that was invited, with its links."""
        from letters.actions.reminding import WHY

        facts = unseal(Reminder.objects.unguarded(WHY).get(pk=about_id))
        if "invitation" not in facts:
            return super().body(user, about_id)
        return invitation_words(facts["invitation"])

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you are invited to sign closes soon.")
