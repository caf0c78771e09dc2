"""The meeting brief as a paper: what stands in it, what is held back, how it stays two pages.

Pure functions and frozen dataclasses; knows no table. `paper(content)` is the door.
"""

from meetings.briefs.content import (
    BriefContent,
    Commitment,
    Participant,
    Past,
    Position,
    Talk,
    When,
    Words,
)
from meetings.briefs.paper import LAYOUT, MOST_PAGES, paper

__all__ = [
    "LAYOUT",
    "MOST_PAGES",
    "BriefContent",
    "Commitment",
    "Participant",
    "Past",
    "Position",
    "Talk",
    "When",
    "Words",
    "paper",
]
