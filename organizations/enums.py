"""Named sets of this room; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import Level

REGISTRATION_LEVELS = (Level.OFFICE, Level.PUBLIC, Level.NAMED_OFFICERS)
"""Who may see that somebody is registered; the default first. A name cannot be "unnamed"."""


class RegistrationState(models.TextChoices):
    """Where a registration stands; labels for staff and the public are in transitions.py."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    MORE_INFORMATION = "more_information"
    VETTED = "vetted"
    REFUSED = "refused"
    APPEALED = "appealed"
    EXPIRED = "expired"
    ARCHIVED = "archived"


class MemberRole(models.TextChoices):
    """What a person is in an organization."""

    REPRESENTATIVE = "representative", _("Representative")
    CONTRIBUTOR = "contributor", _("Contributor")


class Scope(models.TextChoices):
    """How far an organization's work reaches."""

    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    SUBREGIONAL = "subregional", _("Sub-regional")
    REGIONAL = "regional", _("Regional")
    INTERNATIONAL = "international", _("International")


class EcosocStatus(models.TextChoices):
    """Status with the Economic and Social Council: recorded, never required (res. 1996/31)."""

    NONE = "none", _("None")
    APPLIED = "applied", _("Applied for")
    DEFERRED = "deferred", _("Deferred by the Committee")
    ROSTER = "roster", _("Roster")
    SPECIAL = "special", _("Special")
    GENERAL = "general", _("General")


class OfficialLanguage(models.TextChoices):
    """The six official languages of the United Nations, in English alphabetical order."""

    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")


class FileKind(models.TextChoices):
    """The kinds of file that are taken as evidence, told by content and never by name."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    ODT = "odt", _("OpenDocument text")
    PNG = "png", _("PNG picture")
    JPEG = "jpg", _("JPEG picture")


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}


class Criterion(models.TextChoices):
    """What vetting asks. Published as it stands here; a refusal names those that were not met."""

    CIVIL = (
        "civil",
        _("It is a civil society organization or an expert, not a body of a State or a business."),
    )
    REAL = ("real", _("It exists and does the work it describes; papers or two vouchers show it."))
    MANDATE = ("mandate", _("The person who registers has the mandate to act for it."))
    PEACEFUL = ("peaceful", _("It works by peaceful means and respects human rights."))
    CONTACT = ("contact", _("It can be reached by the people named in its entry."))


NOT_CRITERIA = (
    _("Papers of registration with a State. Who has none may be vouched for."),
    _("Consultative status with ECOSOC. It is recorded, never required."),
    _("Agreement with the Office or with any Member State."),
    _("A minimum size, age, income or number of members."),
)
"""What is never asked; published beside the criteria."""
