"""The reminder of the deadline, to those who are invited and did not answer.

No row says whom it is for or whether it left: who signed without being named gets none, and that
must not be seen.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.registry import register
from letters.models import Letter, Reminder
from letters.notifications.by_mail import invitation_words
from letters.rules import accepts_signatures
from letters.rules.reminding import WHY, has_answered, open_invitations, wanted_by
from letters.secrecy import unseal


@register
class ClosesSoon(ProtectedNotification):
    """To the representatives of the invited, or to the expert: the sign-on closes soon."""

    kind = "letters.reminder"

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the reminder goes; None where it is no longer wanted."""
        reminder = Reminder.objects.unguarded(WHY).filter(pk=about_id).first()
        return _mailbox_of(reminder) if reminder is not None else None

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the usual words; to an address that was invited, with its links."""
        facts = unseal(Reminder.objects.unguarded(WHY).get(pk=about_id))
        if "invitation" not in facts:
            return super().body(user, about_id)
        return invitation_words(facts["invitation"])

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you are invited to sign closes soon.")


def _mailbox_of(reminder: Reminder) -> Mailbox | None:
    """Return where the reminder goes if it is still wanted now, else None."""
    letter = Letter.objects.unguarded(WHY).get(pk=reminder.letter_id)
    whom = unseal(reminder)
    if not accepts_signatures(letter):
        return None
    if "invitation" in whom:
        invited = open_invitations(letter).filter(pk=whom["invitation"], sealed__isnull=False)
        one = invited.with_the_invited().first()
        if one is None or not letter.open_to_outsiders or has_answered(one):
            return None
        facts = unseal(one)
        return Mailbox(facts["address"], facts["language"])
    user = wanted_by(whom["user"], letter)
    return Mailbox(user.email, user.language) if user is not None else None
