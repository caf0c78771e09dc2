"""The way of a recommendation from the draft to the answer, as a table.

Words in `who` (rules.py says for whom they hold): submitter = a representative of the organization,
the expert, or for what came by mail or on paper an officer; officer = engagement officer or
approver who may see the item and has no stake in it; clearer = an approver who wrote no word of
the answer; system = what happens to the ask that it is joined to.

Below it the way of a link between what came by mail or on paper and who sent it: checker = an
officer other than who proposed it; sender = a representative of the organization, or the expert.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from recommendations.enums import JOINABLE, OPEN
from recommendations.enums import LinkState as L
from recommendations.enums import RecommendationState as S

SUBMITTER = frozenset({"submitter"})
OFFICER = frozenset({"officer"})
CLEARER = frozenset({"clearer"})
SYSTEM = frozenset({"system"})
SENDER = frozenset({"sender"})

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
        S.JOINED.value: State(_("Answered with another"), _("Under consideration"), "wait"),
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
        Transition("join", _("Answer together with another"), JOINABLE, S.JOINED, OFFICER),
        Transition(
            "separate",
            _("Answer on its own again"),
            (S.JOINED,),
            S.SUBMITTED,
            OFFICER | SYSTEM,
            confirm=_("It waits for an owner again. Those who submitted either ask are told."),
        ),
        Transition("answer_along", _("Answer with the other"), (S.JOINED,), S.ANSWERED, SYSTEM),
        Transition(
            "reopen_along", _("Answer again with the other"), (S.ANSWERED,), S.JOINED, SYSTEM
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.DRAFT, *OPEN, S.JOINED, S.ANSWERED),
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


LINK = Machine(
    "sender link",
    states={
        L.PROPOSED.value: State(_("To be checked by a second person"), _("Not known yet"), "work"),
        L.CONFIRMED.value: State(_("Waits for their word"), _("Waits for your word"), "wait"),
        L.ACCEPTED.value: State(_("Theirs"), _("Yours"), "yes"),
        L.DECLINED.value: State(_("Not theirs"), _("Not yours"), "no"),
        L.UNDONE.value: State(_("Undone"), _("Undone"), "no"),
    },
    transitions=(
        Transition(
            "confirm",
            _("Confirm who sent it"),
            (L.PROPOSED,),
            L.CONFIRMED,
            frozenset({"checker"}),
            confirm=_(
                "You have looked for yourself. The people named are asked whether it is theirs; "
                "until they say so they see the day on which it came, and nothing of it."
            ),
        ),
        Transition(
            "accept",
            _("Yes, it is ours"),
            (L.CONFIRMED,),
            L.ACCEPTED,
            SENDER,
            confirm=_("From then on you see it, and it counts as yours."),
        ),
        Transition(
            "decline",
            _("No, it is not ours"),
            (L.CONFIRMED,),
            L.DECLINED,
            SENDER,
            confirm=_("The Office is told, and you see nothing of it."),
        ),
        Transition(
            "undo",
            _("Undo the link"),
            (L.PROPOSED, L.CONFIRMED),
            L.UNDONE,
            OFFICER,
            confirm=_("Nobody outside the Office has read it. They are not asked any more."),
        ),
        Transition(
            "unlink",
            _("Take it away from them"),
            (L.ACCEPTED,),
            L.UNDONE,
            frozenset({"approver"}),
            confirm=_("They have been able to read it. From now on they cannot."),
            danger=True,
        ),
    ),
)
