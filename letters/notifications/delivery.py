"""What is told from delivery to the end: to those who signed, and to the Office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutALetter, AboutAnswers, AtTheDesk


@register
class Delivered(AboutALetter):
    """To everyone who signed here: the letter was handed to the Office."""

    kind = "letters.delivered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you signed was delivered to the Office.")


@register
class ToAcknowledge(AtTheDesk):
    """To the officers: a letter was delivered to the Office."""

    kind = "letters.to_acknowledge"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter was delivered to the Office and waits to be acknowledged.")


@register
class Assigned(AtTheDesk):
    """To the owner: it is yours now."""

    kind = "letters.assigned"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter was given to you.")


@register
class Acknowledged(AboutALetter):
    """To those who signed and coordinated: the Office has read it."""

    kind = "letters.acknowledged"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has acknowledged a letter of yours.")


@register
class NoAnswer(AboutAnswers):
    """To those who signed and coordinated: the Office has closed it without an answer, and why."""

    kind = "letters.no_answer"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has closed a letter of yours without an answer, and says why.")
