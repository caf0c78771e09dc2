"""A name under a letter: who may know of it, how it came there, under which text it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters import secrecy
from letters.enums import Kind, Method, Mode
from letters.models.lines import PARTS, NamedLine, empty
from letters.querysets import SignatoryQuerySet

NO_PARTS = Q(
    raw="",
    kind="",
    honorific="",
    person="",
    role="",
    organization_name="",
    acronym="",
    countries=[],
    place_as_stated="",
    other_script="",
    organization__isnull=True,
    signed_by__isnull=True,
    withdrawn_by__isnull=True,
    withdrawal_reason="",
)
SIGNED_HERE = (Method.SIGNED, Method.EMAIL)


def day_of(moment: datetime) -> datetime:
    """Return the beginning of the day of `moment`: all that is kept of when a hidden name came."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


class Signatory(NamedLine, GuardedModel):
    """A name under a letter. One row a name; a withdrawn one keeps its row.

    A row that is not public holds no name, no organization and no person in clear: they lie in
    `sealed`, and the blind keys (letters/secrecy.py) tell only its owners that it is theirs.
    """

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="signatories"
    )
    text = models.ForeignKey(
        "letters.FrozenText", null=True, on_delete=models.PROTECT, related_name="signatories"
    )
    method = models.CharField(max_length=10, choices=Method.choices)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    person_key = models.CharField(max_length=64, blank=True)
    organization_key = models.CharField(max_length=64, blank=True)
    address_key = models.CharField(max_length=64, blank=True)  # of who signed by mail, any mode
    confirmed_at = models.DateTimeField(null=True, blank=True)  # an entered name, by its owner
    position = models.PositiveIntegerField(default=0)
    organization = models.ForeignKey(
        "organizations.Organization", null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    declaration = models.TextField(blank=True)
    declaration_version = models.CharField(max_length=20, blank=True)
    batch = models.ForeignKey(
        "letters.SignatoryBatch", null=True, on_delete=models.PROTECT, related_name="signatories"
    )
    invalidation = models.ForeignKey(  # set apart with a wave of others; its place stays taken
        "letters.Invalidation",
        null=True,
        on_delete=models.PROTECT,
        related_name="held",
        db_index=False,  # a partial one below: signing is the busiest act
    )
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        db_table = "letters_signatory"
        indexes = [
            models.Index(fields=["letter", "position"], name="signatories_in_order"),
            models.Index(
                fields=["invalidation"],
                condition=Q(invalidation__isnull=False),
                name="names_that_were_set_apart",
            ),
            models.Index(
                fields=["letter"],
                condition=~Q(person_key="") & ~Q(mode=Mode.PUBLIC),
                name="letters_with_hidden_names",
            ),
            models.Index(
                fields=["person_key"],
                condition=~Q(person_key="") & ~Q(mode=Mode.PUBLIC),
                name="hidden_names_of_a_person",
            ),
            models.Index(
                fields=["organization_key"],
                condition=~Q(organization_key="") & ~Q(mode=Mode.PUBLIC),
                name="hidden_names_of_a_body",
            ),
        ]
        constraints = [
            # Once under each text: after a correction the same people sign the next one.
            models.UniqueConstraint(
                fields=["letter", "text", "organization"],
                condition=Q(withdrawn_at__isnull=True, organization__isnull=False),
                name="an_organization_signs_a_letter_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "text", "signed_by"],
                condition=Q(
                    withdrawn_at__isnull=True, organization__isnull=True, signed_by__isnull=False
                ),
                name="a_person_signs_a_letter_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "text", "organization_key"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(organization_key=""),
                name="a_body_signs_once_in_any_mode",
            ),
            models.UniqueConstraint(
                fields=["letter", "text", "person_key"],
                condition=Q(withdrawn_at__isnull=True, organization_key="") & ~Q(person_key=""),
                name="a_person_signs_once_in_any_mode",
            ),
            models.UniqueConstraint(
                fields=["letter", "text", "address_key"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(address_key=""),
                name="an_address_signs_once",
            ),
            models.CheckConstraint(
                condition=~Q(method__in=SIGNED_HERE) | (Q(text__isnull=False) & ~Q(declaration="")),
                name="who_signs_signs_a_frozen_text",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.SIGNED)
                | Q(mode=Mode.PUBLIC, signed_by__isnull=False)
                | (~Q(mode=Mode.PUBLIC) & ~Q(person_key=""))
                | Q(withdrawn_at__isnull=False),
                name="who_signs_is_known_to_the_row",
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="mode_is_known"),
            models.CheckConstraint(
                condition=Q(mode=Mode.PUBLIC, kind__in=Kind.values)
                | (~Q(mode=Mode.PUBLIC) & NO_PARTS),
                name="a_hidden_name_lies_nowhere_in_clear",
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=False)
                | Q(withdrawn_at__isnull=False)
                | ~Q(person="", organization_name=""),
                name="a_signatory_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at")),
                name="nobody_withdraws_before_signing",
            ),
        ]

    @property
    def is_hidden(self) -> bool:
        """Tell whether the name is not for everyone."""
        return self.mode != Mode.PUBLIC

    @property
    def was_signed_here(self) -> bool:
        """Tell whether it is the signatory's own act: only that person takes it back."""
        return self.method in SIGNED_HERE

    @property
    def is_entered_for_somebody(self) -> bool:
        """Tell whether the coordinators entered the name and its owner has not confirmed it."""
        return self.method == Method.ENTERED and self.confirmed_at is None

    def claim(self) -> None:
        """Take the blind keys of who signs and for whom: they sign a letter once, in any mode."""
        if self.signed_by_id:
            self.person_key = secrecy.person_key(self.letter_id, self.signed_by_id)
        if self.organization_id:
            self.organization_key = secrecy.organization_key(self.letter_id, self.organization_id)

    def hide(self, **more: Any) -> None:
        """Seal the row before it is first written: its parts, who signed, for whom, exactly when,
        with `more` (address, language …). The day stays; the hour would point at a person."""
        self.claim()
        signer, body, moment = self.signed_by_id, self.organization_id, self.created_at
        self.signed_by_id = self.organization_id = None
        self.created_at = day_of(moment)
        self.close(user=signer, organization=body, signed_at=moment.isoformat(), **more)

    def forget(self) -> None:
        """Empty what is personal in the row of a name that was taken off; the caller saves it."""
        for name in PARTS:
            if name != "kind":
                setattr(self, name, empty(name))
        self.sealed = self.signed_by = self.organization = self.withdrawn_by = None
        self.withdrawal_reason = ""

    def belongs_to(self, user: Any) -> bool:
        """Tell whether `user` signed this name, in person or for an organization."""
        if user.pk is None:
            return False
        if self.is_hidden:
            return self.person_key == secrecy.person_key(self.letter_id, user.pk)
        return bool(self.signed_by_id == user.pk)
