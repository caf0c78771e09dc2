"""Choices that several forms share: who may see it, which file, which country."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.confidentiality import Level
from foundation.web.fields import clean_text
from letters.enums import Mode
from letters.reading.pages import is_page, text_of_page
from letters.reading.tables import NotATable, text_of_workbook
from organizations.countries import COUNTRIES, country_name

WORKBOOK_LIMIT = 5 * 1024 * 1024  # bytes of an .xlsx file
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_LIMIT = 1024 * 1024  # bytes of a letter or a list as plain text

LETTER_LEVELS = [
    (Level.OFFICE, gettext_lazy("The Office only\nRead by the staff of the Office. Never public.")),
    (
        Level.PUBLIC,
        gettext_lazy("Everyone\nAnyone can read the letter here once it is delivered."),
    ),
]
# What each mode means, in words that say who will know; closed ones first.
MODE_WORDS = {
    Mode.NOT_COUNTED: gettext_lazy(
        "Not counted\nNobody reads your name and it is in no number. Two people together could "
        "open it, with a reason; you would be told."
    ),
    Mode.COORDINATORS: gettext_lazy(
        "The coordinators only\nThe coordinators of the network know it. The Office and the public "
        "do not."
    ),
    Mode.OFFICE: gettext_lazy(
        "The Office, not the public\nIn the Office's copy of the letter. No public page, "
        "copy or list shows the name."
    ),
    Mode.PUBLIC: gettext_lazy("Everyone\nOn the letter's page and in every copy of it."),
}
# Whoever enters a name for somebody else counts it: "not counted" is one's own choice.
ENTERED_MODES = (Mode.COORDINATORS, Mode.OFFICE, Mode.PUBLIC)


class ModeField(forms.ChoiceField):
    """Who learns of a name; asked before anything else."""

    def __init__(self, modes: Iterable[Mode] = tuple(MODE_WORDS), **kwargs: Any) -> None:
        super().__init__(
            choices=[(mode.value, MODE_WORDS[mode]) for mode in modes],
            widget=forms.RadioSelect,
            template_name="components/who.html",  # type: ignore[call-arg]
            **kwargs,
        )


class CountryField(forms.ChoiceField):
    """A Member State or observer State by its UN name, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=country_choices, required=False, **kwargs)


def country_choices() -> list[tuple[str, str]]:
    """Return ("", "—") and every country, sorted by its name in the reader's language."""
    language = (get_language() or "en")[:2]
    named = [(code, country_name(code, language)) for code in COUNTRIES]
    return [("", "—"), *sorted(named, key=lambda pair: pair[1])]


class PlainTextFile(forms.FileField):
    """An uploaded text file; its clean value is the decoded text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = ".txt,.csv,.html,.htm,text/plain,text/csv,text/html"

    def clean(self, data: Any, initial: Any = None) -> str:
        """Return the file's text (UTF-8, UTF-16 with a mark, else Windows-1252), or ""."""
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return ""
        if (upload.size or 0) > TEXT_LIMIT:
            raise ValidationError(_("The file is larger than 1 MB. Paste the text instead."))
        return clean_text(plain(upload.read()), lines=True)


class ListFile(PlainTextFile):
    """An uploaded list: plain text, a table of comma-separated values, or a workbook.

    Its clean value is the text; `is_table` tells afterwards whether the file says that it is one.
    """

    is_table = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["accept"] += f",.tsv,.xlsx,{WORKBOOK_TYPE}"

    def clean(self, data: Any, initial: Any = None) -> str:
        """Return the file's text, a workbook's first sheet with tabs; ValidationError for others."""
        name = str(getattr(data, "name", "")).lower()
        self.is_table = name.endswith((".csv", ".tsv", ".xlsx"))
        if not data or not name.endswith(".xlsx"):
            return super().clean(data, initial)
        if (data.size or 0) > WORKBOOK_LIMIT:
            raise ValidationError(_("The workbook is larger than 5 MB. Save its list as CSV."))
        try:
            return clean_text(text_of_workbook(data.read()), lines=True)
        except NotATable as error:
            raise ValidationError(
                _("This workbook cannot be read. Save the sheet as CSV, or paste the names.")
            ) from error


def plain(data: bytes) -> str:
    """Return the text of a plain file, or what a saved web page says."""
    text = decode(data)
    return text_of_page(text) if is_page(text) else text


def decode(data: bytes, *, guess: bool = True) -> str:
    """Return the text of a plain file; ValidationError for what is none.

    `guess`: take another code than UTF-8 for what it probably is; a person looks at it afterwards.
    """
    if guess and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data or data[:4] in (b"%PDF", b"PK\x03\x04"):
        raise ValidationError(
            _("This is not a plain text file. Open it, copy the text, and paste it here.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not guess:
            raise ValidationError(
                _("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.")
            ) from error
        return data.decode("cp1252", errors="replace")


def language_field(**kwargs: Any) -> forms.ChoiceField:
    """Return the choice of the letter's language."""
    return forms.ChoiceField(choices=settings.LANGUAGES, **kwargs)
