"""What people type is cleaned or refused in words; nothing ends as an error of the server."""

from __future__ import annotations

import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from foundation.web.fields import HIDDEN, CleanCharField, CleanTextField

ONE_MEGABYTE = 1024 * 1024
ONE_LINE = [
    ("  Nadia  ", "Nadia"),
    ("Zoe\u0308", "Zoë"),
    ("two\r\nlines", "two lines"),
    ("tab\there", "tab here"),
    ("right\u202eto left", "rightto left"),
    ("\u2067isolated\u2069", "isolated"),
    ("\ufeffmarked", "marked"),
    ("zero\u200bwidth", "zerowidth"),
    ("para\u2029graph\u2028line", "para graph line"),
    ("می\u200cخواهم", "می\u200cخواهم"),  # the zero-width non-joiner is spelling
    ("क्\u200dष", "क्\u200dष"),
    ("李 明", "李 明"),
    ("\U0001f64f", "\U0001f64f"),
    ("Al-Qaida/Taliban", "Al-Qaida/Taliban"),
    ("<b>&amp;</b>", "<b>&amp;</b>"),  # kept as written; templates escape it
]
REFUSED = ["a\x00b", "\ud800", "a\udfffb", "\x07", "\x1b[31m", "\x7f", "a\x85b", "\x9b"]


@pytest.mark.parametrize(("typed", "kept"), ONE_LINE)
def test_a_line_is_cleaned(typed: str, kept: str) -> None:
    assert CleanCharField().clean(typed) == kept


@pytest.mark.parametrize("typed", REFUSED)
@pytest.mark.parametrize("field", [CleanCharField, CleanTextField])
def test_what_cannot_be_stored_is_refused_in_words(
    field: type[CleanCharField | CleanTextField], typed: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        field().clean(typed)
    assert "cannot be stored" in refused.value.messages[0]


def test_line_breaks_stay_in_a_text_and_are_of_one_kind() -> None:
    assert CleanTextField().clean("one\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", " \u202e \ufeff", None])
def test_what_is_empty_after_cleaning_is_missing(typed: str | None) -> None:
    with pytest.raises(ValidationError) as refused:
        CleanCharField().clean(typed)
    assert refused.value.code == "required" or refused.value.error_list[0].code == "required"
    assert CleanCharField(required=False).clean(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "a" * ONE_MEGABYTE,
        "\u202e" * ONE_MEGABYTE,
        "a" + "\u0315\u0300" * (ONE_MEGABYTE // 2),  # NFC sorts these in quadratic time
        "\U0001f64f" * ONE_MEGABYTE,
        " " * ONE_MEGABYTE,
        "\n" * ONE_MEGABYTE,
    ],
    ids=["letters", "marks of direction", "combining marks", "emoji", "spaces", "lines"],
)
@pytest.mark.parametrize("field", [CleanCharField, CleanTextField])
def test_a_megabyte_is_refused_quickly(
    field: type[CleanCharField | CleanTextField], typed: str
) -> None:
    started = time.process_time()
    with pytest.raises(ValidationError):
        field().clean(typed)
    assert time.process_time() - started < 2


def test_the_length_counts_what_is_kept() -> None:
    assert CleanCharField(max_length=3).clean("abc\u200b\u200b") == "abc"
    with pytest.raises(ValidationError):
        CleanCharField(max_length=3).clean("abcd")


@given(st.text(st.characters(codec=None), max_size=60))
def test_whatever_is_typed_is_refused_or_clean(typed: str) -> None:
    for field in (CleanCharField(required=False), CleanTextField(required=False)):
        try:
            kept = field.clean(typed)
        except ValidationError:
            continue
        kept.encode()
        assert unicodedata.is_normalized("NFC", kept)
        assert not set(kept) & HIDDEN
        assert kept == kept.strip()
        assert field.clean(kept) == kept, "cleaning twice changes nothing"
        assert "\r" not in kept and "\x00" not in kept


@pytest.mark.django_db
@given(st.text(st.characters(codec=None), max_size=60))
def test_postgres_stores_what_was_cleaned(typed: str) -> None:
    try:
        kept = CleanTextField(required=False).clean(typed)
    except ValidationError:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [kept])
        assert cursor.fetchone()[0] == kept
