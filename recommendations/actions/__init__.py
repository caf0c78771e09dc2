"""The verbs of this room. Each is one keyword-only, atomic function: lock, check, write, audit,
notify; `by=` is the person (or the part of the system) that acts."""

from recommendations.actions.answering import (
    clear_answer,
    draft_answer,
    give_back,
    propose_answer,
    publish_answer,
    recall_answer,
    reopen,
)
from recommendations.actions.carrying import enter_from_letter
from recommendations.actions.drafting import begin, choose_level, edit, enter
from recommendations.actions.following import name_readers, report_progress
from recommendations.actions.joining import join, separate
from recommendations.actions.lifecycle import ask, assign, clarify, resume, submit, withdraw
from recommendations.actions.linking import (
    accept_link,
    confirm_link,
    decline_link,
    propose_link,
    undo_link,
)
from recommendations.actions.parts import Incomplete

__all__ = [
    "Incomplete",
    "accept_link",
    "ask",
    "assign",
    "begin",
    "choose_level",
    "clarify",
    "clear_answer",
    "confirm_link",
    "decline_link",
    "draft_answer",
    "edit",
    "enter",
    "enter_from_letter",
    "give_back",
    "join",
    "name_readers",
    "propose_answer",
    "propose_link",
    "publish_answer",
    "recall_answer",
    "reopen",
    "report_progress",
    "resume",
    "separate",
    "submit",
    "undo_link",
    "withdraw",
]
