"""The other forms of a letter: who may have which, what they hold, that they are kept nowhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.documents import store
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, WrongState
from letters.actions.exporting import request_copy, set_layout
from letters.documents import PUBLIC_COPY, current_document
from letters.documents.lists import safe_cell
from letters.enums import Layout, LetterState, Mode
from letters.models import FrozenText, Letter
from letters.text import canonical_list, fingerprint
from tests.factories import make_officer, make_user
from tests.letters.factories import make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db
HIDDEN = "Hidden Valley Circle"
TEXTS = ("html", "txt", "csv", "xlsx")


@pytest.fixture
def letter():
    """A delivered public letter with a public name and one for the Office."""
    made = make_letter(state=LetterState.DELIVERED, level=Level.PUBLIC)
    make_name(made, mode=Mode.PUBLIC, acronym="ALC")
    make_name(made, mode=Mode.OFFICE, organization_name=HIDDEN)
    make_name(made, mode=Mode.COORDINATORS, organization_name="Quiet Brook Forum")
    return made


def url(letter: Letter, copy: str, ending: str, language: str = "en") -> str:
    return reverse("letters:take", args=[letter.pk, copy, language, ending])


def words(ending: str, data: bytes) -> str:
    """Return all words of an export."""
    if ending == "html":
        return re.sub(r"<[^>]+>", "", data.decode())
    if ending != "xlsx":
        return data.decode()
    rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def sealed(letter: Letter, copy: str = "public") -> Document:
    """Return the finished sealed copy."""
    return render_now(request_copy(letter=letter, copy=copy, by=letter.created_by))


def frozen_elsewhere(letter: Letter, language: str = "fr") -> FrozenText:
    """Return a translation of the letter that was fixed."""
    canonical = (
        letter.drafted_text().canonical().replace('"language":"en"', f'"language":"{language}"')
    )
    return FrozenText.objects.create(
        letter=letter, language=language, translates=letter.frozen, canonical=canonical,
        sha256=fingerprint(canonical), frozen_by=letter.created_by,
    )  # fmt: skip


@pytest.mark.parametrize("ending", TEXTS)
def test_public_form_names_the_public_and_nobody_else(client, letter, ending):
    found = words(ending, client.get(url(letter, "public", ending)).content)
    assert "Aldern Law Clinic (ALC), Germany" in found
    assert HIDDEN not in found
    assert "Quiet Brook" not in found


@pytest.mark.parametrize("ending", TEXTS)
def test_office_form_adds_the_names_for_the_office_and_is_on_record(client, letter, ending):
    client.force_login(make_officer())
    answer = client.get(url(letter, "office", ending))
    found = words(ending, answer.content)
    assert HIDDEN in found
    assert "Quiet Brook" not in found
    event = AuditEvent.objects.get(action="letters.copy_taken")
    assert (event.facts["ending"], event.facts["names"]) == (ending, 2)
    assert "-office-" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def test_form_of_the_public_copy_is_not_on_record_and_nothing_is_stored(
    client, letter, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    before = set(store.folder().rglob("*"))
    client.get(url(letter, "public", "csv"))
    client.force_login(letter.created_by)
    client.get(url(letter, "office", "xlsx"))
    assert set(store.folder().rglob("*")) == before
    assert AuditEvent.objects.filter(action="letters.copy_taken").count() == 1


def test_forms_are_for(client, letter):
    signer = make_signer()[0]
    closed = make_letter(state=LetterState.CLOSED, level=Level.PUBLIC)
    opened = make_letter(state=LetterState.OPEN)
    draft = make_letter()
    cases = [
        (None, letter, "public", 200),
        (None, letter, "office", 404),
        (make_user(), letter, "office", 404),
        (signer, letter, "office", 404),
        (make_officer(), letter, "office", 200),
        (letter.created_by, letter, "office", 200),
        (None, closed, "public", 404),
        (make_officer(), closed, "office", 404),
        (closed.created_by, closed, "office", 200),
        (signer, opened, "public", 404),
        (opened.created_by, opened, "public", 200),
        (draft.created_by, draft, "public", 404),
    ]
    for user, one, copy, expected in cases:
        client.logout()
        if user is not None:
            client.force_login(user)
        assert client.get(url(one, copy, "csv")).status_code == expected, (user, one.state, copy)


@pytest.mark.parametrize(
    "path", [("secret", "en", "csv"), ("public", "xx", "csv"), ("public", "en", "docx")]
)
def test_form_that_there_is_not_is_404(client, letter, path):
    assert client.get(reverse("letters:take", args=[letter.pk, *path])).status_code == 404


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1"])
def test_cell_that_a_spreadsheet_would_work_out_is_text(start):
    assert safe_cell(start).startswith("'")
    assert "\0" not in safe_cell(start)


def test_lists_hold_no_formula(client):
    letter = make_letter(state=LetterState.DELIVERED, level=Level.PUBLIC)
    make_name(letter, organization_name='=HYPERLINK("http://x","y")', acronym="+1", countries=[])
    found = client.get(url(letter, "public", "csv")).content.decode()
    row = next(csv.DictReader(io.StringIO(found)))
    assert row["organization"] == '\'=HYPERLINK("http://x","y")'
    assert row["acronym"] == "'+1"
    book = load_workbook(io.BytesIO(client.get(url(letter, "public", "xlsx")).content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_page_asks_for_nothing_outside_itself(client, letter):
    found = client.get(url(letter, "public", "html")).content.decode()
    assert "<script" not in found
    assert re.findall(r"""(?:src|srcset|data|poster|action)=["'](?!data:image/svg)""", found) == []
    assert "<link" not in found
    assert "url(" not in found
    assert "@import" not in found


def test_pdf_without_the_seal_is_the_file_that_was_sealed(client, letter):
    assert client.get(url(letter, "public", "pdf")).status_code == 404  # nothing was sealed yet
    data = store.read(sealed(letter))
    plain = client.get(url(letter, "public", "pdf")).content
    assert data.startswith(plain)
    assert len(plain) < len(data)
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_files_inside_the_pdf_are_what_the_fingerprints_say(letter):
    with pikepdf.open(io.BytesIO(store.read(sealed(letter, "office")))) as pdf:
        files = {name: pdf.attachments[name] for name in pdf.attachments}
        data = {name: file.get_file().read_bytes() for name, file in files.items()}
        assert set(data) == {"text.json", "signatories.json", "signatories.csv"}
        dates = {file.get_file().creation_date for file in files.values()}
        dates |= {file.get_file().mod_date for file in files.values()}
        assert dates == {letter.frozen.frozen_at.replace(microsecond=0)}
        relations = [str(file["/AFRelationship"]) for file in pdf.Root.AF]
        assert sorted(relations) == ["/Data", "/Data", "/Source"]
    assert hashlib.sha256(data["text.json"]).hexdigest() == letter.frozen.sha256
    entries = json.loads(data["signatories.json"])["entries"]
    assert [entry["line"] for entry in entries] == ["Aldern Law Clinic (ALC), Germany"]
    assert (
        fingerprint(canonical_list(entries)) == hashlib.sha256(data["signatories.json"]).hexdigest()
    )
    assert HIDDEN.encode() not in b"".join(data.values())


RENDER = """
import sys, django
django.setup()
from foundation.documents.rendering import render_pdf
from foundation.documents.sheets import Sheet
from letters.documents.copies import paper
from letters.documents.files import attached_files
from letters.models import FrozenText, Letter
from tests.letters.paper_letters import FORTY, FIXED, TEXTS, printed
import hashlib, os
letter = Letter(language="ar")
text = FrozenText(canonical=TEXTS["ar"].canonical())
files = attached_files(letter, text, [line.signatory() for line in FORTY])
sheet = Sheet(html=paper(printed("ar")), language="ar", title="x", created=FIXED, attachments=files)
print(hashlib.sha256(render_pdf(sheet)).hexdigest(), flush=True)
os._exit(0)
"""


def test_same_letter_gives_the_same_bytes_in_two_processes():
    root = Path(__file__).resolve().parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", RENDER], cwd=root, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    }
    assert len(found) == 1
    assert re.fullmatch("[0-9a-f]{64}", found.pop())


def test_second_export_of_the_same_state_reads_no_name(letter):
    first = sealed(letter)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        again = request_copy(letter=letter, copy="public", by=letter.created_by)
    assert again == first
    assert len(caught) <= 8
    read = [q["sql"] for q in caught if '"letters_signatory"."person"' in q["sql"].split("FROM")[0]]
    assert [sql for sql in read if "md5" not in sql] == []


@pytest.mark.parametrize(
    "change",
    [
        {"position": 7},
        {"countries": ["KE"]},
        {"raw": "Aldern Law Clinic, USA"},
        {"mode": Mode.NOT_COUNTED},
    ],
)
def test_change_of_a_name_asks_for_another_copy(change):
    letter = make_letter(state=LetterState.CLOSED)
    name = make_name(letter)
    first = request_copy(letter=letter, copy="public", by=letter.created_by)
    assert request_copy(letter=letter, copy="public", by=letter.created_by) == first
    if "mode" in change:
        name.withdrawn_at = name.created_at
        change = {"withdrawn_at": name.created_at}
    type(name)._base_manager.filter(pk=name.pk).update(**change)
    assert request_copy(letter=letter, copy="public", by=letter.created_by) != first


def test_copy_whose_list_changed_before_it_was_made_fails_and_says_so():
    letter = make_letter(state=LetterState.CLOSED)
    make_name(letter)
    asked = request_copy(letter=letter, copy="public", by=letter.created_by)
    make_name(letter, organization_name="Late Comers")
    with pytest.raises(Exception, match="ask for it anew"):
        render_now(asked)


def test_translation_that_was_fixed_has_its_own_copy(client, letter):
    translation = frozen_elsewhere(letter)
    document = render_now(
        request_copy(letter=letter, copy="public", by=letter.created_by, language="fr")
    )
    assert document.language == "fr"
    assert current_document(PUBLIC_COPY, letter.created_by, letter, "fr") == document
    page = client.get(url(letter, "public", "html", "fr")).content.decode()
    assert "Traduit de l’anglais" in page
    assert translation.sha256[:8] in page
    assert "Organisations (1)" in page
    shown = client.get(reverse("letters:paper", args=[letter.pk])).content.decode()
    assert "français" in shown


def test_layout_is_set_by_coordinators_until_the_letter_is_closed(client):
    letter = make_letter(state=LetterState.OPEN)
    version = letter.version
    with pytest.raises(NotYours):
        set_layout(letter=letter, layout="annex", letterhead=False, version=version, by=make_user())
    client.force_login(letter.created_by)
    page = client.get(reverse("letters:layout", args=[letter.pk]))
    form = page.context["form"]
    values = {"version": version, "token": form["token"].value(), "layout": "annex"}
    for _ in range(2):
        assert client.post(reverse("letters:layout", args=[letter.pk]), values).status_code == 302
    letter.refresh_from_db()
    assert (letter.layout, letter.letterhead, letter.version) == (Layout.ANNEX, False, version + 1)
    with pytest.raises(EditConflict):
        set_layout(letter=letter, layout="letter", letterhead=True, version=version,
                   by=letter.created_by)  # fmt: skip
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(state=LetterState.CLOSED)
    with pytest.raises(WrongState):
        set_layout(letter=letter, layout="letter", letterhead=True, version=letter.version,
                   by=letter.created_by)  # fmt: skip


def test_page_of_copies_offers_each_reader_what_he_may_have(client, letter):
    sealed(letter)
    page = reverse("letters:paper", args=[letter.pk])
    shown = client.get(page).content.decode()
    assert url(letter, "public", "xlsx") in shown
    assert url(letter, "public", "pdf") in shown
    assert url(letter, "office", "xlsx") not in shown
    client.force_login(make_officer())
    shown = client.get(page).content.decode()
    assert url(letter, "office", "xlsx") in shown
    assert url(letter, "office", "pdf") not in shown  # it was not sealed
