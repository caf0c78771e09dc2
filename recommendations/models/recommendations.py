"""A recommendation: one ask, with who asks, who is asked, where it stands, and its clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.confidentiality import Level
from foundation.confidentiality.models import ReferencedModel
from foundation.confidentiality.references import new_reference
from organizations.enums import OfficialLanguage
from organizations.models import Expert, Organization, Pillar
from organizations.querysets.parts import folded
from recommendations.enums import (
    LEVELS,
    OFFER,
    OPEN,
    Position,
    Progress,
    RecommendationState,
    Source,
)
from recommendations.models.taxonomies import ActionAsked, Addressee, Topic
from recommendations.querysets import RecommendationQuerySet
from recommendations.transitions import RECOMMENDATION

DESK = ("state", "level", "owner", "organization", "expert", "submitted_at")


def recommendation_reference() -> str:
    """Return a fresh reference of a recommendation, e.g. `REC-2026-7K3QXP`."""
    return new_reference("REC", timezone.now().date())


class Recommendation(ReferencedModel):
    """One ask. `position` (what the Office says) and `progress` (what happened) never mix."""

    reference = models.CharField(max_length=20, unique=True, default=recommendation_reference)
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.label) for level in LEVELS], default=Level.OFFICE
    )
    # Consent: an item of the level "the Office only" adds one to public numbers, from five on.
    may_be_counted = models.BooleanField(default=False)
    state = models.CharField(
        max_length=16, choices=RecommendationState.choices, default=RecommendationState.DRAFT
    )
    # Who asks: an organization, an expert, or whoever signed what came by mail or on paper.
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: an operator's command took it from a letter
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)
    sender_as_stated = models.CharField(max_length=250, blank=True)
    received_on = models.DateField(null=True, blank=True)
    # What is asked.
    language = models.CharField(
        max_length=2, choices=OfficialLanguage.choices, default=OfficialLanguage.ENGLISH
    )
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    background = models.TextField(blank=True)
    action_asked = models.ForeignKey(
        ActionAsked, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    addressee = models.ForeignKey(
        Addressee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="+")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    place_as_stated = models.CharField(max_length=120, blank=True)
    # What the Office does with it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # Another ask says the same and is answered for both; kept after that, for the next answer.
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    position = models.CharField(max_length=16, choices=Position.choices, default=Position.PENDING)
    progress = models.CharField(
        max_length=16, choices=Progress.choices, default=Progress.NOT_STARTED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    # The clock: by when a person of the Office takes it up (`assigned_at`), by when it is answered.
    acknowledge_by = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)  # the first answer that went out
    search_text = models.TextField(blank=True, editable=False)
    sender_text = models.TextField(blank=True, editable=False)  # searched by staff only
    version = models.PositiveIntegerField(default=0)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_recommendation"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecommendationState.values),
                name="recommendation_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in LEVELS]),
                name="recommendation_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(may_be_counted=False) | Q(level=Level.OFFICE),
                name="recommendation_counting_is_for_the_office_level",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(expert__isnull=True),
                name="recommendation_has_one_sender",
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.PORTAL)
                | Q(organization__isnull=False)
                | Q(expert__isnull=False),
                name="recommendation_written_here_has_a_sender",
            ),
            models.CheckConstraint(
                condition=Q(created_by__isnull=False) | Q(source=Source.LETTER),
                name="recommendation_was_written_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RecommendationState.DRAFT, RecommendationState.WITHDRAWN])
                | (Q(submitted_at__isnull=False, answer_by__isnull=False) & ~Q(text="")),
                name="recommendation_sent_has_text_and_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.ANSWERED)
                | (Q(published_at__isnull=False) & ~Q(position__in=["pending", "noted"])),
                name="recommendation_answered_has_a_position",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.JOINED)
                | Q(duplicate_of__isnull=False, level__lt=Level.NAMED_OFFICERS),
                name="recommendation_joined_has_another",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="recommendation_repeats_another",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by", "id"], name="recommendation_triage"),
            # The desk counts and turns pages by these two alone: all that visibility asks is in them.
            models.Index(
                fields=["answer_by", "id"],
                include=DESK,
                name="recommendation_by_clock",
            ),
            models.Index(
                fields=["answer_by", "id"],
                include=DESK,
                condition=Q(state__in=OPEN),
                name="recommendation_open",
            ),
            models.Index(fields=["owner", "state", "answer_by"], name="recommendation_owner"),
            models.Index(fields=["-published_at", "id"], name="recommendation_published"),
            GinIndex(fields=["countries"], name="recommendation_countries"),
            GinIndex(
                fields=["search_text"], name="recommendation_words", opclasses=["gin_trgm_ops"]
            ),
            GinIndex(
                fields=["sender_text"], name="recommendation_senders", opclasses=["gin_trgm_ops"]
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is searched beside what is shown."""
        self.fold_words()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "sender_text"}
        super().save(*args, **kwargs)

    def fold_words(self) -> None:
        """Put what is searched beside what is shown."""
        self.search_text = folded("\n".join([self.title, self.text, self.background]))
        self.sender_text = folded(self.sender_name())

    @property
    def sender(self) -> Organization | Expert | None:
        """Return the registered sender, or None for what came by mail or on paper."""
        return self.organization or self.expert

    def sender_name(self) -> str:
        """Return who asks. Only for those who may know: see `presenters.sender_line`."""
        return self.sender.printed_name() if self.sender else self.sender_as_stated

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("recommendations:detail", args=[self.pk])

    def headline(self) -> str:
        """Return the title, or words for a draft that has none yet."""
        return self.title or _("Recommendation without a title yet")

    @property
    def state_label(self) -> Any:
        """Return the labels and tone of the present state."""
        return RECOMMENDATION.state_of(self)

    @property
    def moves_by(self) -> date | None:
        """Return the day by which the Office moves next; None where its clock does not run."""
        if self.state == RecommendationState.SUBMITTED:
            return self.acknowledge_by or self.answer_by
        runs = self.state in (*OPEN, RecommendationState.JOINED) and self.paused_at is None
        return self.answer_by if runs else None

    @property
    def is_offer(self) -> bool:
        """Tell whether it offers something, and demands nothing."""
        return self.action_asked is not None and self.action_asked.key == OFFER

    @property
    def is_entered(self) -> bool:
        """Tell whether the Office entered it for somebody."""
        return self.source != Source.PORTAL
