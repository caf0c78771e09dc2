"""Facts of this room that others may hear, in the past tense; sent inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

recommendation_submitted = Signal()  # recommendation, by
recommendation_answered = Signal()  # recommendation, answer, by
recommendation_withdrawn = Signal()  # recommendation, by
progress_reported = Signal()  # recommendation, report, by
