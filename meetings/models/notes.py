"""What hangs on a meeting: the note to the file, commitments, messages, named readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from meetings.enums import MessageKind
from meetings.models.meetings import Meeting
from meetings.querysets import CommitmentQuerySet, InsideOfficeQuerySet, MessageQuerySet

USER = settings.AUTH_USER_MODEL


class Note(GuardedModel):
    """The note to the file, inside the Office; attendance stands with the participants.

    Without a name on the side of the meeting: Django reads one-to-one past the guard.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    points = models.TextField(blank=True)  # what was said; nobody is named as its speaker
    replies = models.TextField(blank=True)  # what the Office said to it
    distribution = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = InsideOfficeQuerySet.as_manager()

    class Meta:
        db_table = "meetings_note"


class Commitment(GuardedModel):
    """What the Office undertook; whoever asked for the meeting sees it without the owner's name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="commitments")
    text = models.TextField()
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    done_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        db_table = "meetings_commitment"
        indexes = [models.Index(fields=["owner", "done_at", "due"], name="commitment_by_owner")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="commitment_has_a_text"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_note="")),
                name="commitment_done_says_by_whom_and_what",
            ),
        ]


class Message(GuardedModel):
    """A word between the two sides, or a note inside the Office."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    text = models.TextField()
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        db_table = "meetings_message"


class NamedReader(GuardedModel):
    """An officer who may see a meeting of the level "named officers only"."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    objects = InsideOfficeQuerySet.as_manager()

    class Meta:
        db_table = "meetings_named_reader"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="meeting_reader_named_once")
        ]
