"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.confidentiality import Level
from foundation.web.waiting import MOST, Group, Rest, Waiting, end_of_day
from recommendations.enums import LinkState
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Recommendation, SenderLink


def recommendations_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, answer, assign, clear or publish."""
    if user.is_office:
        yield from _at_the_desk(user)
        yield from _to_check(user)
    yield from _of_the_submitter(user)
    yield from _offered(user)


def _offered(user: Any) -> Iterator[Waiting]:
    """Ask those named whether what came by mail or on paper is theirs."""
    links = SenderLink.objects.offered_to(user).select_related("recommendation")
    for link in links.order_by("confirmed_at")[: MOST + 1]:
        yield Waiting(
            _("Say whether something that the Office received came from you"),
            reverse("recommendations:offer", args=[link.pk]),
            link.state_label,
            group=Group.DECIDE,
        )


def _to_check(user: Any) -> Iterator[Waiting]:
    links = SenderLink.objects.visible_to(user).filter(state=LinkState.PROPOSED)
    links = links.exclude(proposed_by=user).select_related("recommendation")
    for link in links.order_by("pk")[: MOST + 1]:
        item = link.recommendation
        yield Waiting(
            _("Check who sent “%(title)s”") % {"title": item.headline()},
            reverse("recommendations:item", args=[item.pk]),
            link.state_label,
            group=Group.DECIDE,
        )


def _of_the_submitter(user: Any) -> Iterator[Waiting]:
    rest = Rest(_("All your recommendations"), reverse("recommendations:list"))
    kinds = (
        (S.CLARIFICATION, Group.ANSWER, _("Answer what the Office asks about “%(title)s”")),
        (S.DRAFT, Group.FINISH, _("Finish “%(title)s” and send it")),
    )
    for state, group, sentence in kinds:
        mine = Recommendation.objects.owned_by(user).in_state(state).newest_first()
        for item in mine[: MOST + 1]:
            words = sentence % {"title": item.headline()}
            yield Waiting(words, item.get_absolute_url(), item.state_label, group=group, rest=rest)


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    desk = Recommendation.objects.at_the_desk_of(user)
    for waits, group, sentence, rest in _kinds(user):
        for item in desk.filter(waits).most_urgent_first()[: MOST + 1]:
            yield Waiting(
                sentence % {"title": item.headline()},
                reverse("recommendations:item", args=[item.pk]),
                item.state_label,
                end_of_day(item.moves_by),
                group,
                rest,
            )


def _kinds(user: Any) -> Iterator[tuple[Q, Group, str, Rest]]:
    """Yield what waits for this member of staff: which items, to do what, and their list."""
    unowned = Rest(_("All without an owner"), _view("unowned"))
    mine = Rest(_("All of yours that are open"), _view("mine"))
    if user.has_role(StaffRole.ENGAGEMENT_OFFICER):
        yield Q(state=S.SUBMITTED), Group.DECIDE, _("Find an owner for “%(title)s”"), unowned
    elif user.has_role(StaffRole.APPROVER):
        named = Q(state=S.SUBMITTED, level=Level.NAMED_OFFICERS)
        yield named, Group.DECIDE, _("Find an owner for “%(title)s”"), unowned
    own = Q(owner_id=user.pk)
    yield Q(state=S.ASSIGNED) & own, Group.ANSWER, _("Answer “%(title)s”"), mine
    yield Q(state=S.CLEARED) & own, Group.CLEAR, _("Publish the answer to “%(title)s”"), mine
    if user.has_role(StaffRole.APPROVER):
        wrote = Answer.objects.visible_to(user).in_work().filter(writers=user.pk)
        others = ~Q(Exists(wrote.filter(recommendation=OuterRef("pk"))))
        rest = Rest(_("All to clear"), _view("clear"))
        clear = Q(state=S.TO_CLEAR) & others
        yield clear, Group.CLEAR, _("Clear the answer to “%(title)s”"), rest


def _view(name: str) -> str:
    return f"{reverse('recommendations:list')}?view={name}"
