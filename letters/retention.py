"""What this room keeps of people, how long and why. Read by people as law and by a check as rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from letters.models import (
    Ask,
    BatchLine,
    DeliveryStep,
    FrozenText,
    LegalHold,
    Letter,
    ListVersion,
    Revision,
    Signatory,
    SignatoryBatch,
)

PARTS = (
    "raw",
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
    "sealed",
)
ARCHIVE = _("for good, as the letter itself")

register(
    "letters",
    Row(
        Letter,
        (
            "reference",
            "verify_secret",
            "created_by",
            "addressee",
            "place",
            "date_as_printed",
            "subject",
            "salutation",
            "body",
            "closing",
            "notes",
            "reference_as_printed",
            "enclosures",
            "follows_as_stated",
            "paused_by",
            "pause_reason",
            "questions",
            "deadline_zone",
            "owner",
        ),
        ARCHIVE,
        _("nothing; a draft that was set aside is emptied after two years"),
        _("what was asked of the Office, and when, is a public record"),
    ),
    Row(
        FrozenText,
        ("canonical", "sha256", "frozen_by"),
        ARCHIVE,
        _("nothing"),
        _("a text that people signed never changes under them"),
    ),
    Row(
        Signatory,
        (
            *PARTS,
            "person_key",
            "organization_key",
            "address_key",
            "signed_by",
            "declaration",
            "declaration_version",
            "withdrawn_by",
            "withdrawal_reason",
        ),
        _("public names for good; names for the Office ten years; withdrawn names two years"),
        _("the parts of the name are emptied; that a name stood there stays"),
        _("who signed must be provable as long as the letter is worked on"),
    ),
    Row(
        Ask,
        (
            "number",
            "place",
            "quote",
            "marked_by",
            "acknowledged_by",
            "withdrawn_by",
            "withdrawal_reason",
        ),
        ARCHIVE,
        _("the person in it is made unknown"),
        _("what was asked, where it stands and what became of it can be followed"),
    ),
    Row(
        SignatoryBatch,
        ("sealed", "created_by"),
        _("two years after the letter was closed"),
        _("the pasted text is emptied"),
        _("a wrong name is traced to the line that it was read from"),
    ),
    Row(
        BatchLine,
        PARTS,
        _("two years after the letter was closed"),
        _("the parts are emptied"),
        _("as the batch"),
    ),
    Row(
        Revision,
        ("canonical", "sha256", "author", "summary"),
        ARCHIVE,
        _("nothing"),
        _("who wrote which words can be followed by those who answer for the text"),
    ),
    Row(
        LegalHold,
        ("reason", "ordered_by", "lifted_by"),
        _("ten years after it was lifted"),
        _("the reason is emptied, the row stays"),
        _("who kept what from being forgotten, and why, is asked years later"),
    ),
    Row(
        DeliveryStep,
        ("by", "reason", "file_hash"),
        ARCHIVE,
        _("the person in it is made unknown"),
        _("what the Office did with a letter, and when, can be followed"),
    ),
    Row(
        ListVersion,
        ("sha256",),
        ARCHIVE,
        _("nothing; it holds no name"),
        _("whoever has a sealed letter can see whether its list still stands"),
    ),
)
