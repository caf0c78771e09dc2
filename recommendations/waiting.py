"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.confidentiality import Level
from foundation.web.waiting import Waiting, end_of_day
from recommendations.enums import LinkState
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation, SenderLink

MOST = 10


def recommendations_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, answer, assign, clear or publish."""
    if user.is_office:
        yield from _at_the_desk(user)
    yield from _of_the_submitter(user)
    yield from _offered(user)


def _offered(user: Any) -> Iterator[Waiting]:
    """Ask those named whether what came by mail or on paper is theirs."""
    links = SenderLink.objects.offered_to(user).select_related("recommendation")
    for link in links.order_by("confirmed_at")[:MOST]:
        yield Waiting(
            _("Say whether something that the Office received came from you"),
            reverse("recommendations:offer", args=[link.pk]),
            link.state_label,
        )


def _of_the_submitter(user: Any) -> Iterator[Waiting]:
    mine = Recommendation.objects.owned_by(user).in_state(S.DRAFT, S.CLARIFICATION)
    for item in mine.newest_first()[:MOST]:
        sentence = (
            _("Finish “%(title)s” and send it")
            if item.state == S.DRAFT
            else _("Answer what the Office asks about “%(title)s”")
        )
        yield Waiting(
            sentence % {"title": item.headline()}, item.get_absolute_url(), item.state_label
        )


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    waits = Q(state__in=(S.ASSIGNED, S.CLEARED), owner_id=user.pk)
    if user.has_role(StaffRole.ENGAGEMENT_OFFICER):
        waits |= Q(state=S.SUBMITTED)
    if user.has_role(StaffRole.APPROVER):
        waits |= Q(state=S.TO_CLEAR) | Q(state=S.SUBMITTED, level=Level.NAMED_OFFICERS)
    items = Recommendation.objects.at_the_desk_of(user).filter(waits)
    sentences = {
        S.SUBMITTED: _("Find an owner for “%(title)s”"),
        S.ASSIGNED: _("Answer “%(title)s”"),
        S.TO_CLEAR: _("Clear the answer to “%(title)s”"),
        S.CLEARED: _("Publish the answer to “%(title)s”"),
    }
    links = SenderLink.objects.visible_to(user).filter(state=LinkState.PROPOSED)
    for link in links.exclude(proposed_by=user).select_related("recommendation")[:MOST]:
        item = link.recommendation
        yield Waiting(
            _("Check who sent “%(title)s”") % {"title": item.headline()},
            reverse("recommendations:item", args=[item.pk]),
            link.state_label,
        )
    for item in items.most_urgent_first()[:MOST]:
        yield Waiting(
            sentences[S(item.state)] % {"title": item.headline()},
            reverse("recommendations:item", args=[item.pk]),
            item.state_label,
            end_of_day(item.moves_by),
        )
