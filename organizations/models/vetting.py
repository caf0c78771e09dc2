"""What vetting leaves behind: papers, vouches, decisions, officers named for an entry."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.confidentiality.models import GuardedModel
from organizations.enums import CONTENT_TYPES, Criterion, FileKind
from organizations.models.registrations import Expert, Organization
from organizations.querysets import AboutRegistrationQuerySet, VouchQuerySet
from organizations.transitions import DECIDED


def evidence_path(instance: EvidenceFile, filename: str) -> str:
    """Return a random path under MEDIA_ROOT; the name that the file came with is not used."""
    token = uuid.uuid4().hex
    return f"evidence/{token[:2]}/{token}.{instance.kind}"


class AboutRegistration(GuardedModel):
    """A row about one organization or one expert."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )

    objects = AboutRegistrationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, expert__isnull=True)
                | Q(organization__isnull=True, expert__isnull=False),
                name="%(class)s_is_about_one_entry",
            )
        ]

    @property
    def registration(self) -> Any:
        """Return the organization or expert that this is about."""
        return self.organization or self.expert


class EvidenceFile(AboutRegistration):
    """A paper that shows something: cleaned of its metadata, under a random name."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    file = models.FileField(upload_to=evidence_path, max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(AboutRegistration.Meta):
        db_table = "organizations_evidence_file"
        ordering = ["uploaded_at", "pk"]

    @property
    def content_type(self) -> str:
        """Return the media type that it is served with."""
        return CONTENT_TYPES[FileKind(self.kind)]

    @property
    def download_name(self) -> str:
        """Return a neutral name: nothing of a download folder tells who is registered."""
        return f"evidence-{str(self.pk)[:8]}.{self.kind}"


class VettingDecision(AboutRegistration):
    """A step that the Office took, with its reason, and who took it."""

    step = models.CharField(max_length=24)
    reason = models.TextField()
    unmet = ArrayField(
        models.CharField(max_length=16, choices=Criterion.choices), default=list, blank=True
    )
    valid_until = models.DateField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta(AboutRegistration.Meta):
        db_table = "organizations_vetting_decision"
        ordering = ["-decided_at", "pk"]
        constraints = [
            *AboutRegistration.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason"),
        ]

    @property
    def label(self) -> str:
        """Return what the decision is called: "Not accepted"."""
        return str(DECIDED[self.step])

    @property
    def unmet_labels(self) -> list[str]:
        """Return the criteria that were not met, in words."""
        return [str(Criterion(key).label) for key in self.unmet if key in Criterion.values]


class NamedReader(AboutRegistration):
    """An officer who may see an entry of the level "named officers only"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta(AboutRegistration.Meta):
        db_table = "organizations_named_officer"
        constraints = [
            *AboutRegistration.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "user"], name="an_officer_is_named_once_for_an_organization"
            ),
            models.UniqueConstraint(
                fields=["expert", "user"], name="an_officer_is_named_once_for_an_expert"
            ),
        ]


class Vouch(GuardedModel):
    """A vetted organization's word for one that cannot register with papers."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="vouches")
    by_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="vouches_given"
    )
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        db_table = "organizations_vouch"
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "by_organization"], name="one_word_per_organization"
            ),
            models.CheckConstraint(
                condition=~Q(organization=models.F("by_organization")),
                name="nobody_vouches_for_itself",
            ),
        ]
