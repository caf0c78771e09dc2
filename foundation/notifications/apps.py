"""The app of the notifications: two lanes of the relay."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Registers the lane of mails (through Celery) and that of security mails (direct)."""

    name = "foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Tell the relay what to hand to whom."""
        from foundation.leases.lanes import Lane, register_lane
        from foundation.notifications import presenters, retention  # noqa: F401
        from foundation.notifications.models import Outbox, SecurityMail
        from foundation.notifications.outbox import hand_over
        from foundation.notifications.security import send_security_mails

        register_lane(Lane("mail", Outbox, hand_over, batch=250, ahead=2500, label=_("Mails")))
        register_lane(
            Lane(
                "security-mail",
                SecurityMail,
                send_security_mails,
                batch=20,
                direct=True,
                label=_("Mails of sign-in"),
            )
        )
