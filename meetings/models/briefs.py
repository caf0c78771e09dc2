"""What the Office itself writes for the brief of a meeting."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from meetings.enums import Classification
from meetings.models.meetings import Meeting
from meetings.querysets import InsideOfficeQuerySet


class BriefText(GuardedModel):
    """The officers' own lines of a brief, inside the Office. In the lists one line is one point.

    Without a name on the side of the meeting: Django reads one-to-one past the guard.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    classification = models.CharField(max_length=12, choices=Classification.choices)
    addressed_to = models.CharField(max_length=200, blank=True)
    through = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=200, blank=True)  # empty: the meeting's owner
    purpose = models.TextField(blank=True)
    about = models.TextField(blank=True)  # who they are; empty: what their own entry says
    key_messages = models.TextField(blank=True)
    if_raised = models.TextField(blank=True)  # "what is raised: what to say"
    sensitivities = models.TextField(blank=True)
    annexes = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = InsideOfficeQuerySet.as_manager()

    class Meta:
        db_table = "meetings_brief_text"
        constraints = [
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values),
                name="brief_classification_is_known",
            )
        ]
