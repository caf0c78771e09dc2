"""The verbs of this room. Each is one keyword-only, atomic function: lock, check, write, audit,
notify; `by=` is the person (or the part of the system) that acts."""

from letters.actions.answering import hear_answer, hear_progress
from letters.actions.asks import acknowledge_offer, drop_ask, mark_ask, undo_ask
from letters.actions.batches import (
    add_batch,
    commit_batch,
    correct_line,
    keep_line,
    remove_name,
    undo_batch,
)
from letters.actions.drafting import begin_letter, bring_in, edit_letter
from letters.actions.lifecycle import (
    acknowledge_letter,
    assign_letter,
    close_letter,
    deliver_letter,
    file_as_sent,
    open_letter,
    set_aside,
    take_up,
)
from letters.actions.listing import mark_listed
from letters.actions.sign_on import sign_letter, withdraw

__all__ = [
    "acknowledge_letter",
    "acknowledge_offer",
    "add_batch",
    "assign_letter",
    "begin_letter",
    "bring_in",
    "close_letter",
    "commit_batch",
    "correct_line",
    "deliver_letter",
    "drop_ask",
    "edit_letter",
    "file_as_sent",
    "hear_answer",
    "hear_progress",
    "keep_line",
    "mark_ask",
    "mark_listed",
    "open_letter",
    "remove_name",
    "set_aside",
    "sign_letter",
    "take_up",
    "undo_ask",
    "undo_batch",
    "withdraw",
]
