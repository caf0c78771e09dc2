"""The life of a letter as a table: name, label, from, to, who.

Words in `who` (rules.py says for whom they hold): coordinator = of the letter's network; officer =
engagement officer or approver who neither signed the letter nor coordinates its network; system =
the letter itself, when the last of its asks is answered.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from letters.enums import AT_THE_OFFICE
from letters.enums import LetterState as S

COORDINATOR = frozenset({"coordinator"})
OFFICER = frozenset({"officer"})
SYSTEM = frozenset({"system"})

LETTER = Machine(
    "letter",
    states={
        S.DRAFT: State(_("Draft"), _("In preparation"), "wait"),
        S.OPEN: State(_("Open for sign-on"), _("Collecting signatures"), "work"),
        S.CLOSED: State(_("Closed, not delivered"), _("Signed"), "work"),
        S.DELIVERED: State(_("Delivered, to acknowledge"), _("Delivered to the Office"), "work"),
        S.ACKNOWLEDGED: State(_("Acknowledged, asks to mark"), _("Acknowledged"), "work"),
        S.UNDER_REVIEW: State(_("Being answered"), _("Under review"), "work"),
        S.ANSWERED: State(_("Answered"), _("Answered"), "yes"),
        S.SET_ASIDE: State(_("Set aside"), _("Not pursued"), "no"),
    },
    transitions=(
        Transition(
            "open",
            _("Open for sign-on"),
            (S.DRAFT,),
            S.OPEN,
            COORDINATOR,
            confirm=_(
                "The text is fixed now and can no longer change. While it is open, every vetted "
                "organization and expert can read it with its public names, and sign. The "
                "representatives of the network's members are told."
            ),
        ),
        Transition(
            "file_as_sent",
            _("File as already sent"),
            (S.DRAFT,),
            S.CLOSED,
            COORDINATOR,
            confirm=_("The text and its list are fixed as they were sent. Nobody can sign here."),
        ),
        Transition(
            "close",
            _("Close the sign-on"),
            (S.OPEN,),
            S.CLOSED,
            COORDINATOR,
            confirm=_("Nobody can sign after this. The list becomes final."),
        ),
        Transition(
            "deliver",
            _("Mark as delivered"),
            (S.CLOSED,),
            S.DELIVERED,
            COORDINATOR,
            confirm=_(
                "The Office can read the letter from now on, and it stays as it is: a name that is "
                "taken back later is noted beside it."
            ),
        ),
        Transition(
            "acknowledge",
            _("Acknowledge"),
            (S.DELIVERED,),
            S.ACKNOWLEDGED,
            OFFICER,
            confirm=_("Those who signed and coordinated it are told that the Office has it."),
        ),
        Transition(
            "mark",
            _("Mark an ask"),
            AT_THE_OFFICE,
            S.UNDER_REVIEW,
            OFFICER | SYSTEM,
        ),
        Transition("answer", _("All asks are answered"), (S.UNDER_REVIEW,), S.ANSWERED, SYSTEM),
        Transition(
            "set_aside",
            _("Set aside"),
            (S.DRAFT,),
            S.SET_ASIDE,
            COORDINATOR,
            confirm=_("The draft leaves your list. You can take it up again."),
            danger=True,
        ),
        Transition("take_up", _("Take up again"), (S.SET_ASIDE,), S.DRAFT, COORDINATOR),
    ),
)
