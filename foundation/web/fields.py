"""Form fields that let no broken text in. Bad input gets a clear error and loses nothing."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Invisible characters that turn text round or hide it; the zero-width (non-)joiner is writing.
HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean_text(value: str, *, lines: bool) -> str:
    """Return `value` in NFC, without hidden direction marks; with `lines`, line breaks stay.

    Raises ValidationError for NUL, lone surrogates and other control characters.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for char in value:
        category = unicodedata.category(char)
        if category == "Cs" or char == "\x00" or (category == "Cc" and char not in "\n\t"):
            raise ValidationError(
                _("The text holds a character that cannot be stored. Please type it again there."),
                code="bad_character",
            )
    kept = "".join(char for char in value if char not in HIDDEN)
    if not lines:
        kept = kept.replace("\n", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", kept)


class CleanCharField(forms.CharField):
    """One line of text: no control characters, NFC, at most `max_length` (default 200)."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")

    def to_python(self, value: Any) -> str:
        """Return the clean text; ValidationError for what cannot be stored."""
        return clean_text(super().to_python(value) or "", lines=False).strip()


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
