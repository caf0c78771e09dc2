"""The words of a letter: drafted, kept at every change, and fixed for those who sign."""

from __future__ import annotations

from dataclasses import fields

from django.conf import settings
from django.db import models
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.querysets import RevisionQuerySet
from letters.text import LetterText
from letters.text.wordings import translated_from

# Each part of a text, and the column of a draft that holds it.
COLUMNS = {field.name: field.name for field in fields(LetterText)} | {
    "date": "date_as_printed",
    "reference": "reference_as_printed",
    "follows": "follows_as_stated",
}
TEXT_FIELDS = tuple(COLUMNS.values())
IS_SHA256 = models.Q(sha256__regex=r"^[0-9a-f]{64}$")


class DraftedText(models.Model):
    """The parts of a letter's text as columns, while people write them."""

    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    addressee = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    date_as_printed = models.CharField(max_length=60, blank=True)
    reference_as_printed = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=300)
    salutation = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    closing = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    enclosures = models.TextField(blank=True)  # one a line
    follows_as_stated = models.TextField(blank=True)  # earlier letters, one a line, as printed

    class Meta:
        abstract = True

    def drafted_text(self) -> LetterText:
        """Return the text as it stands in the draft."""
        return LetterText(**{part: getattr(self, column) for part, column in COLUMNS.items()})

    def take_words(self, text: LetterText) -> None:
        """Set the columns to the parts of `text`; saving is the action's own matter."""
        for part, column in COLUMNS.items():
            setattr(self, column, getattr(text, part))


class FrozenText(models.Model):
    """A text that is signed, in canonical form, with its fingerprint. Never changes: a trigger in
    the database refuses UPDATE and DELETE. A correction is another row with the next number.

    A translation that was fixed is one too: `translates` is the authentic text that people sign.
    """

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField(default=1)  # among the letter's texts of this language
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    translates = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "letters_frozen_text"
        constraints = [
            models.CheckConstraint(condition=IS_SHA256, name="fingerprint_is_sha256"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="frozen_texts_count_from_one"
            ),
            models.UniqueConstraint(
                fields=["letter", "language", "number"], name="a_frozen_text_has_its_own_number"
            ),
        ]

    def __str__(self) -> str:
        return f"frozen text {self.sha256[:8]}"

    @property
    def is_translation(self) -> bool:
        """Tell whether this is a translation: read beside the authentic text, signed by nobody."""
        return self.translates_id is not None

    @property
    def translated_from(self) -> str:
        """Return "Translated from …" in the translation's own language; "" for the authentic text."""
        if self.translates is None:
            return ""
        return translated_from(self.language, self.translates.language)

    def text(self) -> LetterText:
        """Return the parts of the frozen text."""
        return LetterText.from_canonical(self.canonical)


class Revision(GuardedModel):
    """What a draft said after a change, with its author. Only ever added: a trigger in the
    database refuses UPDATE and DELETE."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="revisions")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    translation = models.BooleanField(default=False)  # of a translation, not of the letter itself
    number = models.PositiveIntegerField()
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        db_table = "letters_revision"
        constraints = [
            models.CheckConstraint(condition=IS_SHA256, name="revision_fingerprint_is_sha256"),
            models.UniqueConstraint(
                fields=["letter", "number"],
                condition=models.Q(translation=False),
                name="a_revision_has_its_own_number",
            ),
            models.UniqueConstraint(
                fields=["letter", "language", "number"],
                condition=models.Q(translation=True),
                name="a_revision_of_a_translation_has_its_own_number",
            ),
        ]

    def text(self) -> LetterText:
        """Return the parts of the text as it stood."""
        return LetterText.from_canonical(self.canonical)
