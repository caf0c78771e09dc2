"""The text that is signed: its form, its fingerprint, and that nothing changes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from foundation.confidentiality import Level
from foundation.workflow import WrongState
from letters.actions import edit, open_for_sign_on
from letters.actions.texts import freeze, keep_revision
from letters.enums import LetterState
from letters.models import FrozenText, Letter, Revision
from letters.text import LetterText, fingerprint, parse_body, parse_notes, undefined_notes
from tests.letters.factories import make_letter, make_name, make_signer

# Of TEXT, worked out before the later parts came.
OLD_FINGERPRINT = "d8741e45d7156deaf8806bec8866769b68093ead7e83adc46f7ff6c2ab65340b"
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


def test_fingerprint_of_a_text_without_later_parts_is_what_it_always_was():
    assert fingerprint(TEXT.canonical()) == OLD_FINGERPRINT


def test_later_parts_stand_in_the_form_where_they_are_written():
    text = replace(TEXT, reference="Our ref: 7", follows="Letter of 3 May 2025")
    data = json.loads(text.canonical())
    assert (data["form"], data["reference"]) == ("letter/2", "Our ref: 7")
    assert "enclosures" not in data


@pytest.mark.parametrize("text", [TEXT, replace(TEXT, enclosures="One\nTwo")])
def test_canonical_form_reads_back(text):
    assert LetterText.from_canonical(text.canonical()) == text


@pytest.mark.parametrize("change", [{"form": "letter/3"}, {"more": "x"}, {"body": None}])
def test_another_form_is_not_read(change):
    data = {**json.loads(TEXT.canonical()), **change}
    data = {name: value for name, value in data.items() if value is not None}
    with pytest.raises(ValueError, match="form"):
        LetterText.from_canonical(json.dumps(data))


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
def test_text_in_force_that_is_no_later_text_of_the_letter_is_refused():
    letter, other = make_letter(state=LetterState.OPEN), make_letter(state=LetterState.OPEN)
    rows = Letter.objects.unguarded("test").filter(pk=letter.pk)
    for text in (None, other.frozen, first_again(letter)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(frozen=text)
    later = freeze(letter, replace(letter.text(), body="Other words."), by=letter.created_by)
    rows.update(frozen=later, body="Other words.")  # the control
    assert later.number == 2


def first_again(letter):
    """A text of the letter that is no later one: its translation."""
    french = replace(letter.text(), language="fr")
    return freeze(letter, french, by=letter.created_by, translates=letter.frozen)


@pytest.mark.django_db
def test_letter_delivered_goes_on_to_no_other_text():
    letter = make_letter(state=LetterState.DELIVERED)
    later = freeze(letter, replace(letter.text(), body="Other words."), by=letter.created_by)
    with pytest.raises(IntegrityError, match="none after delivery"), transaction.atomic():
        Letter.objects.unguarded("test").filter(pk=letter.pk).update(frozen=later)


@pytest.mark.django_db
def test_letter_put_into_a_fixed_state_without_a_text_is_refused():
    letter = make_letter()
    with pytest.raises(IntegrityError, match="has_its_text"), transaction.atomic():
        Letter.objects.unguarded("test").filter(pk=letter.pk).update(state=LetterState.OPEN)


def put_name(letter, text, method):
    """Put a name under `text` past every action, and ask the database at once."""
    with transaction.atomic():
        make_name(
            letter, text=text, method=method, signed_by=letter.created_by, declaration="I sign."
        )
        connection.check_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["signed", "email"])
def test_sign_on_without_a_text_of_the_letter_is_refused(method):
    letter, other = make_letter(state=LetterState.OPEN), make_letter(state=LetterState.OPEN)
    for text in (None, other.frozen, first_again(letter)):
        with pytest.raises(IntegrityError):
            put_name(letter, text, method)
    put_name(letter, letter.frozen, method)  # the control


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["update", "delete"])
def test_revision_changed_by_sql_is_refused(statement):
    letter = make_letter()
    keep_revision(letter, letter.drafted_text(), by=letter.created_by)
    rows = Revision.objects.unguarded("test").filter(letter=letter)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(canonical="x") if statement == "update" else rows._raw_delete("default")


@pytest.mark.django_db
def test_draft_keeps_a_revision_at_every_change_of_its_words():
    letter = make_letter()
    edit(letter=letter, version=0, by=letter.created_by, body="One.", summary="Begun anew")
    edit(letter=letter, version=1, by=letter.created_by, level=Level.PUBLIC)  # no word of it
    edit(letter=letter, version=2, by=letter.created_by, body="Two.")
    found = Revision.objects.visible_to(letter.created_by).of_draft(letter).newest_first()
    assert [(one.number, one.text().body, one.summary) for one in found] == [
        (2, "Two.", ""),
        (1, "One.", "Begun anew"),
    ]
    assert not Revision.objects.visible_to(make_signer()[0]).exists()


@pytest.mark.django_db(transaction=True)
def test_letters_frozen_before_texts_were_numbered_keep_theirs():
    """The migration, backwards and forwards again: the same text is in force, and unchanged."""
    letter = make_letter(state=LetterState.OPEN, language="fr")
    before = (letter.frozen.pk, letter.frozen.canonical, letter.frozen.sha256)
    executor = MigrationExecutor(connection)
    try:
        executor.migrate([("letters", "0007_no_hidden_name_in_clear")])
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    again = Letter.objects.unguarded("test").get(pk=letter.pk).frozen
    assert (again.pk, again.canonical, again.sha256) == before
    assert (again.number, again.language, again.translates) == (1, "fr", None)


@pytest.mark.django_db
def test_letter_frozen_is_not_edited():
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(WrongState):
        edit(letter=letter, version=letter.version, by=letter.created_by, body="x")


def test_subject_is_marked_in_the_language_of_the_letter():
    assert TEXT.subject_mark == "Re:"
    assert LetterText(**{**TEXT.__dict__, "language": "fr"}).subject_mark == "Objet :"
