"""What is told of the asks: answered, moved, all answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutAnswers


@register
class AskAnswered(AboutAnswers):
    """To those who signed and coordinated: one ask has an answer."""

    kind = "letters.ask_answered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has answered something that a letter of yours asks.")


@register
class AskMoved(AboutAnswers):
    """To those who signed and coordinated: the Office reports on progress."""

    kind = "letters.ask_moved"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("There is news about what became of something that a letter of yours asks.")


@register
class Answered(AboutAnswers):
    """To those who signed and coordinated: the last ask was answered."""

    kind = "letters.answered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has answered all that a letter of yours asks.")
