"""States, values and named sets of the recommendations room; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import Level

LEVELS = (Level.OFFICE, Level.PUBLIC, Level.UNNAMED, Level.NAMED_OFFICERS)
"""Who may see an item; the default first."""


class RecommendationState(models.TextChoices):
    """Where an item stands; labels for staff and the public are in transitions.py."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASSIGNED = "assigned"
    CLARIFICATION = "clarification"
    TO_CLEAR = "to_clear"
    CLEARED = "cleared"
    ANSWERED = "answered"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class Source(models.TextChoices):
    """How an item came; said wherever it stands when it did not come through the portal."""

    PORTAL = "portal", _("Written here")
    MAIL = "mail", _("Came by e-mail, entered by the Office")
    PAPER = "paper", _("Came on paper, entered by the Office")
    LETTER = "letter", _("Asked in a joint letter")


class Position(models.TextChoices):
    """What the Office says to an ask. Never the same field as progress."""

    PENDING = "pending", _("Pending")
    ACCEPTED = "accepted", _("Accepted")
    PARTIAL = "partial", _("Partially accepted")
    ALREADY = "already", _("Already being done")
    NOTED = "noted", _("Noted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    REFERRED = "referred", _("Referred to another addressee")


class Progress(models.TextChoices):
    """What has happened on the ground. Never the same field as the position."""

    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    NO_LONGER = "no_longer", _("No longer applicable")
    CANNOT_TELL = "cannot_tell", _("Cannot tell")


class MessageKind(models.TextChoices):
    """What a message between the Office and the submitter is; none of them is ever public."""

    QUESTION = "question", _("Question of the Office")
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note inside the Office")


class LinkState(models.TextChoices):
    """How far the Office is with saying who sent what came by mail or on paper."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNDONE = "undone"


class LinkCheck(models.TextChoices):
    """How an officer made sure who sent it."""

    ADDRESS = "address", _("It came from an address that the Office has on file for them")
    CALLED = "called", _("They were asked on a way that the Office has on file, and said so")
    MET = "met", _("They handed it over themselves")


class Side(models.TextChoices):
    """Who reports on progress: two sides may see it differently."""

    OFFICE = "office", _("The Office")
    SUBMITTER = "submitter", _("Who submitted it")


class ClockReason(models.TextChoices):
    """Why the day of an answer moved; the submitter reads it."""

    CONSULT = "consult", _("Another office or entity has to be asked first")
    MEETING = "meeting", _("A meeting or a visit has to take place first")
    MORE_TIME = "more_time", _("The Office needs more time than it said")
    OTHER = "other", _("Another reason")
    SOONER = "sooner", _("The Office can answer sooner")
    QUESTION = "question", _("The clock stood still while the Office waited for an answer")
    AGAIN = "again", _("The Office answers again")
    JOINED = "joined", _("It is answered together with another ask that says the same")


LATER = (
    ClockReason.CONSULT,
    ClockReason.MEETING,
    ClockReason.MORE_TIME,
    ClockReason.OTHER,
)
"""From which an officer chooses who moves a day back; the others are set by what happens."""

OFFER = "offer"  # key of the action asked: no demand, so nobody is late with an answer
ANSWERS = tuple(value for value in Position if value != Position.PENDING)
# Which refuse, wholly or in part: a reason from the list is needed.
REFUSING = frozenset({Position.PARTIAL, Position.NOT_ACCEPTED})
# Which can be answered together with another, and the one that is answered for them.
JOINABLE = (RecommendationState.SUBMITTED, RecommendationState.ASSIGNED)
MAIN = (*JOINABLE, RecommendationState.CLARIFICATION)
# A link of these is in force: an item has one at most.
LINKED = (LinkState.PROPOSED, LinkState.CONFIRMED, LinkState.ACCEPTED)
# In which the Office has still to answer it for itself.
OPEN = (
    RecommendationState.SUBMITTED,
    RecommendationState.ASSIGNED,
    RecommendationState.CLARIFICATION,
    RecommendationState.TO_CLEAR,
    RecommendationState.CLEARED,
)
