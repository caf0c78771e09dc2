"""Asks that come in a letter: what a room above calls, already read and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import SystemActor
from foundation.workflow import NotYours
from recommendations import signals
from recommendations.actions.drafting import LISTS
from recommendations.actions.lifecycle import assign
from recommendations.actions.parts import Incomplete, first_day, usual_day
from recommendations.enums import RecommendationState as S
from recommendations.enums import Source
from recommendations.models import Recommendation

TITLE = 200  # characters
FIELDS = ("language", "text", "background", "addressee", "action_asked")


@transaction.atomic
def enter_from_letter(
    *,
    level: int,
    sender_as_stated: str,
    received_on: date,
    values: Mapping[str, Any],
    by: Any,
    owner: Any = None,
) -> Recommendation:
    """Return an ask of a letter as an item that is already with the Office, its clock running.

    `values`: language, text (the ask in a sentence), background, addressee, action_asked, pillars,
    topics; what is missing in them stays empty, but the text. `level`: as the letter's. `by` is
    staff of the Office, or the part of the system that reads a list of asks. With an `owner` it is
    assigned at once. Nobody is mailed for each of the asks: the letter is what the Office was told
    of. Raises NotYours, Incomplete.
    """
    if not isinstance(by, SystemActor) and not by.is_office:
        raise NotYours(_("Only staff of the Office enter what came in a letter."))
    if not values["text"].strip():
        raise Incomplete(_("Write the ask in a sentence."))
    answer_by = usual_day()
    item = Recommendation(
        level=level,
        source=Source.LETTER,
        sender_as_stated=sender_as_stated,
        received_on=received_on,
        created_by=None if isinstance(by, SystemActor) else by,
        title=in_one_line(values["text"]),
        state=S.SUBMITTED,
        submitted_at=timezone.now(),
        acknowledge_by=first_day(),
        answer_by=answer_by,
        **{name: values[name] for name in FIELDS if name in values},
    )
    item.save()
    for name in LISTS:
        getattr(item, name).set(values.get(name, ()))
    record("recommendations.entered", item, by=by, source=item.source)
    days = {"acknowledge_by": item.acknowledge_by, "answer_by": answer_by}
    record("recommendations.submitted", item, by=by, **days)
    signals.recommendation_submitted.send(Recommendation, recommendation=item, by=by)
    if owner is not None:
        item = assign(recommendation=item, owner=owner, answer_by=answer_by, by=by)
    return item


def in_one_line(text: str, most: int = TITLE) -> str:
    """Return `text` in one line of at most `most` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rpartition(' ')[0] or line[: most - 1]}…"
