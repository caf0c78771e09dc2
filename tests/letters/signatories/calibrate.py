"""Fits the weights of doubt anew: `python -m tests.letters.signatories.calibrate [SEEDS]`.

The lines of the lists are known to the rules, which read them nearly all right. To see errors as
unseen lines bring them, a part of the vocabulary is taken out, at random, and the lists are read again.
A logistic regression with weights that are never negative then tells how much each sign says. What it
prints is a proposal: `letters/signatories/data/signs.tsv` holds it rounded and checked by hand, together
with what lists at first contact said (see `test_scores.py`).
"""

from __future__ import annotations

import math
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from letters.signatories import confidence, parse_line, text
from letters.signatories.draft import Draft
from letters.signatories.signs import signs_of
from tests.letters.signatories.scoring import Truth, fields_of, truths
from tests.letters.signatories.test_scores import FRESH, LISTS, LOOKED_AT, ODD, REAL, SCORED_ONLY

# Share of the words that is taken out of a list of the package's data.
SHARES = {
    "role_heads": 0.15,
    "role_modifiers": 0.15,
    "unit_words": 0.15,
    "organization_heads": 0.15,
    "organization_words": 0.15,
    "demonyms": 0.15,
    "postnominals": 0.15,
    "honorifics": 0.08,
    "given_names_latin": 0.35,
    "given_names_cyrillic": 0.3,
    "given_names_arabic": 0.3,
    "cities": 0.3,
    "regions": 0.4,
}
Row = tuple[dict[str, float], bool]


def rows_of(lines: list[Truth]) -> list[Row]:
    """Return the signs of each line, and whether it is misread."""
    rows: list[Row] = []
    judge = confidence.judge
    seen: list[dict[str, float]] = []

    def judge_and_keep(draft: Draft, prepared: str) -> None:
        seen.append(signs_of(draft, prepared))
        judge(draft, prepared)

    with mock.patch("letters.signatories.parsing.judge", judge_and_keep):
        for truth in lines:
            seen.clear()
            parsed = parse_line(truth.raw)
            if seen:
                rows.append((seen[0], fields_of(parsed) != truth.fields))
    return rows


@contextmanager
def fewer_words(seed: int) -> Iterator[None]:
    """Let the package read its data with a part of the words taken out."""
    chance, whole = random.Random(seed), text.DATA
    folder = Path(tempfile.mkdtemp())
    for path in whole.iterdir():
        (folder / path.name).write_text(_thinned(path, chance), encoding="utf-8")
    text.DATA = folder
    _forget()
    try:
        yield
    finally:
        text.DATA = whole
        _forget()
        shutil.rmtree(folder)


def _thinned(path: Path, chance: random.Random) -> str:
    share, mark = SHARES.get(path.stem, 0.0), " " if path.suffix == ".txt" else "\t"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        first, *rest = line.split(mark)
        kept = [word for word in rest if line.startswith("#") or chance.random() >= share]
        lines.append(mark.join([first, *kept]))
    return "\n".join(lines)


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("letters.signatories"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def fit(rows: list[Row], *, penalty: float = 1.5, steps: int = 300) -> dict[str, float]:
    """Return sign → weight, none below nought, by descent; the constant under ""."""
    weights = dict.fromkeys({name for found, _ in rows for name in found}, 0.1) | {"": -3.0}
    pace = dict.fromkeys(weights, 1e-8)
    for _ in range(steps):
        slope = {name: penalty * weight if name else 0.0 for name, weight in weights.items()}
        for found, wrong in rows:
            total = weights[""] + sum(weights[name] * value for name, value in found.items())
            error = 1 / (1 + math.exp(-total)) - wrong
            slope[""] += error
            for name, value in found.items():
                slope[name] += error * value
        for name, value in slope.items():
            pace[name] = 0.9 * pace[name] + 0.1 * value**2
            weight = weights[name] - 0.03 * value / math.sqrt(pace[name])
            weights[name] = max(0.0, weight) if name else weight
    return weights


def main(seeds: int) -> None:
    names = (*LISTS, *LOOKED_AT, ODD, SCORED_ONLY, *REAL, *FRESH)
    lines = [row for name in names for row in truths(name)]
    rows = rows_of(lines)
    for seed in range(seeds):
        with fewer_words(seed):
            rows += rows_of(lines)
    for name, weight in sorted(fit(rows).items(), key=lambda item: -item[1]):
        print(f"{name or 'constant'}\t{weight:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
