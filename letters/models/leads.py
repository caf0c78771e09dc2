"""Who leads a letter, what they approved, and how one who is away is replaced."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.confidentiality.models import GuardedModel
from letters.enums import ApprovedStep
from letters.models.texts import IS_SHA256
from letters.querysets import ApprovalQuerySet, LeadQuerySet, ReplacementQuerySet


class LetterLead(GuardedModel):
    """A coordinator who answers for a letter; ended, never deleted."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="leads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters_led"
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    appointed_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LeadQuerySet.as_manager()

    class Meta:
        db_table = "letters_lead"
        ordering = ["appointed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "user"],
                condition=Q(ended_at__isnull=True),
                name="a_person_leads_a_letter_once",
            )
        ]


class Approval(GuardedModel):
    """A lead's word for one step with exactly one text. A later edit makes another text: the
    approval stays on record and counts no more."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="approvals")
    lead = models.ForeignKey(LetterLead, on_delete=models.PROTECT, related_name="approvals")
    step = models.CharField(max_length=12, choices=ApprovedStep.choices)
    sha256 = models.CharField(max_length=64)  # of the canonical text that was approved
    approved_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)  # when the step was taken with it

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        db_table = "letters_approval"
        ordering = ["approved_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=IS_SHA256, name="an_approval_is_of_a_fingerprint"),
            models.UniqueConstraint(
                fields=["lead", "step", "sha256"],
                condition=Q(used_at__isnull=True),
                name="a_lead_approves_a_text_once",
            ),
        ]


class LeadReplacement(GuardedModel):
    """An ask to replace a lead who is away: by one coordinator, done when a second one agrees."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(LetterLead, on_delete=models.PROTECT, related_name="replacements")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True, blank=True)  # then it was done
    ended_at = models.DateTimeField(null=True, blank=True)  # dropped, or overtaken

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        db_table = "letters_lead_replacement"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(seconded_at__isnull=True, ended_at__isnull=True),
                name="one_ask_to_replace_a_lead_waits",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("asked_by")),
                name="nobody_seconds_the_own_ask",
            ),
        ]
