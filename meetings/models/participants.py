"""Who takes part, how each wants to be told, and what each calendar file says."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from meetings.enums import CalendarMethod, InvitationStyle, Side
from meetings.models.meetings import Meeting
from meetings.querysets import CalendarStepQuerySet, ParticipantQuerySet

USER = settings.AUTH_USER_MODEL


def calendar_uid() -> str:
    """Return a name for one person's calendar entry: random, so that two files of one meeting
    cannot be told to be of the same one."""
    return f"{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname or 'portal.invalid'}"


class Participant(GuardedModel):
    """Somebody at the table. Mails go to those with an account only; who put the others on the
    list tells them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    side = models.CharField(max_length=10, choices=Side.choices)
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200, blank=True)  # title and affiliation
    user = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    may_be_named = models.BooleanField(default=False)  # consent: named in the brief
    unnamed_at = models.DateTimeField(null=True, blank=True)  # when it was last taken back
    style = models.CharField(
        max_length=10, choices=InvitationStyle.choices, default=InvitationStyle.NOT_ASKED
    )
    calendar_uid = models.CharField(max_length=300, unique=True, default=calendar_uid)
    calendar_sequence = models.IntegerField(null=True, blank=True)  # null: never invited by file
    attended = models.BooleanField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        db_table = "meetings_participant"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(removed_at__isnull=True, user__isnull=False),
                name="participant_sits_down_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="participant_has_a_name"),
            models.CheckConstraint(
                condition=Q(calendar_sequence__isnull=True)
                | Q(user__isnull=False, calendar_sequence__gte=0),
                name="participant_with_a_file_has_an_account",
            ),
        ]


class CalendarStep(GuardedModel):
    """What one calendar file says. Frozen: the file is the same however late its mail leaves."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField()
    method = models.CharField(max_length=10, choices=CalendarMethod.choices)
    style = models.CharField(max_length=10, choices=InvitationStyle.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = CalendarStepQuerySet.as_manager()

    class Meta:
        db_table = "meetings_calendar_step"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "sequence"], name="calendar_step_once_in_its_order"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="calendar_step_ends_after_it_starts"
            ),
        ]
