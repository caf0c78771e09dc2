"""Lists that come in: files and tables, names that stand twice, evidence, and the order in print."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.counting import count_names
from letters.enums import Arrangement, Kind, LetterState, Mode, Source
from letters.models import BatchLine, LetterCount, SignatoryBatch
from letters.signatories.likeness import pairs
from letters.text.arranging import arrange
from tests.factories import make_user
from tests.letters.factories import make_letter, make_name

pytestmark = pytest.mark.django_db
WHOLE = """Ms. Amara Okonjo
Under-Secretary-General

Your Excellency,

We write to ask one thing.

Yours sincerely,

Aldern Law Clinic, Germany
Birch Centre for Peace, Kenya
"""


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def lines_of(letter):
    return list(BatchLine.objects.visible_to(letter.created_by).as_pasted())


def add(letter, source, **more):
    values = {"mode": Mode.PUBLIC, "by": letter.created_by, **more}
    return actions.add_batch(letter=letter, source=source, **values)


def upload(client, letter, name, data, **more):
    client.force_login(letter.created_by)
    form = {"mode": "public", "what": "list", "text": "", "evidence": "",
            "file": SimpleUploadedFile(name, data), **more}  # fmt: skip
    return client.post(reverse("letters:paste", args=[letter.pk]), form)


def test_workbook_is_read_by_its_head(client):
    letter = make_letter()
    data = workbook(
        ("Name of organization", "Country"),
        ("Aldern Law Clinic", "Germany"),
        ("Birch Centre for Peace", "Kenya"),
    )
    assert upload(client, letter, "list.xlsx", data).status_code == 302
    found = [(line.organization_name, line.countries) for line in lines_of(letter)]
    assert found == [("Aldern Law Clinic", ["DE"]), ("Birch Centre for Peace", ["KE"])]


def test_table_with_semicolons_is_read_as_a_table(client):
    letter = make_letter()
    data = "Organisation;Pays\nClinique des Aulnes;Sénégal\n".encode()
    assert upload(client, letter, "liste.csv", data).status_code == 302
    (line,) = lines_of(letter)
    assert (line.organization_name, line.countries) == ("Clinique des Aulnes", ["SN"])


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    return kept.getvalue()


@pytest.mark.parametrize("data", [b"PK\x03\x04 no book", b"%PDF-1.7", bomb()])
def test_file_that_is_no_workbook_is_refused_and_nothing_is_lost(client, data):
    letter = make_letter()
    answer = upload(client, letter, "list.xlsx", data, evidence="They wrote to us.")
    assert answer.status_code == 422
    assert "This workbook cannot be read" in answer.content.decode()
    assert "They wrote to us." in answer.content.decode()
    assert not SignatoryBatch.objects.unguarded("test").exists()


def test_whole_letter_gives_only_its_names():
    letter = make_letter()
    add(letter, WHOLE, what=Source.LETTER)
    assert [line.organization_name for line in lines_of(letter)] == [
        "Aldern Law Clinic", "Birch Centre for Peace",
    ]  # fmt: skip


def test_evidence_is_kept_sealed_and_shown_to_coordinators(client):
    letter = make_letter()
    batch = add(letter, "Aldern Law Clinic, Germany", evidence="Forwarded: we join, Ada Noor.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(b)::text FROM letters_batch b")
        assert "Ada Noor" not in cursor.fetchone()[0]
    client.force_login(letter.created_by)
    assert "Ada Noor" in client.get(reverse("letters:review", args=[batch.pk])).content.decode()


TWICE = """Aldern Law Clinic (ALC), Germany
The Aldern Law Clinic, Germany
Dr. Ada Noor, Lecturer, Aldern Law Clinic, Germany
Birch Centre for Peace, Kenya"""


def test_duplicates_are_suggested_and_a_person_of_the_body_is_none():
    letter = make_letter()
    add(letter, TWICE)
    found = [(p.earlier.position, p.later.position) for p in pairs(lines_of(letter))]
    assert found == [(1, 2)]


def test_same_name_in_two_countries_is_not_suggested():
    letter = make_letter()
    add(letter, "Peace Forum, Kenya\nPeace Forum, Uganda")
    assert pairs(lines_of(letter)) == []


def test_joined_line_is_printed_once_stays_on_record_and_comes_back():
    letter = make_letter()
    batch = add(letter, TWICE)
    first, second, *_rest = lines_of(letter)
    actions.join_line(line=second, other=first, by=letter.created_by)
    assert lines_of(letter)[1].joined_with_id == first.pk
    actions.keep_line(line=second, keep=True, by=letter.created_by)
    assert lines_of(letter)[1].joined_with_id is None
    actions.join_line(line=second, other=first, by=letter.created_by)
    assert actions.commit_batch(batch=batch, by=letter.created_by) == 3
    assert len(lines_of(letter)) == 4


def test_line_is_joined_with_a_name_that_stands(client):
    letter = make_letter()
    name = make_name(letter)
    batch = add(letter, "The Aldern Law Clinic, Germany")
    client.force_login(letter.created_by)
    page = client.get(reverse("letters:review", args=[batch.pk]))
    assert [one["as"] for one in page.context["alike"]] == ["name"]
    (line,) = lines_of(letter)
    client.post(reverse("letters:join", args=[line.pk]), {"with": f"name:{name.pk}"})
    assert lines_of(letter)[0].joined_name_id == name.pk


@pytest.mark.parametrize("wrong", ["itself", "another letter", "nothing"])
def test_line_is_not_joined_with(wrong):
    letter = make_letter()
    add(letter, TWICE)
    line = lines_of(letter)[0]
    others = {
        "itself": {"other": line},
        "another letter": {"name": make_name(make_letter())},
        "nothing": {},
    }
    with pytest.raises(Refused):
        actions.join_line(line=line, by=letter.created_by, **others[wrong])


def test_organization_and_its_person_both_stand_and_count_as_one_organization():
    letter = make_letter(state=LetterState.OPEN)
    batch = add(letter, TWICE)
    actions.join_line(line=lines_of(letter)[1], other=lines_of(letter)[0], by=letter.created_by)
    actions.commit_batch(batch=batch, by=letter.created_by)
    count_names()
    count = LetterCount.objects.get(letter=letter)
    assert (count.organizations, count.individuals) == (2, 1)


def some_names(letter):
    for values in (
        {"organization_name": "The Birch Centre", "countries": ["KE"]},
        {"organization_name": "Zeder Hilfe", "countries": ["AT"]},
        {"kind": Kind.INDIVIDUAL, "honorific": "Dr.", "person": "Ada Noor",
         "organization_name": "", "countries": ["KE"]},
        {"kind": Kind.INDIVIDUAL, "person": "Élan Mora", "organization_name": "",
         "countries": []},
    ):  # fmt: skip
        make_name(letter, **values)
    return actions.read_names(letter=letter, by=letter.created_by)


ORDERS = {
    (Arrangement.NAME, True): [["The Birch Centre", "Zeder Hilfe"], ["Ada Noor", "Élan Mora"]],
    (Arrangement.NAME, False): [["Ada Noor", "Élan Mora", "The Birch Centre", "Zeder Hilfe"]],
    (Arrangement.FIRST_WORD, False): [
        ["Ada Noor", "Élan Mora", "The Birch Centre", "Zeder Hilfe"]
    ],
    (Arrangement.FIRST_WORD, True): [
        ["The Birch Centre", "Zeder Hilfe"], ["Ada Noor", "Élan Mora"],
    ],
    (Arrangement.KIND, False): [["The Birch Centre", "Zeder Hilfe", "Ada Noor", "Élan Mora"]],
    (Arrangement.COUNTRY, True): [
        ["Zeder Hilfe"], ["Ada Noor", "The Birch Centre"], ["Élan Mora"],
    ],
    (Arrangement.COUNTRY, False): [["Zeder Hilfe", "Ada Noor", "The Birch Centre", "Élan Mora"]],
    (Arrangement.AS_PRINTED, False): [
        ["The Birch Centre", "Zeder Hilfe", "Ada Noor", "Élan Mora"]
    ],
}  # fmt: skip


@pytest.mark.parametrize(("order", "grouped"), ORDERS)
def test_names_are_arranged(order, grouped):
    names = some_names(make_letter())
    found = [[n.principal for n in group.names] for group in arrange(names, order, grouped)]
    assert found == ORDERS[order, grouped]


def test_first_word_counts_the_form_of_address():
    letter = make_letter()
    some_names(letter)
    make_name(letter, organization_name="Cedar Circle", countries=[])
    names = actions.read_names(letter=letter, by=letter.created_by)
    (group,) = arrange(names, Arrangement.FIRST_WORD, False)
    assert [n.principal for n in group.names][:2] == ["Cedar Circle", "Ada Noor"]  # "Dr. Ada …"


def test_names_are_ordered_by_hand(client):
    letter = make_letter(grouped=False)
    names = some_names(letter)
    client.force_login(letter.created_by)
    form = {f"at_{name.pk}": 10 - at for at, name in enumerate(names)}
    assert client.post(reverse("letters:order", args=[letter.pk]), form).status_code == 302
    letter.refresh_from_db()
    assert letter.arrangement == Arrangement.AS_PRINTED
    after = actions.read_names(letter=letter, by=letter.created_by)
    assert [n.pk for n in after] == [n.pk for n in reversed(names)]


def test_order_is_refused_to_others_for_foreign_names_and_after_delivery():
    letter = make_letter()
    names = some_names(letter)
    foreign = make_name(make_letter())
    ids = [name.pk for name in names]
    with pytest.raises(NotYours):
        actions.order_names(letter=letter, order=ids, by=make_user())
    with pytest.raises(Refused):
        actions.order_names(letter=letter, order=[*ids, foreign.pk], by=letter.created_by)
    late = make_letter(state=LetterState.DELIVERED)
    with pytest.raises(WrongState):
        actions.order_names(letter=late, order=[], by=late.created_by)


def test_facts_of_joining_hold_no_name():
    from foundation.audit.models import AuditEvent

    letter = make_letter()
    add(letter, TWICE)
    one, two, *_rest = lines_of(letter)
    actions.join_line(line=two, other=one, by=letter.created_by)
    event = AuditEvent.objects.get(action="letters.line_joined")
    assert "Aldern" not in json.dumps(event.facts)
