"""The verbs of this room. Each is one keyword-only, atomic function: lock, check, write, audit,
notify; `by=` is the person (or the part of the system) that acts."""

from letters.actions.answering import hear_answer, hear_progress
from letters.actions.approving import approve
from letters.actions.asks import acknowledge_offer, drop_ask, mark_ask, undo_ask
from letters.actions.batches import (
    add_batch,
    commit_batch,
    correct_line,
    join_line,
    keep_line,
    remove_name,
    undo_batch,
)
from letters.actions.by_mail import ask_to_sign, release
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
from letters.actions.delivering import (
    acknowledge,
    assign,
    begin_review,
    close_unanswered,
    deliver,
    receive,
)
from letters.actions.door import close_door, open_door
from letters.actions.drafting import begin, bring_in, edit, restore
from letters.actions.holding import lift_hold, place_hold
from letters.actions.invalidating import invalidate, matching, revert_invalidation
from letters.actions.inviting import decline, invite_to_sign, take_invitation_back, undo_decline
from letters.actions.inviting_by_mail import answer_by_link, invite_addresses
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
    close,
    file_as_sent,
    open_for_sign_on,
    set_aside,
    take_up,
)
from letters.actions.listing import mark_listed
from letters.actions.modes import change_mode
from letters.actions.naming import read_names, read_names_asked_again
from letters.actions.ordering import order_names
from letters.actions.own_name import change_mode_by_link, sign_by_link, withdraw_by_link
from letters.actions.registering import agree_to_listing, revoke_listing
from letters.actions.reminding import remind
from letters.actions.replying import (
    clear_reply,
    draft_reply,
    file_reply,
    give_reply_back,
    propose_reply,
    recall_reply,
)
from letters.actions.sign_on import name_to_sign, sign, withdraw
from letters.actions.translating import approve_translation, begin_translation, edit_translation
from letters.actions.unsealing import (
    agree_to_unseal,
    ask_to_unseal,
    code_of,
    read_unsealed,
    refuse_to_unseal,
)
from letters.actions.withdrawing import withdraw_after_delivery

__all__ = [
    "acknowledge",
    "acknowledge_offer",
    "add_batch",
    "agree_to_listing",
    "agree_to_unseal",
    "answer_by_link",
    "appoint_lead",
    "approve",
    "approve_translation",
    "ask_replacement",
    "ask_to_sign",
    "ask_to_unseal",
    "assign",
    "begin",
    "begin_correction",
    "begin_review",
    "begin_translation",
    "bring_in",
    "change_mode",
    "change_mode_by_link",
    "clear_reply",
    "close",
    "close_door",
    "close_unanswered",
    "code_of",
    "comment",
    "commit_batch",
    "correct",
    "correct_line",
    "decline",
    "deliver",
    "draft_reply",
    "drop_ask",
    "drop_correction",
    "drop_replacement",
    "edit",
    "edit_correction",
    "edit_translation",
    "end_comments",
    "file_as_sent",
    "file_reply",
    "give_reply_back",
    "hear_answer",
    "hear_progress",
    "invalidate",
    "invite_addresses",
    "invite_to_sign",
    "join_line",
    "keep_line",
    "lift_hold",
    "mark_ask",
    "mark_listed",
    "matching",
    "name_to_sign",
    "open_door",
    "open_for_comments",
    "open_for_sign_on",
    "order_names",
    "pause",
    "place_hold",
    "propose_reply",
    "read_names",
    "read_names_asked_again",
    "read_unsealed",
    "recall_reply",
    "receive",
    "refuse_to_unseal",
    "release",
    "remind",
    "remove_name",
    "resolve_comment",
    "restore",
    "resume",
    "revert_invalidation",
    "revoke_listing",
    "second_replacement",
    "set_aside",
    "sign",
    "sign_by_link",
    "step_down",
    "take_invitation_back",
    "take_up",
    "undo_ask",
    "undo_batch",
    "undo_decline",
    "withdraw",
    "withdraw_after_delivery",
    "withdraw_by_link",
    "withdraw_comment",
]
