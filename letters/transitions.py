"""The life of a letter as a table: name, label, from, to, who."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from letters.enums import LetterState as S

COORDINATOR = frozenset({"coordinator"})

LETTER = Machine(
    "letter",
    states={
        S.DRAFT: State(_("Draft"), _("In preparation"), "wait"),
        S.OPEN: State(_("Open for sign-on"), _("Collecting signatures"), "work"),
        S.CLOSED: State(_("Closed, not delivered"), _("Signed"), "work"),
        S.DELIVERED: State(_("Delivered"), _("Delivered to the Office"), "yes"),
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
            confirm=_("The Office can read the letter from now on; nobody can withdraw any more."),
        ),
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
