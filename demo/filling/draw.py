"""Chance that can be repeated: the same seed draws the same ids, references, words and moments."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from demo.filling.words import LANGUAGES, Words
from foundation.confidentiality.references import ALPHABET, LENGTH

T = TypeVar("T")


class Draw:
    """Draws for one run. `today` is the day that all dates lie before; `taken` references are
    never drawn, and none is drawn twice."""

    def __init__(self, seed: int, today: date, taken: set[str] | None = None) -> None:
        self.chance = random.Random(seed)
        self.seed, self.today = seed, today
        self.end = datetime.combine(today, time.min, UTC)
        self._taken = set(taken or ())
        self._words = [words for words, _share in LANGUAGES.values()]
        self._shares = [share for _words, share in LANGUAGES.values()]

    def id(self) -> uuid.UUID:
        """Return an id of version 4."""
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def code(self, length: int = LENGTH) -> str:
        """Return characters of the alphabet of references."""
        return "".join(self.chance.choices(ALPHABET, k=length))

    def reference(self, prefix: str, on: date) -> str:
        """Return a reference as `new_reference` makes it, one that nothing has yet."""
        while True:
            found = f"{prefix}-{on.year}-{self.code()}"
            if found not in self._taken:
                self._taken.add(found)
                return found

    def one(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[int(self.chance.random() * len(items))]

    def some(self, items: Sequence[T], most: int) -> list[T]:
        """Return one to `most` different ones of `items`."""
        return self.chance.sample(items, 1 + int(self.chance.random() * min(most, len(items))))

    def happens(self, percent: float) -> bool:
        """Return True in `percent` of a hundred cases."""
        return self.chance.random() * 100 < percent

    def shared(self, shares: Mapping[T, float], count: int) -> list[T]:
        """Return `count` values by their shares in a mixed order; each occurs where there is room."""
        values = list(shares)[:count]
        values += self.chance.choices(
            list(shares), list(shares.values()), k=max(0, count - len(values))
        )
        self.chance.shuffle(values)
        return values

    def weighed(self, shares: Mapping[T, float]) -> T:
        """Return one value by its share."""
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def words(self) -> Words:
        """Return a language by its share."""
        return self.chance.choices(self._words, self._shares)[0]

    def place(self, words: Words) -> str:
        """Return an invented place."""
        return self.one(words.heads) + self.one(words.tails)

    def person(self, words: Words) -> str:
        """Return an invented name of a person."""
        given, family = self.one(words.given), self.one(words.family)
        return f"{family}{given}" if words.code == "zh" else f"{given}{words.join}{family}"

    def said(self, template: str, place: str) -> str:
        """Return `template` with its place and its numbers (five to ten: one plural for all)."""
        while "{number}" in template:
            template = template.replace("{number}", str(5 + int(self.chance.random() * 6)), 1)
        return template.replace("{place}", place)

    def days_ago(self, least: float, most: float) -> datetime:
        """Return a moment between `least` and `most` days before today's first second."""
        return self.end - timedelta(days=self.chance.uniform(least, most))

    def moments(self, begin: datetime, count: int, longest: float = 60.0) -> list[datetime]:
        """Return `count` moments in order, after `begin` and before today, within `longest` days."""
        room = min((self.end - begin).total_seconds(), longest * 86_400)
        steps = sorted(self.chance.random() for _ in range(count))
        return [begin + timedelta(seconds=round(step * room, 3)) for step in steps]
