"""The verbs of this room. Each is one keyword-only, atomic function: lock, check, write, audit,
notify; `by=` is the person (or the part of the system) that acts."""

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
    close_letter,
    deliver_letter,
    file_as_sent,
    open_letter,
    set_aside,
    take_up,
)
from letters.actions.sign_on import sign_letter, withdraw

__all__ = [
    "add_batch",
    "begin_letter",
    "bring_in",
    "close_letter",
    "commit_batch",
    "correct_line",
    "deliver_letter",
    "edit_letter",
    "file_as_sent",
    "keep_line",
    "open_letter",
    "remove_name",
    "set_aside",
    "sign_letter",
    "take_up",
    "undo_batch",
    "withdraw",
]
