"""What hangs on a recommendation: answers, messages, reports on progress, named readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from organizations.enums import OfficialLanguage
from recommendations.enums import (
    ANSWERS,
    REFUSING,
    ClockReason,
    MessageKind,
    Position,
    Progress,
    Side,
)
from recommendations.models.recommendations import Recommendation
from recommendations.models.taxonomies import Addressee, RefusalReason
from recommendations.querysets import (
    AboutRecommendationQuerySet,
    AnswerQuerySet,
    DayChangeQuerySet,
    MessageQuerySet,
    ProgressReportQuerySet,
)

USER = settings.AUTH_USER_MODEL


class Answer(GuardedModel):
    """What the Office says: drafted, cleared by somebody who wrote no word of it, published."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="answers"
    )
    position = models.CharField(
        max_length=16, choices=[(value.value, value.label) for value in ANSWERS]
    )
    reason = models.ForeignKey(
        RefusalReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referred_to = models.ForeignKey(
        Addressee, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(
        max_length=2, choices=OfficialLanguage.choices, default=OfficialLanguage.ENGLISH
    )
    text = models.TextField()
    evidence = models.TextField(blank=True)
    drafted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    writers: models.ManyToManyField = models.ManyToManyField(USER, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    cleared_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_answer"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(published_at__isnull=True),
                name="one_answer_in_work",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(cleared_at__isnull=False),
                name="answer_published_was_cleared",
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True) | ~Q(cleared_by=F("drafted_by")),
                name="answer_cleared_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(position__in=[value.value for value in sorted(REFUSING)])
                | Q(reason__isnull=False),
                name="answer_refusing_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(position=Position.ALREADY) | ~Q(evidence=""),
                name="answer_already_being_done_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(position=Position.REFERRED) | Q(referred_to__isnull=False),
                name="answer_referring_says_to_whom",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_a_text"),
        ]


class Message(GuardedModel):
    """A question of the Office, a reply, or a note inside the Office."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    text = models.TextField()
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_message"


class ProgressReport(GuardedModel):
    """What has happened since, as one side sees it."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="reports"
    )
    side = models.CharField(max_length=10, choices=Side.choices)
    progress = models.CharField(max_length=16, choices=Progress.choices)
    text = models.TextField(blank=True)
    reported_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_progress_report"


class DayChange(GuardedModel):
    """The day of the answer moved: from when to when, and why. Both sides read it."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="day_changes"
    )
    reason = models.CharField(max_length=10, choices=ClockReason.choices)
    text = models.TextField(blank=True)
    before = models.DateField()
    after = models.DateField()
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DayChangeQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_day_change"
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="day_change_moves_a_day"),
            models.CheckConstraint(
                condition=~Q(reason=ClockReason.OTHER) | ~Q(text=""),
                name="day_change_for_another_reason_says_which",
            ),
        ]


class NamedReader(GuardedModel):
    """An officer who may see an item of the level "named officers only"."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="readers"
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    objects = AboutRecommendationQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_named_reader"
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "user"], name="reader_named_once")
        ]
