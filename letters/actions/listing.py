"""Asks that somebody has listed already: a whole file becomes recommendations, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from letters.actions.asks import begin_marking, put_ask
from letters.actions.parts import lock
from letters.asks import ADDRESSEES, TOPICS, ListedAsk, Spot, Words, find, pillars_of
from letters.asks.words import kept_words
from letters.models import Ask, Letter
from organizations.models import Pillar
from recommendations.models import ActionAsked, Addressee, Topic

WHY = "which refs were taken before, standing or not"


@dataclass
class Listed:
    """What came of a list: the asks that were made, the refs that were there, what was not taken."""

    made: list[Ask] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # "3.b: topics kept in the text: …"


@dataclass(frozen=True)
class Lists:
    """The Office's lists of words, read once."""

    addressees: Words
    actions: Words
    topics: Words
    rows: dict[tuple[type, str], Any]

    @classmethod
    def read(cls) -> Lists:
        """Return the lists as they stand today, without retired words."""
        models = (Addressee, ActionAsked, Topic, Pillar)
        words = {model: list(model.objects.filter(retired=False)) for model in models}
        labels = {model: {one.key: one.label for one in words[model]} for model in models}
        return cls(
            Words(labels[Addressee], ADDRESSEES),
            Words(labels[ActionAsked], by_key=True),
            Words(labels[Topic], TOPICS),
            {(model, one.key): one for model in models for one in words[model]},
        )

    def get(self, model: type, *keys: str) -> list[Any]:
        """Return the words with these keys, those left out that are not in the list."""
        return [self.rows[model, key] for key in keys if (model, key) in self.rows]


@transaction.atomic
def mark_listed(*, letter: Letter, rows: Sequence[ListedAsk], by: Any) -> Listed:
    """Mark every listed ask that is not there yet, by its ref; also one that was taken back since
    is not made again. All or nothing. Raises NotYours, WrongState, Refused."""
    letter = lock(letter.pk)
    asks = Ask.objects.unguarded(WHY).of(letter)
    before = set(asks.values_list("number", flat=True))
    new = [row for row in rows if row.ref not in before]
    found = Listed(known=[row.ref for row in rows if row.ref in before])
    if not new:
        return found
    begin_marking(letter, by)
    lists, body = Lists.read(), letter.text().body
    for row in new:
        spot = find(row.section, body)
        values, notes = _values(row, lists, spot)
        found.notes += [f"{row.ref}: {note}" for note in notes]
        place, quote = (spot.place, spot.quote) if spot else ("", "")
        found.made.append(put_ask(letter, row.ref, place, quote, values=values, by=by))
    record("letters.asks_listed", letter, by=by, made=len(found.made))
    return found


def _values(row: ListedAsk, lists: Lists, spot: Spot | None) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of the recommendation, and a note for all that no list could take."""
    addressee, topics = lists.addressees.first(row.addressee), lists.topics.several(row.topics)
    pillars, action = pillars_of(row.pillar), lists.actions.one(row.action_type)
    kept = (
        (_("Addressee as stated"), addressee.rest),
        (_("Action as stated"), "" if action else row.action_type),
        (_("Pillars as stated"), pillars.rest),
        (_("Further topics"), topics.rest),
        (_("Place as stated"), "" if spot else row.section),
    )
    values = {
        "text": row.ask,
        "background": kept_words(kept),
        "addressee": next(iter(lists.get(Addressee, *addressee.keys)), None),
        "action_asked": next(iter(lists.get(ActionAsked, action)), None),
        "pillars": lists.get(Pillar, *pillars.keys),
        "topics": lists.get(Topic, *topics.keys),
    }
    return values, [f"{name}: {words}" for name, words in kept if words]
