"""The way of a meeting from the ask to the note, as a table.

Words in `who` (rules.py says for whom they hold): requester = a representative of the organization,
the expert, or a coordinator of the network in whose name it was asked for; officer = engagement
officer or approver who may see the meeting and has no stake in it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from meetings.enums import TO_ANSWER
from meetings.enums import MeetingState as S

REQUESTER = frozenset({"requester"})
OFFICER = frozenset({"officer"})
EITHER = REQUESTER | OFFICER

MEETING = Machine(
    "meeting",
    states={
        S.DRAFT.value: State(_("Draft"), _("Not sent yet"), "wait"),
        S.REQUESTED.value: State(_("To assign"), _("Received"), "work"),
        S.ASSIGNED.value: State(_("To propose times"), _("Under consideration"), "work"),
        S.PROPOSED.value: State(_("Times proposed"), _("Choose a time"), "wait"),
        S.CONFIRMED.value: State(_("Confirmed"), _("Confirmed"), "yes"),
        S.HELD.value: State(_("Held, note to write"), _("Held"), "work"),
        S.FILED.value: State(_("Note filed"), _("Held"), "yes"),
        S.DECLINED.value: State(_("Declined"), _("Not possible"), "no"),
        S.CANCELLED.value: State(_("Cancelled"), _("Cancelled"), "no"),
        S.WITHDRAWN.value: State(_("Withdrawn"), _("Withdrawn"), "no"),
    },
    transitions=(
        Transition(
            "request",
            _("Send to the Office"),
            (S.DRAFT,),
            S.REQUESTED,
            REQUESTER,
            confirm=_("What you ask is fixed when it is sent. The Office's clock starts at once."),
        ),
        Transition("assign", _("Assign"), TO_ANSWER, S.ASSIGNED, OFFICER),
        Transition(
            "decline",
            _("Decline"),
            TO_ANSWER,
            S.DECLINED,
            OFFICER,
            confirm=_("Who asked reads the reason. It cannot be undone."),
            danger=True,
        ),
        Transition("propose", _("Propose times"), (S.ASSIGNED,), S.PROPOSED, OFFICER),
        Transition("choose", _("Choose a time"), (S.PROPOSED,), S.CONFIRMED, REQUESTER),
        Transition(
            "ask_other_times", _("Ask for other times"), (S.PROPOSED,), S.ASSIGNED, REQUESTER
        ),
        Transition(
            "take_back",
            _("Take the times back"),
            (S.PROPOSED,),
            S.ASSIGNED,
            OFFICER,
            confirm=_("None of the times can be chosen any more. Who asked is told."),
        ),
        Transition("move", _("Move"), (S.CONFIRMED,), S.CONFIRMED, OFFICER),
        Transition(
            "cancel",
            _("Cancel"),
            (S.CONFIRMED,),
            S.CANCELLED,
            EITHER,
            confirm=_("Everyone who takes part is told. It cannot be undone."),
            danger=True,
        ),
        Transition("hold", _("Write down who came"), (S.CONFIRMED,), S.HELD, OFFICER),
        Transition(
            "file_note",
            _("File the note"),
            (S.HELD,),
            S.FILED,
            OFFICER,
            confirm=_("The note is fixed when it is filed."),
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.DRAFT, *TO_ANSWER, S.PROPOSED),
            S.WITHDRAWN,
            REQUESTER,
            confirm=_("The Office stops working on it and keeps what was sent."),
            danger=True,
        ),
    ),
)
