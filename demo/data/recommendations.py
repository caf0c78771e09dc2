"""Recommendations of the demo: every state, through the room's own actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.data.asks import ASKS, Ask
from demo.data.people import account
from foundation.confidentiality import Level
from organizations.models import Pillar
from recommendations import actions
from recommendations.enums import LinkCheck
from recommendations.models import ActionAsked, Addressee, Recommendation, RefusalReason, Topic
from recommendations.rules import hats_of

WHY = "the demo finds its own pieces again"
ANSWERED = ("to_clear", "cleared", "answered", "noted")


def load_recommendations() -> None:
    """Make what is not there yet; a recommendation is found again by its title."""
    known = set(Recommendation.objects.unguarded(WHY).values_list("title", flat=True))
    for ask in ASKS:
        if ask.title not in known:
            make(ask)


@transaction.atomic
def make(ask: Ask) -> None:
    """Write a recommendation and lead it to its state."""
    officer, approver = account("officer"), account("approver")
    by = account(ask.box) if ask.box else officer
    item = actions.edit(recommendation=_begun(ask, by), values=_values(ask), version=0, by=by)
    if ask.state == "draft":
        return
    actions.submit(recommendation=item, by=by)
    if ask.state == "withdrawn":
        actions.withdraw(recommendation=item, by=by)
    if ask.sent_for:
        _link(ask, item, officer, approver)
    if ask.joined_to:
        main = Recommendation.objects.unguarded(WHY).get(title=ask.joined_to)
        actions.join(recommendation=item, main=main, by=officer)
    if ask.state in ("submitted", "withdrawn", "joined"):
        return
    day = timezone.now().date() + timedelta(days=17)
    named = approver if ask.level == Level.NAMED_OFFICERS else officer
    actions.assign(recommendation=item, owner=officer, answer_by=day, by=named)
    if ask.question:
        actions.ask(recommendation=item, text=ask.question, by=officer)
    if ask.state in ANSWERED:
        _answer(ask, item, officer, approver)


def _link(ask: Ask, item: Recommendation, officer: Any, approver: Any) -> None:
    """Say whose it is, checked by a second person; the representative has still to accept it."""
    sender = hats_of(account(ask.sent_for))[0].organization
    link = actions.propose_link(
        recommendation=item, sender=sender, how=LinkCheck.ADDRESS, by=officer
    )
    actions.confirm_link(link=link, by=approver)


def _begun(ask: Ask, by: Any) -> Recommendation:
    if not ask.box:
        return actions.enter(
            level=ask.level,
            source=ask.source,
            sender_as_stated=ask.sender,
            received_on=timezone.now().date() - timedelta(days=3),
            by=by,
        )
    hat = hats_of(by)[0]
    return actions.begin(level=ask.level, organization=hat.organization, expert=hat.expert, by=by)


def _answer(ask: Ask, item: Recommendation, officer: Any, approver: Any) -> None:
    values = {
        "position": ask.position,
        "reason": RefusalReason.objects.filter(key=ask.reason).first(),
        "referred_to": Addressee.objects.filter(key=ask.referred_to).first(),
        "language": "fr" if ask.language == "fr" else "en",
        "text": ask.answer,
        "evidence": ask.evidence,
    }
    actions.draft_answer(recommendation=item, values=values, version=0, by=officer)
    actions.propose_answer(recommendation=item, by=officer)
    if ask.state == "to_clear":
        return
    actions.clear_answer(recommendation=item, by=approver)
    if ask.state == "cleared":
        return
    actions.publish_answer(recommendation=item, by=officer)
    for box, progress, text in ask.reports:
        actions.report_progress(recommendation=item, progress=progress, text=text, by=account(box))


def _values(ask: Ask) -> dict[str, Any]:
    return {
        "language": ask.language,
        "title": ask.title,
        "text": ask.text,
        "background": ask.background,
        "addressee": Addressee.objects.get(key=ask.addressee),
        "action_asked": ActionAsked.objects.get(key=ask.action),
        "countries": list(ask.countries),
        "pillars": list(Pillar.objects.filter(key__in=ask.pillars)),
        "topics": list(Topic.objects.filter(key__in=ask.topics)),
    }
