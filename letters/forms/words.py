"""The words of a letter as a form: the same fields for a draft, a correction, a translation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import VersionedForm
from letters.models import TEXT_FIELDS, DraftedText
from letters.models.texts import COLUMNS
from letters.text import LetterText

WORDS = tuple(name for name in TEXT_FIELDS if name != "language")


class WordsForm(VersionedForm):
    """Every part of a letter's text. `version` is 0 for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    addressee = CleanTextField(
        label=gettext_lazy("Addressee"),
        max_length=600,
        rows=4,
        help_text=gettext_lazy("Name, title, office and place, each on a line of its own."),
    )
    place = CleanCharField(label=gettext_lazy("Place"), max_length=120, required=False)
    date_as_printed = CleanCharField(
        label=gettext_lazy("Date, as it is printed"),
        max_length=60,
        help_text=gettext_lazy("For example 3 November 2026."),
    )
    reference_as_printed = CleanCharField(
        label=gettext_lazy("Your reference, as it is printed"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example Our ref: 2026/14. The portal gives its own besides."),
    )
    subject = CleanCharField(label=gettext_lazy("Subject (Re:)"), max_length=300)
    salutation = CleanCharField(
        label=gettext_lazy("Salutation"), initial=gettext_lazy("Your Excellency,")
    )
    body = CleanTextField(
        label=gettext_lazy("Text"),
        max_length=60_000,
        rows=18,
        help_text=gettext_lazy(
            "An empty line ends a paragraph. A line that begins with ## is a heading. A line that "
            "begins with (a), a), 1. or - is an item of a list; one that is set in by two spaces "
            "belongs to the item above it. [^1] calls note 1."
        ),
    )
    notes = CleanTextField(
        label=gettext_lazy("Notes"),
        max_length=20_000,
        rows=5,
        required=False,
        help_text=gettext_lazy("One a line, with its number: 1. Resolution 77/298, paragraph 9."),
    )
    closing = CleanCharField(
        label=gettext_lazy("Closing"), initial=gettext_lazy("Yours sincerely,")
    )
    enclosures = CleanTextField(
        label=gettext_lazy("Enclosures"),
        max_length=3_000,
        rows=3,
        required=False,
        help_text=gettext_lazy("One a line."),
    )
    follows_as_stated = CleanTextField(
        label=gettext_lazy("Earlier letters that this one follows, as they are printed"),
        max_length=2_000,
        rows=2,
        required=False,
        help_text=gettext_lazy("One a line, for example: Our letter of 24 January 2025."),
    )
    summary = CleanCharField(
        label=gettext_lazy("What did you change?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A few words for the others; they stand in the list of revisions."),
    )

    def words(self) -> dict[str, Any]:
        """Return the parts of the text, and what was said of the change."""
        return {name: self.cleaned_data[name] for name in (*WORDS, "summary")}

    def as_text(self, language: str) -> LetterText:
        """Return the text that the form holds, before anything is saved."""
        parts = {part: column for part, column in COLUMNS.items() if part != "language"}
        values = {part: self.cleaned_data[column] for part, column in parts.items()}
        return LetterText(language=language, **values)


def words_of(draft: DraftedText) -> dict[str, Any]:
    """Return the form's initial values for the words of a draft."""
    return {name: getattr(draft, name) for name in WORDS}
