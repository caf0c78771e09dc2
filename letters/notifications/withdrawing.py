"""What is told when a name is taken back after delivery."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutALetter, AtTheDesk


@register
class TookBackLate(AboutALetter):
    """To the person who took a public name back after delivery: it is done."""

    kind = "letters.took_back_late"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("You took your name back from a letter after its delivery. Its list says so now.")


@register
class WithdrawnLate(AboutALetter):
    """To the coordinators: somebody took a name back after delivery."""

    kind = "letters.withdrawn_late"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A name was taken back from a letter that you coordinate, after its delivery.")


@register
class WithdrawnLateAtTheOffice(AtTheDesk):
    """To the officers: somebody took a name back from a letter that the Office has."""

    kind = "letters.withdrawn_late_at_the_office"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A name was taken back from a letter that was delivered to the Office.")
