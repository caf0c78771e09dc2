"""The life of a letter as a table: name, label, from, to, who.

Words in `who` (rules.py says for whom they hold): coordinator = of the letter's network; officer =
engagement officer or approver who neither signed the letter nor coordinates its network; approver =
an approver of the same kind; system = the letter itself, when all that it asks is answered.

Below it the way of the Office's reply: clearer = an approver who wrote no word of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from letters.enums import AT_THE_OFFICE, TO_ACKNOWLEDGE
from letters.enums import LetterState as S
from letters.enums import ReplyState as R

COORDINATOR = frozenset({"coordinator"})
OFFICER = frozenset({"officer"})
APPROVER = frozenset({"approver"})
CLEARER = frozenset({"clearer"})
SYSTEM = frozenset({"system"})

LETTER = Machine(
    "letter",
    states={
        S.DRAFT: State(_("Draft"), _("In preparation"), "wait"),
        S.OPEN: State(_("Open for sign-on"), _("Collecting signatures"), "work"),
        S.CLOSED: State(_("Closed, not delivered"), _("Signed"), "work"),
        S.DELIVERED: State(_("Delivered, to open"), _("Delivered to the Office"), "work"),
        S.OPENED: State(_("Opened, to acknowledge"), _("Opened by the Office"), "work"),
        S.ACKNOWLEDGED: State(_("Acknowledged, asks to mark"), _("Acknowledged"), "work"),
        S.UNDER_REVIEW: State(_("Being answered"), _("Under review"), "work"),
        S.ANSWERED: State(_("Answered"), _("Answered"), "yes"),
        S.NO_ANSWER: State(_("Closed without an answer"), _("Closed without an answer"), "no"),
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
            "correct",
            _("Correct the text"),
            (S.OPEN, S.CLOSED),
            S.OPEN,
            COORDINATOR,
            confirm=_(
                "The corrected text is fixed and takes the place of the earlier one. Everyone who "
                "signed the earlier text is told and asked to sign again; nobody is carried over. "
                "A letter that was closed is open for sign-on again."
            ),
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
            "receive",
            _("I have opened it"),
            (S.DELIVERED,),
            S.OPENED,
            OFFICER,
            confirm=_("Those who signed see on its page that the Office has opened it, and when."),
        ),
        Transition(
            "acknowledge",
            _("Acknowledge"),
            TO_ACKNOWLEDGE,
            S.ACKNOWLEDGED,
            OFFICER,
            confirm=_(
                "Those who signed and coordinated it are told that the Office has it. A sealed "
                "receipt is made for them."
            ),
        ),
        Transition(
            "review",
            _("Take under review"),
            (S.ACKNOWLEDGED, S.NO_ANSWER),
            S.UNDER_REVIEW,
            OFFICER,
            confirm=_("Those who signed see that the Office works on it."),
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
            "close_unanswered",
            _("Close without an answer"),
            (S.ACKNOWLEDGED, S.UNDER_REVIEW),
            S.NO_ANSWER,
            APPROVER,
            confirm=_("Those who signed and coordinated it read your reason, word for word."),
            danger=True,
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


REPLY = Machine(
    "reply",
    states={
        R.DRAFT: State(_("Draft"), _("In preparation"), "work"),
        R.TO_CLEAR: State(_("To clear"), _("In preparation"), "work"),
        R.CLEARED: State(_("Cleared, to file"), _("In preparation"), "work"),
        R.FILED: State(_("Filed"), _("Filed"), "yes"),
    },
    transitions=(
        Transition("propose", _("Send for clearance"), (R.DRAFT,), R.TO_CLEAR, OFFICER),
        Transition("give_back", _("Give back"), (R.TO_CLEAR,), R.DRAFT, CLEARER),
        Transition(
            "clear",
            _("Clear"),
            (R.TO_CLEAR,),
            R.CLEARED,
            CLEARER,
            confirm=_("You have read the reply and it may go out as it stands."),
        ),
        Transition(
            "recall",
            _("Take back to change"),
            (R.CLEARED,),
            R.DRAFT,
            OFFICER,
            confirm=_("It has to be cleared again after that."),
        ),
        Transition(
            "file",
            _("File the reply"),
            (R.CLEARED,),
            R.FILED,
            OFFICER,
            confirm=_(
                "Everyone who signed here and wished to hear is told, once. Who may read the "
                "letter can read the reply. It can be corrected by another one, not changed."
            ),
        ),
    ),
)
