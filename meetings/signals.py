"""Facts of this room that others may hear, in the past tense; sent inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

meeting_requested = Signal()  # meeting, by
meeting_confirmed = Signal()  # meeting, by
meeting_moved = Signal()  # meeting, by
meeting_cancelled = Signal()  # meeting, by
note_filed = Signal()  # meeting, by
