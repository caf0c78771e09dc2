"""The bases of this room's messages: where each of them leads."""

from __future__ import annotations

from django.urls import reverse

from foundation.notifications.registry import Notification


class AboutALetter(Notification):
    """Base of this room's messages: they lead to the letter's page."""

    def path(self, about_id: str) -> str:
        """Return the path of the letter's page; it opens only for who may see the letter."""
        return reverse("letters:detail", args=[about_id])


class AboutAnswers(AboutALetter):
    """Base of the messages that lead to what was asked, answered, done."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens only for who may see the letter."""
        return reverse("letters:answers", args=[about_id])


class AtTheDesk(AboutALetter):
    """Base of the messages that lead an officer to the desk."""

    def path(self, about_id: str) -> str:
        """Return the path of the letter at the desk."""
        return reverse("letters:item", args=[about_id])
