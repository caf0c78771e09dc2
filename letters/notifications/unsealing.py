"""What is told when somebody asks to see a name that is not counted: to the other side, to who
asked, and, whatever they chose about news, to the person whose name was shown."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import Notification, register
from letters.notifications.hidden import ToAName, hidden_kind


class AboutAnUnsealing(Notification):
    """Base: they lead to the request."""

    def path(self, about_id: str) -> str:
        """Return the path of the request; it opens only for who may see it."""
        return reverse("letters:unsealing", args=[about_id])


@register
class UnsealingAsked(AboutAnUnsealing):
    """To the other side: somebody asks."""

    kind = "letters.unsealing_asked"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("Somebody asks to see a name that is not counted. It needs your word.")


@register
class UnsealingDecided(AboutAnUnsealing):
    """To who asked: it was agreed to or refused."""

    kind = "letters.unsealing_decided"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("Your request to see a name was decided.")


@register
class NameUnsealed(ToAName):
    """To whose name it is: two people may see it now."""

    kind = hidden_kind("letters.name_unsealed")
    only_if_wished = False

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("Your name was shown to two people. The letter's page says when and why.")
