"""A line under a letter, and how it is printed: one function for page, PDF and every list."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from letters import secrecy
from letters.enums import Capacity, Kind
from letters.signatories.text import unnumbered
from organizations.countries import COUNTRIES, country_name

# The parts of a line, in the order of the columns; all of them are sealed where it is hidden.
PARTS = (
    "raw",
    "edited",
    "kind",
    "honorific",
    "person",
    "role",
    "organization_name",
    "acronym",
    "countries",
    "place_as_stated",
    "other_script",
    "capacity",
    "affiliation_only",
)


class StillSealed(RuntimeError):
    """A hidden line was to be printed before it was opened: whoever shows it, opens it."""


class NamedLine(models.Model):
    """The parts of a signatory line. `raw` is the line as it was printed or pasted, if it was."""

    raw = models.TextField(blank=True)
    edited = models.BooleanField(default=False)  # the parts were corrected; `raw` stays as it was
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    honorific = models.CharField(max_length=60, blank=True)
    person = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=300, blank=True)
    organization_name = models.CharField(max_length=300, blank=True)
    acronym = models.CharField(max_length=40, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    place_as_stated = models.CharField(max_length=200, blank=True)
    other_script = models.CharField(max_length=200, blank=True)  # the name in a second script
    capacity = models.CharField(max_length=14, choices=Capacity.choices, blank=True)
    affiliation_only = models.BooleanField(default=False)  # named to say who it is, no more
    sealed = models.BinaryField(null=True, editable=False)  # encrypted: letters/secrecy.py

    class Meta:
        abstract = True

    def parts(self) -> dict[str, Any]:
        """Return the parts of the line by name."""
        return {name: getattr(self, name) for name in PARTS}

    def close(self, **more: Any) -> None:
        """Seal the parts, with `more` that belongs to them; the columns are left empty. Call it
        before the row is written."""
        self.sealed = secrecy.seal(self, {**self.parts(), **more})
        for name in PARTS:
            setattr(self, name, empty(name))

    def open(self) -> dict[str, Any]:
        """Put the parts that were sealed back into the object, in memory only; return all that was
        sealed. Whoever calls it has asked `visible_to`, and puts the reading on record."""
        facts = secrecy.unseal(self)
        for name in PARTS:
            if name in facts:
                setattr(self, name, facts[name])
        return facts

    @property
    def is_closed(self) -> bool:
        """Tell whether the parts lie encrypted and were not opened."""
        return not (self.raw or self.person or self.organization_name or self.acronym)

    @property
    def principal(self) -> str:
        """Return the name that the line is about: the organization's or the person's."""
        if self.kind == Kind.ORGANIZATION:
            return self.organization_name
        return self.person or self.organization_name

    def display_line(self) -> str:
        """Return the line as it is printed, in every place where it is printed.

        A pasted line that nobody corrected stands in the signatory's own words ("The Maldives",
        "USA"), without its number in the list; a corrected or signed one is put together from its parts, with UN names.
        """
        if self.sealed is not None and self.is_closed:
            raise StillSealed(str(self))
        if self.raw and not self.edited:
            return " ".join(unnumbered(self.raw).split())
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
    person = " ".join(part for part in (line.honorific, line.person) if part)
    is_body = line.kind == Kind.ORGANIZATION
    organization = _in_two_scripts(organization, line.other_script if is_body else "")
    people = [_in_two_scripts(person, "" if is_body else line.other_script), line.role]
    parts = [organization, *people] if is_body else [*people, organization]
    countries = " / ".join(country_name(code, language[:2]) for code in line.countries)
    printed = ", ".join(part for part in [*parts, line.place_as_stated, countries] if part)
    remark = _remark(line, language)
    return f"{printed} ({remark})" if remark else printed


def _in_two_scripts(name: str, other: str) -> str:
    return f"{name} – {other}" if name and other else name or other


def _remark(line: NamedLine, language: str) -> str:
    """Return what is said of how somebody signs: nothing for an organization that signs."""
    if line.kind == Kind.ORGANIZATION:
        return ""
    with override(language):
        if line.affiliation_only:
            return _("affiliation for identification only")
        if line.capacity == Capacity.PERSONAL and line.organization_name:
            return _("in a personal capacity")
    return ""


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


def empty(name: str) -> Any:
    """Return what the part `name` holds where it holds nothing; a list anew each time."""
    field: Any = NamedLine._meta.get_field(name)
    return field.get_default()
