"""Form fields that let no broken text in. Bad input gets a clear error and loses nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.confidentiality import Level

# Invisible characters that turn text round or hide it; the zero-width (non-)joiner is writing.
HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


# More marks on one letter than any language writes (UAX #15, stream-safe text); normalizing a run
# of them takes quadratic time: minutes for a megabyte.
MARKS = 30
# Line ends of other systems; PARAGRAPH and LINE SEPARATOR are line ends too.
LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def clean_text(value: str, *, lines: bool) -> str:
    """Return `value` in NFC, without hidden direction marks; with `lines`, line breaks stay.

    Raises ValidationError for NUL, lone surrogates and other control characters, and for more
    than 30 marks on one letter.
    """
    value = LINE_ENDS.sub("\n", value)
    refuse_what_cannot_be_stored(value)
    kept = "".join(char for char in value if char not in HIDDEN)
    if not lines:
        kept = kept.replace("\n", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", kept)


def refuse_what_cannot_be_stored(value: str) -> None:
    """Raise ValidationError where `value` holds characters that nobody types."""
    marks = 0
    for char in value:
        if char < "\x7f":
            marks = 0
            if char >= " " or char in "\n\t":
                continue
        if char in HIDDEN:
            continue  # dropped later: what stands before and after it comes together
        if unicodedata.category(char) in ("Cs", "Cc"):
            raise ValidationError(
                _("The text holds a character that cannot be stored. Please type it again there."),
                code="bad_character",
            )
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MARKS:
            raise ValidationError(
                _("The text holds too many marks on one letter. Please type it again there."),
                code="bad_character",
            )


class CleanCharField(forms.CharField):
    """One line of text: no control characters, NFC, at most `max_length` (default 200)."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")

    def to_python(self, value: Any) -> str:
        """Return the clean text; ValidationError for what cannot be stored."""
        return clean_text(super().to_python(value) or "", lines=False).strip()


WEB_ADDRESS = re.compile(r"://|\bwww\.|[^\s@]+@[^\s@]+\.\w|\w\.[a-z]{2,}/", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@")


def why_no_name(value: str) -> str:
    """Return in words why `value` cannot be printed as a part of a name; "" where it can.

    A list of names is no notice-board, and a spreadsheet takes what begins with = + - @ for a
    formula. A name may be one ("350.example"): only what can be followed or written to is refused.
    """
    plain = unicodedata.normalize("NFKC", value).strip(" \"'\u201c\u2018")
    if plain.startswith(FORMULA):
        return _("A name cannot begin with = + - or @: spreadsheets take that for a formula.")
    if WEB_ADDRESS.search(plain):
        return _("A name holds no web address and no e-mail address. Please leave it out.")
    return ""


class NamePartField(CleanCharField):
    """A part of a name as it will be printed: a name, a title, a place. What stands is left alone."""

    def clean(self, value: Any) -> str:
        """Return the clean text; ValidationError for what is no part of a name."""
        text = str(super().clean(value))
        if not self.disabled and (why := why_no_name(text)):
            raise ValidationError(why, code="no_name")
        return text


class CleanTextField(forms.CharField):
    """Several lines of text: as CleanCharField, but line breaks stay (default 20,000)."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 20_000, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        """Return the clean text; ValidationError for what cannot be stored."""
        return clean_text(super().to_python(value) or "", lines=True).strip()


class LevelField(forms.TypedChoiceField):
    """Who may see it; asked before anything else. `words`: a level and what it means, "Name\nHow"."""

    def __init__(self, words: Iterable[tuple[Level, Any]], **kwargs: Any) -> None:
        super().__init__(
            choices=[(level.value, meaning) for level, meaning in words],
            coerce=int,
            widget=forms.RadioSelect,
            template_name="components/who.html",  # type: ignore[call-arg]
            **kwargs,
        )


class PersonField(forms.ModelChoiceField):
    """One of several people with an account, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person's name."""
        return str(obj.display_name())


class PeopleField(forms.ModelMultipleChoiceField):
    """Some of several people with an account, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the person's name."""
        return str(obj.display_name())
