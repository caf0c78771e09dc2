"""Plain functions that make recommendations and what hangs on them; invented names only."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from organizations.enums import MemberRole
from organizations.models import Expert, Organization
from recommendations.enums import LinkCheck, LinkState, Position, Progress, Source
from recommendations.enums import RecommendationState as S
from recommendations.models import (
    Addressee,
    Answer,
    Recommendation,
    RefusalReason,
    SenderLink,
    Topic,
)
from tests.factories import (
    make_approver,
    make_membership,
    make_officer,
    make_organization,
    make_user,
)

_numbers = itertools.count(1)
ANSWER_STATES = (S.TO_CLEAR, S.CLEARED, S.ANSWERED)


def make_word(model: type, key: str, label: str) -> Any:
    """Return a word of a list, made again where a test has emptied the table."""
    return model.objects.get_or_create(key=key, defaults={"label": label})[0]


def make_submitter(**fields: Any) -> tuple[User, Organization]:
    """Return a person with the mandate of a vetted organization, and the organization."""
    user = make_user()
    return user, make_organization(representative=user, **fields)


def make_contributor(organization: Organization) -> User:
    """Return a person who writes drafts for the organization."""
    user = make_user()
    make_membership(user, organization, role=MemberRole.CONTRIBUTOR)
    return user


def make_recommendation(
    *,
    state: str = S.SUBMITTED,
    level: int = Level.OFFICE,
    organization: Organization | None = None,
    by: User | None = None,
    owner: User | None = None,
    clearer: User | None = None,
    position: str = Position.ACCEPTED,
    **fields: Any,
) -> Recommendation:
    """Return an item in `state`, with an owner and an answer where the state asks for them."""
    if organization is None and not fields.get("expert") and "source" not in fields:
        by, organization = make_submitter()
    now = timezone.now()
    sent = state != S.DRAFT
    number = next(_numbers)
    item = Recommendation(
        **{
            "state": state,
            "level": level,
            "organization": organization,
            "created_by": by or make_user(),
            "title": f"Meet people of the valleys {number}",
            "text": "Meet independent organizations, in a place that they choose.",
            "addressee": make_word(Addressee, "office", "The Office"),
            "submitted_at": now if sent else None,
            "answer_by": now.date() + timedelta(days=30) if sent else None,
            "paused_at": now if state == S.CLARIFICATION else None,
            **fields,
        }
    )
    if state not in (S.DRAFT, S.SUBMITTED):
        item.owner, item.assigned_at = owner or make_officer(), now
    if state == S.ANSWERED:
        item.published_at, item.position = now, position
    if state == S.JOINED:
        item.owner = None
        item.duplicate_of = fields.get("duplicate_of") or make_recommendation(
            state=S.ASSIGNED, level=level, owner=owner
        )
    item.save()
    item.topics.add(make_word(Topic, "country-visits", "Country visits"))
    if state in ANSWER_STATES:
        make_answer(item, position=position, clearer=clearer)
    return item


def make_answer(
    item: Recommendation,
    *,
    position: str = Position.ACCEPTED,
    clearer: User | None = None,
) -> Answer:
    """Return the answer that the item's state asks for."""
    now = timezone.now()
    cleared = item.state in (S.CLEARED, S.ANSWERED)
    out = item.state == S.ANSWERED
    answer = Answer.objects.create(
        recommendation=item,
        position=position,
        text="We will, from the next visit on.",
        evidence="A/77/718" if position == Position.ALREADY else "",
        reason=make_reason() if position in (Position.PARTIAL, Position.NOT_ACCEPTED) else None,
        referred_to=item.addressee if position == Position.REFERRED else None,
        drafted_by=item.owner,
        cleared_by=(clearer or make_approver()) if cleared else None,
        cleared_at=now if cleared else None,
        published_by=item.owner if out else None,
        published_at=now if out else None,
    )
    answer.writers.add(item.owner)
    return answer


def make_reason() -> RefusalReason:
    """Return a reason of a refusal."""
    return make_word(RefusalReason, "mandate", "Outside the mandate of the Office")


def make_link(
    item: Recommendation,
    sender: Organization | Expert,
    *,
    state: str = LinkState.PROPOSED,
    by: User | None = None,
    second: User | None = None,
) -> SenderLink:
    """Return a link between an entered item and who is said to have sent it."""
    column = "expert" if isinstance(sender, Expert) else "organization"
    link = SenderLink(
        recommendation=item, how=LinkCheck.CALLED, state=state, proposed_by=by or make_officer(),
        **{column: sender},
    )  # fmt: skip
    if state != LinkState.PROPOSED:
        link.confirmed_by, link.confirmed_at = second or make_officer(), timezone.now()
    link.save()
    if state == LinkState.ACCEPTED:
        setattr(item, column, sender)
        item.save()
    return link


def make_entered(*, state: str = S.SUBMITTED, **fields: Any) -> Recommendation:
    """Return an item that came on paper."""
    values = {"source": Source.PAPER, "sender_as_stated": "Circle of the Quiet Ford", **fields}
    return make_recommendation(state=state, **values)


WORDS = {
    "position": Position.ACCEPTED,
    "reason": None,
    "referred_to": None,
    "language": "en",
    "text": "We will.",
    "evidence": "",
}
REPORT = {"progress": Progress.UNDER_WAY, "text": "Two visits were made."}
