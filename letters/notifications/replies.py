"""What is told of the Office's reply: to those who signed, and inside the Office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutAnswers, AtTheDesk


@register
class Replied(AboutAnswers):
    """To those who signed and coordinated: the Office has replied to the letter."""

    kind = "letters.replied"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has replied to a letter of yours.")


@register
class ReplyToClear(AtTheDesk):
    """To the approvers who wrote no word of it: a reply waits."""

    kind = "letters.reply_to_clear"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A reply to a letter waits for your clearance.")


@register
class ReplyGivenBack(AtTheDesk):
    """To who wrote it: something should change."""

    kind = "letters.reply_given_back"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A reply to a letter was given back to you.")


@register
class ReplyCleared(AtTheDesk):
    """To who wrote it: it can be filed."""

    kind = "letters.reply_cleared"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A reply to a letter was cleared: it can be filed.")
