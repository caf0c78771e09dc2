"""The reminder of the deadline, to those who are invited and did not answer.

No row says whom it is for or whether it left: who signed without being named gets none, and that
must not be seen.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.registry import register
from letters.models import Reminder


@register
class ClosesSoon(ProtectedNotification):
    """To the representatives of the invited, or to the expert: the sign-on closes soon."""

    kind = "letters.reminder"

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the reminder goes; None where it is no longer wanted."""
        from letters.actions.reminding import WHY, wanted_by

        reminder = Reminder.objects.unguarded(WHY).filter(pk=about_id).first()
        user = wanted_by(reminder) if reminder is not None else None
        return Mailbox(user.email, user.language) if user is not None else None

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you are invited to sign closes soon.")
