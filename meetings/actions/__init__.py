"""The verbs of this room. Each is one keyword-only, atomic function: lock the meeting, check, write,
audit, notify; `by=` is the person (or the part of the system) that acts."""

from meetings.actions.briefing import request_brief, write_brief
from meetings.actions.drafting import agree_to_be_counted, begin, choose_level, edit, set_windows
from meetings.actions.holding import (
    add_commitment,
    draft_note,
    file_note,
    finish_commitment,
    hold,
)
from meetings.actions.lifecycle import assign, decline, request, withdraw
from meetings.actions.parts import Incomplete
from meetings.actions.people import (
    add_participant,
    agree_to_be_named,
    choose_style,
    remove_participant,
)
from meetings.actions.scheduling import (
    ask_other_times,
    cancel,
    choose,
    move,
    propose,
    take_back,
)
from meetings.actions.talking import name_readers, write_note, write_word

__all__ = [
    "Incomplete",
    "add_commitment",
    "add_participant",
    "agree_to_be_counted",
    "agree_to_be_named",
    "ask_other_times",
    "assign",
    "begin",
    "cancel",
    "choose",
    "choose_level",
    "choose_style",
    "decline",
    "draft_note",
    "edit",
    "file_note",
    "finish_commitment",
    "hold",
    "move",
    "name_readers",
    "propose",
    "remove_participant",
    "request",
    "request_brief",
    "set_windows",
    "take_back",
    "withdraw",
    "write_brief",
    "write_note",
    "write_word",
]
