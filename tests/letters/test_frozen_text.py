"""The text that is signed: its form, its fingerprint, and that nothing changes it."""

from __future__ import annotations

import hashlib

import pytest
from django.db import IntegrityError, transaction

from foundation.workflow import WrongState
from letters.actions import edit, open_for_sign_on
from letters.enums import LetterState
from letters.models import FrozenText, Letter
from letters.text import LetterText, fingerprint, parse_body, parse_notes, undefined_notes
from tests.letters.factories import make_letter

TEXT = LetterText("en", "To", "", "3 November 2026", "Café", "Dear", "Body", "Yours", "")


def test_canonical_form_is_plain_json_in_fixed_order():
    assert TEXT.canonical() == (
        '{"addressee":"To","body":"Body","closing":"Yours","date":"3 November 2026",'
        '"form":"letter/1","language":"en","notes":"","place":"","salutation":"Dear",'
        '"subject":"Café"}'
    )


def test_canonical_form_of_decomposed_letters_is_the_same():
    decomposed = LetterText(**{**TEXT.__dict__, "subject": "Cafe\u0301"})
    assert fingerprint(decomposed.canonical()) == fingerprint(TEXT.canonical())


def test_canonical_form_reads_back():
    assert LetterText.from_canonical(TEXT.canonical()) == TEXT


def test_fingerprint_is_sha256_of_utf8():
    assert fingerprint("é") == hashlib.sha256("é".encode()).hexdigest()


def test_body_is_read_into_blocks():
    blocks = parse_body(
        "One[^1]\ngoes on.\n\n## Head\n\na) first\nb) second[^1]\n\n3. third\n4. fourth\n\n- dot"
    )
    assert [block.kind for block in blocks] == [
        "paragraph",
        "heading",
        "letters",
        "numbers",
        "bullets",
    ]
    assert blocks[0].pieces[0].text == "One"
    assert blocks[0].pieces[1].note == 1 and blocks[0].pieces[1].first
    assert blocks[0].pieces[2].text == " goes on."
    assert not blocks[2].items[1][1].first
    assert blocks[3].start == 3


def test_notes_continue_over_lines():
    notes = parse_notes("1. One\n   goes on\n\n2) Two")
    assert [(note.number, note.text) for note in notes] == [(1, "One goes on"), (2, "Two")]


def test_note_that_is_called_and_not_written_is_named():
    assert undefined_notes("a[^2] b[^1] c[^2]", "1. One") == [2]


@pytest.mark.django_db
def test_letter_opened_is_frozen_as_it_stood():
    letter = make_letter()
    opened = open_for_sign_on(letter=letter, by=letter.created_by)
    assert opened.frozen.text() == letter.drafted_text()
    assert opened.frozen.sha256 == fingerprint(letter.drafted_text().canonical())


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["update", "delete"])
def test_frozen_text_changed_by_sql_is_refused(statement):
    letter = make_letter(state=LetterState.OPEN)
    rows = FrozenText.objects.filter(letter=letter)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(canonical="x") if statement == "update" else rows._raw_delete("default")


@pytest.mark.django_db
def test_words_of_a_frozen_letter_changed_by_sql_are_refused():
    letter = make_letter(state=LetterState.OPEN)
    rows = Letter.objects.unguarded("test").filter(pk=letter.pk)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        rows.update(body="other words")
    rows.update(deadline=None)  # what is no word may change


@pytest.mark.django_db
def test_letter_frozen_is_not_edited():
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(WrongState):
        edit(letter=letter, version=letter.version, by=letter.created_by, body="x")


def test_subject_is_marked_in_the_language_of_the_letter():
    assert TEXT.subject_mark == "Re:"
    assert LetterText(**{**TEXT.__dict__, "language": "fr"}).subject_mark == "Objet :"
