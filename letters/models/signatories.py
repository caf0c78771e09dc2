"""A name under a letter, and how it is printed: one function for page, PDF and every list."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from foundation.confidentiality import Level
from foundation.confidentiality.models import GuardedModel
from letters.enums import Kind, Method
from letters.querysets import SignatoryQuerySet
from organizations.countries import COUNTRIES, country_name

SIGNATORY_LEVELS = [(level.value, level.label) for level in (Level.PUBLIC, Level.OFFICE)]


class NamedLine(models.Model):
    """The parts of a signatory line. `raw` is the line as it was printed or pasted, if it was."""

    raw = models.TextField(blank=True)
    edited = models.BooleanField(default=False)  # the parts were corrected; `raw` stays as it was
    kind = models.CharField(max_length=12, choices=Kind.choices)
    honorific = models.CharField(max_length=60, blank=True)
    person = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=300, blank=True)
    organization_name = models.CharField(max_length=300, blank=True)
    acronym = models.CharField(max_length=40, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    place_as_stated = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def principal(self) -> str:
        """Return the name that the line is about: the organization's or the person's."""
        if self.kind == Kind.ORGANIZATION:
            return self.organization_name
        return self.person or self.organization_name

    def display_line(self) -> str:
        """Return the line as it is printed, in every place where it is printed.

        A pasted line that nobody corrected stands in the signatory's own words ("The Maldives",
        "USA"); a corrected or signed one is put together from its parts, with UN names.
        """
        if self.raw and not self.edited:
            return " ".join(self.raw.split())
        return assemble(self)

    def display_parts(self) -> tuple[str, str, str]:
        """Return (before, name, after): the printed line, cut at the name it is about."""
        line = self.display_line()
        before, name, after = line.partition(self.principal or line)
        return (before, name, after) if name else ("", line, "")

    @property
    def name_language(self) -> str:
        """Return "ar" or "zh" where the name is written so, else "": fonts and readers ask."""
        return script_language(self.principal)

    @property
    def direction(self) -> str:
        """Return "rtl" where every letter of the printed line runs from the right, else "ltr": a
        line of two scripts ("…, Tunisia") is read in the direction of the list it stands in."""
        found = {unicodedata.bidirectional(char) for char in self.display_line()}
        return "rtl" if found & {"R", "AL"} and "L" not in found else "ltr"

    @property
    def country_names(self) -> str:
        """Return the UN names of the countries in the reader's language."""
        language = (get_language() or "en")[:2]
        return ", ".join(country_name(code, language) for code in self.countries)

    def printed_record(self) -> dict[str, Any]:
        """Return what the list's fingerprint covers: the line, its kind, its countries."""
        return {"line": self.display_line(), "kind": self.kind, "countries": list(self.countries)}


def script_language(text: str) -> str:
    """Return "ar" for Arabic letters, "zh" for Chinese characters, "" for anything else."""
    for char in text:
        name = unicodedata.name(char, "")
        if name.startswith("ARABIC"):
            return "ar"
        if name.startswith("CJK"):
            return "zh"
    return ""


def assemble(line: NamedLine, language: str = "en") -> str:
    """Return a line put together from its parts, e.g. "Dr. Ada Noor, Chair, Aldern Law Clinic
    (ALC), Kenya"; countries by their UN names in `language`."""
    organization = line.organization_name
    if line.acronym and line.acronym != organization:
        organization = f"{organization} ({line.acronym})" if organization else line.acronym
    people = [" ".join(part for part in (line.honorific, line.person) if part), line.role]
    parts = [organization, *people] if line.kind == Kind.ORGANIZATION else [*people, organization]
    countries = " / ".join(country_name(code, language[:2]) for code in line.countries)
    return ", ".join(part for part in [*parts, line.place_as_stated, countries] if part)


def parts_of_organization(organization: Any) -> dict[str, Any]:
    """Return the parts of the line under which a registered organization signs."""
    return {
        "kind": Kind.ORGANIZATION,
        "organization_name": organization.name,
        "acronym": organization.acronym,
        **_whereabouts(organization),
    }


def parts_of_expert(expert: Any) -> dict[str, Any]:
    """Return the parts of the line under which an independent expert signs."""
    return {
        "kind": Kind.INDIVIDUAL,
        "person": expert.name,
        "role": expert.title,
        **_whereabouts(expert),
    }


def _whereabouts(registration: Any) -> dict[str, Any]:
    code = registration.country_code
    if code in COUNTRIES:
        return {"countries": [code], "place_as_stated": ""}
    return {"countries": [], "place_as_stated": registration.place_as_stated}


class Signatory(NamedLine, GuardedModel):  # noqa: DJ008 - GuardedModel has it
    """A name under a letter. One row a name; a withdrawn one keeps its row."""

    letter = models.ForeignKey(
        "letters.Letter", on_delete=models.PROTECT, related_name="signatories"
    )
    text = models.ForeignKey(
        "letters.FrozenText", null=True, on_delete=models.PROTECT, related_name="signatories"
    )
    method = models.CharField(max_length=10, choices=Method.choices)
    level = models.PositiveSmallIntegerField(choices=SIGNATORY_LEVELS)
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
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        db_table = "letters_signatory"
        indexes = [models.Index(fields=["letter", "position"], name="signatories_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organization"],
                condition=Q(withdrawn_at__isnull=True, organization__isnull=False),
                name="an_organization_signs_a_letter_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "signed_by"],
                condition=Q(
                    withdrawn_at__isnull=True, organization__isnull=True, signed_by__isnull=False
                ),
                name="a_person_signs_a_letter_once",
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.SIGNED)
                | (Q(text__isnull=False, signed_by__isnull=False) & ~Q(declaration="")),
                name="who_signs_signs_a_frozen_text",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="signatory_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=(Level.PUBLIC, Level.OFFICE)), name="signatory_level_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(person="", organization_name=""), name="a_signatory_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at")),
                name="nobody_withdraws_before_signing",
            ),
        ]
