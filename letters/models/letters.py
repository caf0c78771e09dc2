"""A joint letter: its draft, its state, its deadline, and which text of it is in force."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import Level
from foundation.confidentiality.models import ReferencedModel
from foundation.confidentiality.references import new_reference, new_secret
from letters.enums import (
    AT_THE_OFFICE,
    FROZEN,
    SINCE_ACKNOWLEDGED,
    UNFIXED,
    Arrangement,
    Intent,
    Layout,
    LetterState,
)
from letters.models.register import OnTheRegister
from letters.models.texts import DraftedText, FrozenText
from letters.querysets import LetterQuerySet
from letters.text import LetterText
from letters.transitions import LETTER

LETTER_LEVELS = [(level.value, level.label) for level in (Level.PUBLIC, Level.OFFICE)]


def new_letter_reference() -> str:
    """Return a fresh reference of a letter, e.g. `LTR-2026-7K3QXP`."""
    return new_reference("LTR", timezone.now().date())


def new_verify_secret() -> str:
    """Return what stands in the sealed file and opens its page of verification: 137 random bits,
    in capitals without look-alikes, so that it can be typed from paper."""
    return new_secret(groups=7)


class Letter(DraftedText, OnTheRegister, ReferencedModel):
    """A letter of a network. Its columns hold the draft, and from the freeze on the words of the
    text in force (`frozen`): a trigger in the database lets them change with it only."""

    reference = models.CharField(max_length=20, unique=True, default=new_letter_reference)
    network = models.ForeignKey(
        "organizations.Network", on_delete=models.PROTECT, related_name="letters"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters_begun"
    )
    state = models.CharField(
        max_length=12, choices=LetterState.choices, default=LetterState.DRAFT, db_index=True
    )
    level = models.PositiveSmallIntegerField(
        _("who may read the letter after delivery"), choices=LETTER_LEVELS, default=Level.OFFICE
    )
    follows = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="followed_by"
    )
    frozen = models.ForeignKey(
        FrozenText, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the authentic text in force
    comments_open = models.BooleanField(default=False)  # members of the network read the draft
    intent = models.CharField(max_length=12, choices=Intent.choices, default=Intent.COLLECTING)
    imported = models.BooleanField(default=False)
    questions = models.JSONField(default=list, blank=True)
    arrangement = models.CharField(
        max_length=12, choices=Arrangement.choices, default=Arrangement.NAME
    )
    grouped = models.BooleanField(default=True)  # under headings, as the order asks for
    layout = models.CharField(max_length=8, choices=Layout.choices, default=Layout.LETTER)
    letterhead = models.BooleanField(default=True)  # the network's name stands above the letter
    deadline = models.DateTimeField(null=True, blank=True)
    deadline_zone = models.CharField(max_length=64, default="UTC")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    open_to_outsiders = models.BooleanField(default=False)  # people without an account may sign
    outsiders_secret = models.CharField(max_length=43, blank=True)  # of the unlisted address
    told_at = models.DateTimeField(null=True, blank=True)  # of new names, to the coordinators
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pause_reason = models.CharField(max_length=300, blank=True)
    # What the Office does with it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # when the last ask was answered
    verify_secret = models.CharField(
        max_length=40, unique=True, default=new_verify_secret, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        db_table = "letters_letter"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=LetterState.values), name="letter_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=(Level.PUBLIC, Level.OFFICE)),
                name="letter_level_is_public_or_office",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=AT_THE_OFFICE) | models.Q(delivered_at__isnull=False),
                name="a_delivered_letter_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SINCE_ACKNOWLEDGED)
                | models.Q(acknowledged_at__isnull=False),
                name="an_acknowledged_letter_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LetterState.ANSWERED)
                | models.Q(answered_at__isnull=False),
                name="an_answered_letter_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(level=Level.PUBLIC)
                | models.Q(network_lists_at__isnull=True, office_lists_at__isnull=True),
                name="a_letter_for_the_office_is_never_listed",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=UNFIXED) | models.Q(frozen__isnull=False),
                name="a_fixed_letter_has_its_text",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_at__isnull=True, paused_by__isnull=True)
                | models.Q(paused_at__isnull=False, paused_by__isnull=False),
                name="a_paused_letter_says_who_paused_it",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the letter's page."""
        return reverse("letters:detail", args=[self.pk])

    def verify_url(self) -> str:
        """Return the whole address that stands in the sealed file and in its QR code."""
        return settings.SITE_URL + reverse("letters:verify", args=[self.verify_secret])

    @property
    def state_label(self) -> object:
        """Return the labels and tone of the present state."""
        return LETTER.state_of(self)

    @property
    def is_frozen(self) -> bool:
        """Tell whether the text was fixed and can no longer change."""
        return self.state in FROZEN

    @property
    def is_at_the_office(self) -> bool:
        """Tell whether the letter was delivered, whatever became of it since."""
        return self.state in AT_THE_OFFICE

    @property
    def acknowledge_by(self) -> date | None:
        """Return the day by which the Office says that it has it
        (settings.LETTER_ACKNOWLEDGE_DAYS)."""
        if self.delivered_at is None:
            return None
        return self.delivered_at.date() + timedelta(days=settings.LETTER_ACKNOWLEDGE_DAYS)

    @property
    def is_past_deadline(self) -> bool:
        """Tell whether the deadline, if there is one, has passed."""
        return self.deadline is not None and timezone.now() >= self.deadline

    @property
    def intended_step(self) -> str:
        """Return the name of the step that comes next, for the most prominent button."""
        if self.state == LetterState.DRAFT:
            return "file_as_sent" if self.intent == Intent.SENT else "open"
        return {"open": "close", "closed": "deliver"}.get(self.state, "")

    @property
    def is_paused(self) -> bool:
        """Tell whether a lead paused the letter: it takes no signature and no step."""
        return self.paused_at is not None

    def text(self) -> LetterText:
        """Return the frozen text where there is one, else the drafted text."""
        return self.frozen.text() if self.frozen is not None else self.drafted_text()
