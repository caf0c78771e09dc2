"""Who sent what came by mail or on paper: said by one officer, checked by another, then accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from organizations.models import Expert, Organization
from recommendations.enums import LINKED, LinkCheck, LinkState
from recommendations.models.recommendations import Recommendation
from recommendations.querysets import SenderLinkQuerySet
from recommendations.transitions import LINK

USER = settings.AUTH_USER_MODEL


class SenderLink(GuardedModel):
    """A link between an entered item and a vetted entry. Until it is accepted nobody outside the
    Office reads a word of the item: a wrong link would show one sender to another."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="sender_links"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.PROPOSED)
    how = models.CharField(max_length=10, choices=LinkCheck.choices)
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = SenderLinkQuerySet.as_manager()

    class Meta:
        db_table = "recommendations_sender_link"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(state__in=LINKED), name="one_link_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LinkState.values), name="link_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, expert__isnull=False)
                | Q(organization__isnull=False, expert__isnull=True),
                name="link_has_one_sender",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LinkState.CONFIRMED, LinkState.ACCEPTED])
                | Q(confirmed_by__isnull=False),
                name="link_offered_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="link_confirmed_by_a_second_person",
            ),
        ]

    @property
    def sender(self) -> Organization | Expert:
        """Return who is said to have sent it."""
        sender = self.organization or self.expert
        assert sender is not None  # noqa: S101 - a constraint of the table
        return sender

    @property
    def state_label(self) -> object:
        """Return the labels and tone of the present state."""
        return LINK.state_of(self)
