"""The way of a recommendation from the draft to the answer, as a table.

Words in `who` (rules.py says for whom they hold): submitter = a representative of the organization,
the expert, or for what came by mail or on paper an officer; officer = engagement officer or
approver who may see the item and has no stake in it; clearer = an approver who wrote no word of
the answer.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from recommendations.enums import OPEN
from recommendations.enums import RecommendationState as S

SUBMITTER = frozenset({"submitter"})
OFFICER = frozenset({"officer"})
CLEARER = frozenset({"clearer"})

RECOMMENDATION = Machine(
    "recommendation",
    states={
        S.DRAFT.value: State(_("Draft"), _("Not sent yet"), "wait"),
        S.SUBMITTED.value: State(_("To assign"), _("Received"), "work"),
        S.ASSIGNED.value: State(_("To answer"), _("Under consideration"), "work"),
        S.CLARIFICATION.value: State(_("Question asked"), _("Waiting for your answer"), "wait"),
        S.TO_CLEAR.value: State(_("To clear"), _("Under consideration"), "work"),
        S.CLEARED.value: State(_("Cleared, to publish"), _("Under consideration"), "work"),
        S.ANSWERED.value: State(_("Answered"), _("Answered"), "yes"),
        S.WITHDRAWN.value: State(_("Withdrawn"), _("Withdrawn"), "no"),
    },
    transitions=(
        Transition(
            "submit",
            _("Send to the Office"),
            (S.DRAFT,),
            S.SUBMITTED,
            SUBMITTER,
            confirm=_("The text is fixed when it is sent. The Office's clock starts at once."),
        ),
        Transition("assign", _("Assign"), (S.SUBMITTED, S.ASSIGNED), S.ASSIGNED, OFFICER),
        Transition("ask", _("Ask for clarification"), (S.ASSIGNED,), S.CLARIFICATION, OFFICER),
        Transition("clarify", _("Answer the question"), (S.CLARIFICATION,), S.ASSIGNED, SUBMITTER),
        Transition(
            "resume",
            _("Go on without an answer"),
            (S.CLARIFICATION,),
            S.ASSIGNED,
            OFFICER,
            confirm=_("The clock of the Office runs on from now."),
        ),
        Transition("propose", _("Send for clearance"), (S.ASSIGNED,), S.TO_CLEAR, OFFICER),
        Transition("give_back", _("Give back"), (S.TO_CLEAR,), S.ASSIGNED, CLEARER),
        Transition(
            "clear",
            _("Clear"),
            (S.TO_CLEAR,),
            S.CLEARED,
            CLEARER,
            confirm=_("You have read the answer and it may go out as it stands."),
        ),
        Transition(
            "recall",
            _("Take back to change"),
            (S.CLEARED,),
            S.ASSIGNED,
            OFFICER,
            confirm=_("It has to be cleared again after that."),
        ),
        Transition(
            "publish",
            _("Publish the answer"),
            (S.CLEARED,),
            S.ANSWERED,
            OFFICER,
            confirm=_(
                "Those who submitted it are told. If they chose so, everyone can read the ask and "
                "the answer."
            ),
        ),
        Transition(
            "publish_and_keep_open",
            _("Publish, and keep it open"),
            (S.CLEARED,),
            S.ASSIGNED,
            OFFICER,
            confirm=_(
                "“Noted” never closes an ask: the answer goes out, and the clock starts again."
            ),
        ),
        Transition(
            "reopen",
            _("Answer again"),
            (S.ANSWERED,),
            S.ASSIGNED,
            OFFICER,
            confirm=_("The answer that stands stays readable until a new one is published."),
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.DRAFT, *OPEN, S.ANSWERED),
            S.WITHDRAWN,
            SUBMITTER,
            confirm=_(
                "It leaves every public page at once and is not worked on any more. The Office "
                "keeps what was sent. It cannot be undone."
            ),
            danger=True,
        ),
    ),
)
