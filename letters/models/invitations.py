"""Who was asked to sign a letter, who said no, and the reminders of the others. Nobody is tracked
for opening a page: there is no column for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters import secrecy
from letters.querysets import ForTheClockQuerySet, SignOnInvitationQuerySet


class SignOnInvitation(GuardedModel):
    """An organization, an expert or a mail address, invited to sign one letter. Declined or taken
    back, never deleted. Whether the invited signed is not written here: the signature says it, to
    whom it may. An address lies encrypted.
    """

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="invitations"
    )
    organization = models.ForeignKey(
        "organizations.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    expert = models.ForeignKey(
        "organizations.Expert", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed = models.BinaryField(null=True, editable=False)  # address, language, token
    address_key = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)  # of the link that says no
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_reason = models.CharField(max_length=300, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SignOnInvitationQuerySet.as_manager()

    class Meta:
        db_table = "letters_sign_on_invitation"
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=True, expert__isnull=True)
                | (Q(organization__isnull=True) ^ Q(expert__isnull=True)) & Q(address_key=""),
                name="an_invitation_to_sign_is_to_one",
            ),
            models.UniqueConstraint(
                fields=["letter", "organization"],
                condition=Q(taken_back_at__isnull=True, organization__isnull=False),
                name="an_organization_is_invited_to_sign_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "expert"],
                condition=Q(taken_back_at__isnull=True, expert__isnull=False),
                name="an_expert_is_invited_to_sign_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "address_key"],
                condition=Q(taken_back_at__isnull=True) & ~Q(address_key=""),
                name="an_address_is_invited_to_sign_once",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="a_no_has_its_own_link"
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True, decline_reason="")
                | Q(declined_at__gte=F("invited_at")),
                name="who_declines_says_when",
            ),
        ]

    @property
    def invited(self) -> Any:
        """Return the organization or the expert; None where an address is invited."""
        return self.organization or self.expert

    def name(self) -> str:
        """Return whom it is to, for the eyes of the coordinators and of the invited."""
        if self.invited is not None:
            return str(self.invited.printed_name())
        return str(secrecy.unseal(self).get("address", "…"))


class Reminder(GuardedModel):
    """One reminder for one person who is invited: whom, lies encrypted.

    Rows are written for everyone whose answer does not stand in clear, also for those who signed
    without being named; whether a mail leaves is decided when it would. So neither a row nor its
    absence tells who signed. There is no time in it.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()  # days before the last day: 7, 2 or 0
    key = models.CharField(max_length=64, unique=True)  # blind: person, step, last day
    sealed = models.BinaryField(editable=False)  # encrypted: letters/secrecy.py

    objects = ForTheClockQuerySet.as_manager()

    class Meta:
        db_table = "letters_reminder"


class NoReminder(GuardedModel):
    """Somebody signed and took the name back: no reminder any more. Whom it is about, only the
    blind key tells; there is no time in it, which would point at the name."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)

    objects = ForTheClockQuerySet.as_manager()

    class Meta:
        db_table = "letters_no_reminder"
