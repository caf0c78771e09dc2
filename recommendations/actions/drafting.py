"""Beginning, entering and writing a recommendation, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from organizations.models import Expert, Organization
from recommendations.actions.joining import leave_if_unfit, release
from recommendations.actions.parts import Incomplete, lock
from recommendations.enums import LEVELS, Source
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation
from recommendations.rules import hats_of, roles_of

LISTS = ("pillars", "topics")
TEXT_FIELDS = (
    "language",
    "title",
    "text",
    "background",
    "action_asked",
    "addressee",
    "countries",
    "place_as_stated",
)


@transaction.atomic
def begin(
    *,
    level: int,
    by: Any,
    organization: Organization | None = None,
    expert: Expert | None = None,
    may_be_counted: bool = False,
) -> Recommendation:
    """Return a new draft in the name of a vetted organization or expert; NotYours for others.

    `may_be_counted`: an item for the Office only may add one to public numbers, from five on.
    """
    allowed = [(hat.organization, hat.expert) for hat in hats_of(by)]
    if (organization, expert) not in allowed:
        raise NotYours(_("You cannot write in this name."))
    item = Recommendation(
        level=_known(level),
        may_be_counted=_countable(level, may_be_counted),
        organization=organization,
        expert=expert,
        created_by=by,
    )
    item.save()
    record("recommendations.begun", item, by=by, level=level, counted=item.may_be_counted)
    return item


@transaction.atomic
def enter(
    *,
    level: int,
    source: str,
    sender_as_stated: str,
    received_on: date,
    by: Any,
    may_be_counted: bool = False,
) -> Recommendation:
    """Return a new draft of what came by mail or on paper; staff of the Office do this."""
    if not by.is_office:
        raise NotYours(_("Only staff of the Office enter what came by mail or on paper."))
    if source not in (Source.MAIL, Source.PAPER):
        raise Incomplete(_("Say how it came."))
    if received_on > timezone.now().date():
        raise Incomplete(_("The day on which it came lies in the future."))
    item = Recommendation(
        level=_known(level),
        may_be_counted=_countable(level, may_be_counted),
        source=source,
        sender_as_stated=sender_as_stated,
        received_on=received_on,
        created_by=by,
    )
    item.save()
    record("recommendations.entered", item, by=by, source=source, counted=item.may_be_counted)
    return item


@transaction.atomic
def edit(
    *,
    recommendation: Recommendation,
    values: Mapping[str, Any],
    version: int,
    by: Any,
    typing: bool = False,
) -> Recommendation:
    """Write `values` (field name to value) into a draft and return it.

    Everybody of the sender may write. `typing`: kept while it is typed, every few seconds; only
    what a person saves goes on record. Raises NotYours, WrongState once it was sent, EditConflict
    when somebody else saved since `version`.
    """
    item = lock(recommendation.pk)
    if not roles_of(by, item) & {"submitter", "contributor"}:
        raise NotYours(_("Only those in whose name it is written may do this."))
    if item.state != S.DRAFT:
        raise WrongState(_("It was sent already; its text can no longer change."))
    claim_version(item, version)
    for name in TEXT_FIELDS:
        if name in values:
            setattr(item, name, values[name])
    item.save()
    for name in LISTS:
        if name in values:
            getattr(item, name).set(values[name])
    if not typing:
        record("recommendations.edited", item, by=by, version=item.version)
    return item


@transaction.atomic
def choose_level(
    *,
    recommendation: Recommendation,
    level: int,
    version: int,
    by: Any,
    may_be_counted: bool = False,
) -> None:
    """Change who may see the item and whether it is counted; EditConflict if somebody was faster.

    A draft may go both ways. What was sent can only be closed further: what was written and cleared
    for few is never opened to many by a button. To be counted shows nothing of it: that consent is
    given and taken back at any time.
    """
    item = lock(recommendation.pk)
    if "submitter" not in roles_of(by, item):
        raise NotYours(_("Only a representative may change who sees it."))
    if item.state != S.DRAFT and _known(level) < item.level:
        raise Refused(_("What was sent can be shown to fewer people, not to more."))
    claim_version(item, version)
    before, item.level = item.level, _known(level)
    counted, item.may_be_counted = item.may_be_counted, _countable(level, may_be_counted)
    leave_if_unfit(item, by)
    item.save(update_fields=["level", "may_be_counted"])
    if before != item.level:
        record("recommendations.level_changed", item, by=by, before=before, level=level)
        release(item, by, all_of_them=False)
    if counted != item.may_be_counted:
        record("recommendations.counting_changed", item, by=by, counted=item.may_be_counted)


def _known(level: int) -> int:
    if level not in LEVELS:
        raise Incomplete(_("Choose who may see it."))
    return level


def _countable(level: int, agreed: bool) -> bool:
    """Consent is for the Office's level: what is public is counted, what is above it never."""
    return bool(agreed) and level == Level.OFFICE
