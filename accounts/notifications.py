"""What this room tells people: that their roles changed, without saying which."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import Notification, register


@register
class RolesChanged(Notification):
    """A staff role was given or taken. Mail says nothing of it; the portal does not say which."""

    kind = "accounts.roles_changed"

    def notice(self) -> str:
        """Say that roles changed."""
        return _("Your roles in this portal have changed.")

    def path(self, about_id: str) -> str:
        """Lead to one's own preferences, where one's roles stand."""
        return reverse("accounts:preferences")
