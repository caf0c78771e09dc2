"""The files that this room hands out: the brief of a meeting."""

from foundation.documents.kinds import register_kind
from meetings.documents.brief import BRIEF, BRIEFED, current_brief

__all__ = ["BRIEF", "BRIEFED", "current_brief"]

register_kind(BRIEF)
