"""How sure a reading is: the signs that speak against it, weighed and added up.

The sum is the logarithm of odds: each sign that speaks against a reading multiplies the odds that it
is wrong. Many small signs make a doubt as one great sign does, which a lowest ceiling cannot say. The
weights lie open in data/signs.tsv.
"""

import math
from functools import cache

from letters.signatories import remarks
from letters.signatories.draft import Draft
from letters.signatories.signs import signs_of
from letters.signatories.text import table

# At this sum a line is doubted: below `remarks.DOUBTFUL` (0.7).
_DOUBTED_FROM = 2.3
_MIDDLE = _DOUBTED_FROM + math.log(0.7 / 0.3)
_LEAST = 0.05
# What is said plainly is no matter of weights.
_HARD = (remarks.NOT_READ, remarks.TOO_LONG, remarks.WITHHELD, remarks.SEVERAL_NAMES)


def judge(draft: Draft, text: str) -> None:
    """Set the confidence of a line, as prepared, from its signs; say why when it is doubted."""
    found = signs_of(draft, text)
    total = sum(_weights()[name][0] * strength for name, strength in found.items())
    sure = max(_LEAST, 1 / (1 + math.exp(total - _MIDDLE)))
    hard = [c for remark, c in draft.doubts.ceilings.items() if remark in _HARD or c <= 0.3]
    draft.doubts.ceiling = min([sure, *hard])
    if sure < 0.7:
        heaviest = max(found, key=lambda name: _weights()[name][0] * found[name])
        draft.doubts.note(_weights()[heaviest][1])


@cache
def _weights() -> dict[str, tuple[float, str]]:
    """Return sign → (weight, remark)."""
    rows = table("signs")
    return {name: (float(weight), getattr(remarks, remark)) for name, weight, remark in rows}
