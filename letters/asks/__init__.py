"""Finding the asks of a letter: where they stand, and a list of them that somebody wrote.

Pure functions: they take text and give text, and know no database.
"""

from letters.asks.places import Passage, Spot, find, passage, passages, stands_in
from letters.asks.table import ListedAsk, WrongTable, read_table
from letters.asks.words import ADDRESSEES, TOPICS, Mapped, Words, pillars_of

__all__ = [
    "ADDRESSEES",
    "TOPICS",
    "ListedAsk",
    "Mapped",
    "Passage",
    "Spot",
    "Words",
    "WrongTable",
    "find",
    "passage",
    "passages",
    "pillars_of",
    "read_table",
    "stands_in",
]
