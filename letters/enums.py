"""States, kinds and named sets of the letters room; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """Where a letter stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for sign-on")
    CLOSED = "closed", _("Closed")
    DELIVERED = "delivered", _("Delivered")
    OPENED = "opened", _("Opened by the Office")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    UNDER_REVIEW = "under_review", _("Under review")
    ANSWERED = "answered", _("Answered")
    NO_ANSWER = "no_answer", _("Closed without an answer")
    SET_ASIDE = "set_aside", _("Set aside")


# From delivery on: the Office has it, its readers are those of the level that was chosen.
AT_THE_OFFICE = (
    LetterState.DELIVERED,
    LetterState.OPENED,
    LetterState.ACKNOWLEDGED,
    LetterState.UNDER_REVIEW,
    LetterState.ANSWERED,
    LetterState.NO_ANSWER,
)
# The Office has not said yet that it has it: the first clock runs.
TO_ACKNOWLEDGE = (LetterState.DELIVERED, LetterState.OPENED)
# It has said so.
SINCE_ACKNOWLEDGED = tuple(state for state in AT_THE_OFFICE if state not in TO_ACKNOWLEDGE)
# The Office is done with it, until somebody takes it up again.
ENDED = (LetterState.ANSWERED, LetterState.NO_ANSWER)
FROZEN = frozenset({LetterState.OPEN, LetterState.CLOSED, *AT_THE_OFFICE})
UNFIXED = (LetterState.DRAFT, LetterState.SET_ASIDE)
# The list of names can no longer grow; a sealed copy of it is final.
FINAL = (LetterState.CLOSED, *AT_THE_OFFICE)
TAKES_NAMES = frozenset({LetterState.DRAFT, LetterState.OPEN})


class Intent(models.TextChoices):
    """The one question asked of a letter that is brought in."""

    COLLECTING = "collecting", _("We are still collecting signatories")
    SENT = "sent", _("It was already sent")


class Arrangement(models.TextChoices):
    """In which order the signatories are printed."""

    NAME = "name", _("By name, without forms of address")
    FIRST_WORD = "first_word", _("By the first printed word")
    COUNTRY = "country", _("By country")
    KIND = "kind", _("Organizations first, then individuals")
    AS_PRINTED = "as_printed", _("As they were entered, or as you order them by hand")


class Layout(models.TextChoices):
    """Where the names stand in print."""

    LETTER = "letter", _("Below the letter, as in a letter of a few pages")
    ANNEX = "annex", _("In an annex, for hundreds of names")


class Kind(models.TextChoices):
    """What a signatory is."""

    ORGANIZATION = "organization", _("Organization")
    INDIVIDUAL = "individual", _("Individual")


class Mode(models.TextChoices):
    """Who learns that somebody signed; chosen by the signatory, who alone can open it further."""

    PUBLIC = "public", _("Named publicly")
    OFFICE = "office", _("Named to the Office")
    COORDINATORS = "coordinators", _("Known to the coordinators only")
    NOT_COUNTED = "not_counted", _("Not counted")


class Capacity(models.TextChoices):
    """For whom an individual speaks."""

    INSTITUTIONAL = "institutional", _("For the organization")
    PERSONAL = "personal", _("In a personal capacity")


class Method(models.TextChoices):
    """How a name came under a letter; said wherever the name stands."""

    SIGNED = "signed", _("Signed here by a representative")
    EMAIL = "email", _("Signed by a verified e-mail link")
    ENTERED = "entered", _("Entered by the coordinators")
    IMPORTED = "imported", _("Imported with the letter")


class ReplyState(models.TextChoices):
    """Where the Office's reply to a letter stands."""

    DRAFT = "draft", _("Draft")
    TO_CLEAR = "to_clear", _("To clear")
    CLEARED = "cleared", _("Cleared, to file")
    FILED = "filed", _("Filed")


class ListReason(models.TextChoices):
    """Why there is a new version of the list."""

    CLOSED = "closed", _("The sign-on was closed")
    FILED = "filed", _("Filed as it was sent")
    WITHDRAWN = "withdrawn", _("A name was taken back after delivery")


class Side(models.TextChoices):
    """Who agrees to a letter's place in the public register; both have to."""

    NETWORK = "network", _("The network")
    OFFICE = "office", _("The Office")


class Source(models.TextChoices):
    """What a pasted text is."""

    LIST = "list", _("A list of names, one a line")
    TABLE = "table", _("A table, with a column for each part or for the whole line")
    LETTER = "letter", _("A whole letter: only its names are taken")


class BatchState(models.TextChoices):
    """Where a batch of pasted lines stands."""

    REVIEW = "review", _("In review")
    COMMITTED = "committed", _("Added to the letter")
    UNDONE = "undone", _("Taken back")


class UnsealingSide(models.TextChoices):
    """The two sides that must both want a sealed name to be seen."""

    COORDINATOR = "coordinator", _("The coordinators of the network")
    APPROVER = "approver", _("The approvers of the Office")


# A parsed line below this is shown to a person before anything else is.
DOUBTFUL = 0.7
# A number of names that are not public is never shown below this.
SMALLEST_COUNT = 5


class ApprovedStep(models.TextChoices):
    """What the leads of a letter approve, each with exactly one text."""

    OPEN = "open", _("Open for sign-on")
    CORRECT = "correct", _("Correct the text")
    DELIVER = "deliver", _("Mark as delivered")
    TRANSLATE = "translate", _("Fix a translation")


# Of several leads, so many approve a step.
APPROVALS = 2
