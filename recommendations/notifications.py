"""What this room tells people. Each message names nobody: no sender, no title, no answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.outbox import notify
from foundation.notifications.registry import Notification, register
from recommendations.models import Recommendation, SenderLink


class AboutRecommendation(Notification):
    """Base of this room's messages: they lead to the item's page."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens only for who may see the item."""
        return reverse("recommendations:detail", args=[about_id])


@register
class Received(AboutRecommendation):
    """To those who submitted: it has arrived."""

    kind = "recommendations.received"

    def notice(self) -> str:
        """The receipt."""
        return _("The Office has received your recommendation. See by when it answers.")


@register
class Asked(AboutRecommendation):
    """To those who submitted: the Office asks something."""

    kind = "recommendations.asked"

    def notice(self) -> str:
        """The question is on the page."""
        return _("The Office has a question about a recommendation of yours.")


@register
class TakenUp(AboutRecommendation):
    """To those who submitted: somebody works on it."""

    kind = "recommendations.taken_up"

    def notice(self) -> str:
        """Says that, and where the day stands."""
        return _("The Office has taken up a recommendation of yours.")


@register
class DayMoved(AboutRecommendation):
    """To those who submitted: the answer comes on another day."""

    kind = "recommendations.day_moved"

    def notice(self) -> str:
        """Says that; the page says why."""
        return _("The day of an answer to you has moved. The page says to when, and why.")


@register
class Answered(AboutRecommendation):
    """To those who submitted: there is an answer."""

    kind = "recommendations.answered"

    def notice(self) -> str:
        """Says that, not what."""
        return _("The Office has answered a recommendation of yours.")


@register
class Moved(AboutRecommendation):
    """To those who submitted: the Office reports on progress."""

    kind = "recommendations.moved"

    def notice(self) -> str:
        """Says that, not what."""
        return _("There is news about what became of a recommendation of yours.")


@register
class Joined(AboutRecommendation):
    """To those who submitted either: one answer stands for both."""

    kind = "recommendations.joined"

    def notice(self) -> str:
        """The same words for both sides; neither learns who the other is."""
        return _("A recommendation of yours is answered together with another that says the same.")


@register
class Separated(AboutRecommendation):
    """To those who submitted either: that was undone."""

    kind = "recommendations.separated"

    def notice(self) -> str:
        """The same words for both sides."""
        return _("A recommendation of yours is not answered together with another any more.")


@register
class LinkToCheck(AboutRecommendation):
    """To the officers: somebody has said who sent it; a second person looks."""

    kind = "recommendations.link_to_check"

    def notice(self) -> str:
        """For the desk."""
        return _("Somebody has said who sent a recommendation. A second person has to check it.")


@register
class LinkOffered(Notification):
    """To those who are said to have sent something: is it theirs?"""

    kind = "recommendations.link_offered"

    def notice(self) -> str:
        """Says nothing of what it is."""
        return _("The Office asks whether something that it received came from you.")

    def path(self, about_id: str) -> str:
        """Return the page of the question; it opens only for those who are asked."""
        return reverse("recommendations:offer", args=[about_id])


@register
class LinkDecided(AboutRecommendation):
    """To the officers who looked: the word of those who were asked."""

    kind = "recommendations.link_decided"

    def notice(self) -> str:
        """For the desk."""
        return _("Those who are said to have sent a recommendation have answered.")


@register
class ToAssign(AboutRecommendation):
    """To the officers: a new item waits for an owner."""

    kind = "recommendations.to_assign"

    def notice(self) -> str:
        """For the desk."""
        return _("A recommendation waits for an owner.")


@register
class Assigned(AboutRecommendation):
    """To the owner: it is yours now."""

    kind = "recommendations.assigned"

    def notice(self) -> str:
        """For the owner."""
        return _("A recommendation was assigned to you.")


@register
class Clarified(AboutRecommendation):
    """To the owner: the question was answered."""

    kind = "recommendations.clarified"

    def notice(self) -> str:
        """For the owner."""
        return _("A question about a recommendation was answered. Its clock runs on.")


@register
class ToClear(AboutRecommendation):
    """To the approvers: an answer waits for clearance."""

    kind = "recommendations.to_clear"

    def notice(self) -> str:
        """For the approver."""
        return _("An answer waits for clearance.")


@register
class GivenBack(AboutRecommendation):
    """To the owner: the answer was not cleared."""

    kind = "recommendations.given_back"

    def notice(self) -> str:
        """For the owner."""
        return _("An answer came back to be changed.")


@register
class Cleared(AboutRecommendation):
    """To the owner: the answer can be published."""

    kind = "recommendations.cleared"

    def notice(self) -> str:
        """For the owner."""
        return _("An answer was cleared and can be published.")


@register
class Withdrawn(AboutRecommendation):
    """To the owner: it was withdrawn."""

    kind = "recommendations.withdrawn"

    def notice(self) -> str:
        """For the owner."""
        return _("A recommendation on your list was withdrawn.")


@register
class DueSoon(AboutRecommendation):
    """To the owner: the answer is due in three days or less."""

    kind = "recommendations.due_soon"

    def notice(self) -> str:
        """For the owner."""
        return _("The answer to a recommendation is due soon.")


@register
class WaitsTooLong(AboutRecommendation):
    """To the officers: the day by which somebody must take it up is near or over."""

    kind = "recommendations.waits_too_long"

    def notice(self) -> str:
        """For the desk."""
        return _("A recommendation still waits for an owner, and its day is here.")


def tell(
    kind: str,
    people: Iterable[Any],
    item: Recommendation | SenderLink,
    *,
    but: Any = None,
    dedupe: str = "",
) -> None:
    """Notify each of `people` once, the one who acted left out."""
    for one in {person.pk: person for person in people if person is not None}.values():
        if but is None or one.pk != but.pk:
            notify(kind, to=one, about=item, dedupe=dedupe or None)
