"""The verbs of this room. Each is one keyword-only, atomic function: lock, check, write, audit,
notify; `by=` is the person (or the part of the system) that acts."""

from letters.actions.answering import hear_answer, hear_progress
from letters.actions.approving import approve
from letters.actions.asks import acknowledge_offer, drop_ask, mark_ask, undo_ask
from letters.actions.batches import (
    add_batch,
    commit_batch,
    correct_line,
    keep_line,
    remove_name,
    undo_batch,
)
from letters.actions.commenting import (
    comment,
    end_comments,
    open_for_comments,
    resolve_comment,
    withdraw_comment,
)
from letters.actions.correcting import (
    begin_correction,
    correct,
    drop_correction,
    edit_correction,
)
from letters.actions.drafting import begin, bring_in, edit, restore
from letters.actions.leading import (
    appoint_lead,
    ask_replacement,
    drop_replacement,
    pause,
    resume,
    second_replacement,
    step_down,
)
from letters.actions.lifecycle import (
    acknowledge,
    assign,
    close,
    deliver,
    file_as_sent,
    open_for_sign_on,
    set_aside,
    take_up,
)
from letters.actions.listing import mark_listed
from letters.actions.modes import change_mode
from letters.actions.naming import read_names, read_names_asked_again
from letters.actions.sign_on import name_to_sign, sign, withdraw
from letters.actions.translating import approve_translation, begin_translation, edit_translation

__all__ = [
    "acknowledge",
    "acknowledge_offer",
    "add_batch",
    "appoint_lead",
    "approve",
    "approve_translation",
    "ask_replacement",
    "assign",
    "begin",
    "begin_correction",
    "begin_translation",
    "bring_in",
    "change_mode",
    "close",
    "comment",
    "commit_batch",
    "correct",
    "correct_line",
    "deliver",
    "drop_ask",
    "drop_correction",
    "drop_replacement",
    "edit",
    "edit_correction",
    "edit_translation",
    "end_comments",
    "file_as_sent",
    "hear_answer",
    "hear_progress",
    "keep_line",
    "mark_ask",
    "mark_listed",
    "name_to_sign",
    "open_for_comments",
    "open_for_sign_on",
    "pause",
    "read_names",
    "read_names_asked_again",
    "remove_name",
    "resolve_comment",
    "restore",
    "resume",
    "second_replacement",
    "set_aside",
    "sign",
    "step_down",
    "take_up",
    "undo_ask",
    "undo_batch",
    "withdraw",
    "withdraw_comment",
]
