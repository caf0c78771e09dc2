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
from letters.actions.delivering import (
    acknowledge,
    assign,
    begin_review,
    close_unanswered,
    deliver,
    receive,
)
from letters.actions.drafting import begin, bring_in, edit
from letters.actions.holding import lift_hold, place_hold
from letters.actions.lifecycle import (
    close,
    file_as_sent,
    open_for_sign_on,
    set_aside,
    take_up,
)
from letters.actions.listing import mark_listed
from letters.actions.modes import change_mode
from letters.actions.naming import read_names
from letters.actions.sign_on import name_to_sign, sign, withdraw
from letters.actions.withdrawing import withdraw_after_delivery

__all__ = [
    "acknowledge",
    "acknowledge_offer",
    "add_batch",
    "assign",
    "begin",
    "begin_review",
    "bring_in",
    "change_mode",
    "close",
    "close_unanswered",
    "commit_batch",
    "correct_line",
    "deliver",
    "drop_ask",
    "edit",
    "file_as_sent",
    "hear_answer",
    "hear_progress",
    "keep_line",
    "lift_hold",
    "mark_ask",
    "mark_listed",
    "name_to_sign",
    "open_for_sign_on",
    "place_hold",
    "read_names",
    "receive",
    "remove_name",
    "set_aside",
    "sign",
    "take_up",
    "undo_ask",
    "undo_batch",
    "withdraw",
    "withdraw_after_delivery",
]
