"""A meeting from the ask to the note, and the times that were asked for and proposed."""

from __future__ import annotations

from functools import reduce
from operator import or_
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
from foundation.confidentiality.models import GuardedModel, ReferencedModel
from foundation.confidentiality.references import new_reference
from meetings.enums import FIXED, LEVELS, TO_ANSWER, Format, MeetingState, Side, SlotKind
from meetings.querysets import MeetingQuerySet, SlotQuerySet
from meetings.transitions import MEETING
from organizations.enums import OfficialLanguage
from organizations.models import Expert, Network, Organization
from organizations.querysets.parts import folded
from recommendations.models import Recommendation

USER = settings.AUTH_USER_MODEL


def meeting_reference() -> str:
    """Return a fresh reference of a meeting, e.g. `MTG-2026-7K3QXP`."""
    return new_reference("MTG", timezone.now().date())


def _one_requester() -> Q:
    """Exactly one of organization, expert, network."""
    names = ("organization", "expert", "network")
    return reduce(or_, (Q(**{f"{name}__isnull": name != one for name in names}) for one in names))


class Meeting(ReferencedModel):
    """One meeting: who asks for it, what about, when, where, and where it stands (ADR 12)."""

    reference = models.CharField(max_length=20, unique=True, default=meeting_reference)
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.label) for level in LEVELS], default=Level.OFFICE
    )
    state = models.CharField(
        max_length=16, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    # Who asks: an organization, an expert, or a coordinator in the name of a network.
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    # What is asked.
    language = models.CharField(
        max_length=2, choices=OfficialLanguage.choices, default=OfficialLanguage.ENGLISH
    )
    purpose = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    format = models.CharField(max_length=16, choices=Format.choices, default=Format.IN_PERSON)
    place_wished = models.CharField(max_length=200, blank=True)
    languages = ArrayField(  # interpretation is needed from and into these
        models.CharField(max_length=2, choices=OfficialLanguage.choices), default=list, blank=True
    )
    access_needs = models.TextField(blank=True)
    may_be_counted = models.BooleanField(default=False)
    recommendations: models.ManyToManyField = models.ManyToManyField(
        Recommendation, blank=True, related_name="+"
    )
    # What the Office does with it.
    owner = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer_by = models.DateField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=0)  # how often times were proposed
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, blank=True)  # IANA name, of the place
    place = models.CharField(max_length=500, blank=True)  # an address, or how to join
    created_at = models.DateTimeField(auto_now_add=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by_side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    closed_reason = models.TextField(blank=True)  # why it was declined or cancelled
    search_text = models.TextField(blank=True, editable=False)
    sender_text = models.TextField(blank=True, editable=False)  # searched by staff only
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        db_table = "meetings_meeting"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in LEVELS]),
                name="meeting_level_is_known",
            ),
            models.CheckConstraint(condition=_one_requester(), name="meeting_has_one_requester"),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.DRAFT, MeetingState.WITHDRAWN])
                | (Q(requested_at__isnull=False, answer_by__isnull=False) & ~Q(purpose="")),
                name="meeting_sent_has_purpose_and_clock",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | (
                    Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at"))
                    & ~Q(zone="")
                ),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*FIXED, MeetingState.CANCELLED])
                | Q(starts_at__isnull=False, ends_at__isnull=False, confirmed_at__isnull=False),
                name="meeting_confirmed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.HELD, MeetingState.FILED])
                | Q(held_at__isnull=False, held_at__gte=F("starts_at")),
                name="meeting_held_has_begun",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED)
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_by_side="") & ~Q(closed_reason="")),
                name="meeting_cancelled_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.DECLINED) | ~Q(closed_reason=""),
                name="meeting_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False)
                | Q(state__in=[MeetingState.DRAFT, *TO_ANSWER, MeetingState.WITHDRAWN])
                | Q(state=MeetingState.DECLINED),
                name="meeting_in_hand_has_an_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by", "id"], name="meeting_triage"),
            models.Index(fields=["starts_at", "id"], name="meeting_by_time"),
            models.Index(fields=["owner", "state", "answer_by"], name="meeting_owner"),
            models.Index(fields=["-created_at", "id"], name="meeting_newest"),
            GinIndex(fields=["search_text"], name="meeting_words", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["sender_text"], name="meeting_senders", opclasses=["gin_trgm_ops"]),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is searched beside what is shown."""
        self.fold_words()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "sender_text"}
        super().save(*args, **kwargs)

    def fold_words(self) -> None:
        """Put what is searched beside what is shown."""
        self.search_text = folded("\n".join([self.purpose, self.text]))
        self.sender_text = folded(self.sender_name())

    @property
    def sender(self) -> Any:
        """Return the organization, expert or network that asked for it: one is there, by CHECK."""
        return self.organization or self.expert or self.network

    def sender_name(self) -> str:
        """Return the name of who asked for it, as it is printed."""
        return self.sender.printed_name()

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("meetings:detail", args=[self.pk])

    def headline(self) -> str:
        """Return the purpose, or words for a draft that has none yet."""
        return self.purpose or _("Meeting without a purpose yet")

    @property
    def state_label(self) -> Any:
        """Return the labels and tone of the present state."""
        return MEETING.state_of(self)


class Slot(GuardedModel):
    """A window that was asked for, or a time that the Office proposed; earlier rounds are kept."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="slots")
    kind = models.CharField(max_length=10, choices=SlotKind.choices)
    # PROPOSED: the meeting's round in which it was offered. ASKED: how many rounds went before.
    round = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        db_table = "meetings_slot"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind", "round", "starts_at", "ends_at"],
                name="slot_stands_once",
            ),
        ]
