"""Names that are pasted: parsed, reviewed, added whole, taken back whole."""

from __future__ import annotations

import pytest

from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.enums import BatchState, LetterState, Method, Mode
from letters.models import BatchLine, Signatory, SignatoryBatch
from tests.factories import make_officer
from tests.letters.factories import make_letter, make_signer

pytestmark = pytest.mark.django_db

LIST = """Signed,
Aldern Law Clinic (ALC), Germany
Ms. Noor Siddiqui, Chair, Réseau des femmes pour la paix, Mali
The Maldives Youth Forum, The Maldives
"""


def paste(letter, text=LIST, mode=Mode.OFFICE):
    return actions.add_batch(letter=letter, source=text, mode=mode, by=letter.created_by)


def lines_of(batch):
    return list(BatchLine.objects.unguarded("test").filter(batch=batch).as_pasted())


def names_of(letter):
    return actions.read_names(letter=letter, by=letter.created_by)


def test_paste_makes_a_batch_with_every_line_and_what_was_left_out():
    batch = paste(make_letter())
    assert [line.raw for line in lines_of(batch)] == LIST.splitlines()[1:]
    assert [item["line"] for item in batch.left_out] == ["Signed,"]
    assert batch.state == BatchState.REVIEW


def test_paste_without_a_name_says_so():
    with pytest.raises(Refused, match="No line"):
        paste(make_letter(), "Page 2 of 3\n\nhttps://portal.example/")


def test_batch_added_stands_under_the_letter_as_printed():
    letter = make_letter()
    batch = paste(letter)
    assert actions.commit_batch(batch=batch, by=letter.created_by) == 3
    names = names_of(letter)
    assert [name.display_line() for name in names] == LIST.splitlines()[1:]
    assert {name.method for name in names} == {Method.ENTERED}
    assert {name.mode for name in names} == {Mode.OFFICE}
    assert names[2].countries == ["MV"]


def test_second_batch_follows_the_first():
    letter = make_letter()
    for text in ("B Centre for Law, Kenya", "A Centre for Law, Kenya"):
        actions.commit_batch(batch=paste(letter, text), by=letter.created_by)
    assert [name.raw for name in names_of(letter)] == [
        "B Centre for Law, Kenya",
        "A Centre for Law, Kenya",
    ]


def test_line_corrected_prints_its_parts_and_keeps_what_was_pasted():
    letter = make_letter()
    batch = paste(letter)
    line = lines_of(batch)[0]
    parts = {name: getattr(line, name) for name in actions.batches.PARTS}
    actions.correct_line(
        line=line, version=0, by=letter.created_by, **{**parts, "countries": ["AT"]}
    )
    actions.commit_batch(batch=batch, by=letter.created_by)
    name = names_of(letter)[0]
    assert name.display_line() == "Aldern Law Clinic (ALC), Austria"
    assert name.raw == "Aldern Law Clinic (ALC), Germany"


def test_line_corrected_by_two_tells_the_second():
    letter = make_letter()
    line = lines_of(paste(letter))[0]
    parts = {name: getattr(line, name) for name in actions.batches.PARTS}
    actions.correct_line(line=line, version=0, by=letter.created_by, **parts)
    with pytest.raises(EditConflict):
        actions.correct_line(line=line, version=0, by=letter.created_by, **parts)


def test_line_left_out_is_not_added_and_stays_on_record():
    letter = make_letter()
    batch = paste(letter)
    actions.keep_line(line=lines_of(batch)[1], keep=False, by=letter.created_by)
    assert actions.commit_batch(batch=batch, by=letter.created_by) == 2
    assert len(lines_of(batch)) == 3


def test_batch_taken_back_takes_its_names_and_keeps_its_rows():
    letter = make_letter()
    batch = paste(letter)
    actions.commit_batch(batch=batch, by=letter.created_by)
    actions.undo_batch(batch=batch, by=letter.created_by)
    assert names_of(letter) == []
    assert Signatory.objects.unguarded("test").of(letter).count() == 3
    assert len(lines_of(batch)) == 3
    with pytest.raises(WrongState):
        actions.undo_batch(batch=batch, by=letter.created_by)


def test_batch_added_twice_is_refused():
    letter = make_letter()
    batch = paste(letter)
    actions.commit_batch(batch=batch, by=letter.created_by)
    with pytest.raises(WrongState):
        actions.commit_batch(batch=batch, by=letter.created_by)


def test_letter_with_a_batch_in_review_is_not_opened():
    letter = make_letter()
    paste(letter)
    with pytest.raises(Refused, match="review"):
        actions.open_for_sign_on(letter=letter, by=letter.created_by)


@pytest.mark.parametrize("state", [LetterState.CLOSED, LetterState.DELIVERED])
def test_letter_with_a_final_list_takes_no_names(state):
    with pytest.raises(WrongState):
        paste(make_letter(state=state))


def test_only_coordinators_paste_and_see_batches():
    letter = make_letter()
    for other in (make_officer(), make_signer()[0]):
        with pytest.raises(NotYours):
            actions.add_batch(letter=letter, source=LIST, mode=Mode.OFFICE, by=other)
    batch = paste(letter)
    for other in (make_officer(), make_signer()[0], make_letter().created_by):
        assert not SignatoryBatch.objects.visible_to(other).filter(pk=batch.pk).exists()
        assert not BatchLine.objects.visible_to(other).filter(batch=batch).exists()
