"""Facts of this room that others may hear, in the past tense; sent inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

letter_opened = Signal()  # letter, by
letter_signed = Signal()  # letter, signatory, by
letter_closed = Signal()  # letter, by
letter_delivered = Signal()  # letter, by
list_changed = Signal()  # letter, by: the public list of a delivered letter
letter_acknowledged = Signal()  # letter, by
letter_replied = Signal()  # letter, reply, by
letter_answered = Signal()  # letter, by
