"""The page of verification: who finds it, what it says, and that it says no more than a public copy."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.documents import store
from foundation.documents.keys import in_groups
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from letters.actions import close, file_as_sent, withdraw_after_delivery
from letters.actions.exporting import request_copy
from letters.documents.verifying import list_hash
from letters.enums import LetterState, ListReason, Mode
from letters.models import Letter, ListVersion
from letters.models.letters import new_verify_secret
from letters.text import spaced
from tests.letters.factories import make_coordinator, make_letter, make_name
from tests.letters.test_withdrawing import make_signed
from tests.trust.pages import normal

pytestmark = pytest.mark.django_db
HIDDEN = "Hidden Valley Circle"


def sealed_letter(*, hidden: int = 0, office_copy: bool = False, **fields: Any) -> Letter:
    """Return a public letter that was closed, sealed and delivered."""
    user, network = make_coordinator()
    fields = {"level": Level.PUBLIC, **fields}
    letter = make_letter(state=LetterState.OPEN, network=network, by=user, **fields)
    make_name(letter)
    for number in range(hidden):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"{HIDDEN} {number}")
    letter = close(letter=letter, by=user)
    for copy in ("public", "office") if office_copy else ("public",):
        render_now(request_copy(letter=letter, copy=copy, by=user))
    return letter


def delivered(letter: Letter) -> Letter:
    """Return the letter after its delivery."""
    letter.state, letter.delivered_at = LetterState.DELIVERED, letter.closed_at
    letter.save()
    return letter


def path(letter: Letter) -> str:
    return reverse("letters:verify", args=[letter.verify_secret])


def page_of(letter: Letter) -> str:
    answer = Client().get(path(letter))
    assert answer.status_code == 200
    return answer.content.decode()


def upload(letter: Letter, data: bytes) -> str:
    file = SimpleUploadedFile("x.pdf", data, content_type="application/pdf")
    return Client(enforce_csrf_checks=True).post(path(letter), {"file": file}).content.decode()


def file_of(letter: Letter, kind: str = "letters.sealed_public") -> Document:
    return Document.objects.unguarded("test").get(source_id=letter.pk, kind=kind)


# Who finds it


def test_secret_has_128_bits_and_can_be_typed(client):
    secret = new_verify_secret()
    assert re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){6}[2-9A-HJKMNP-TV-Z]{4}", secret)
    assert 30**28 > 2**128
    letter = delivered(sealed_letter())
    assert client.get(path(letter).lower()).status_code == 200


def test_address_in_the_file_leads_to_the_page(settings):
    letter = delivered(sealed_letter())
    assert letter.verify_url() == f"{settings.SITE_URL}/verify/{letter.verify_secret}/"


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.OPEN, LetterState.SET_ASIDE])
def test_unknown_and_not_listed_are_the_same_404_with_the_same_work(state):
    hidden = make_letter(state=state, level=Level.PUBLIC)
    unsealed = make_letter(state=LetterState.CLOSED, level=Level.PUBLIC)
    secrets = [new_verify_secret(), hidden.verify_secret, unsealed.verify_secret, "x", "text-1"]
    answers, asked = [], []
    for secret in secrets:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers.append(Client().get(reverse("letters:verify", args=[secret])))
        asked.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in queries])
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert all(work == asked[0] for work in asked) and len(asked[0]) == 1
    posted = [Client().post(reverse("letters:verify", args=[secret])) for secret in secrets]
    assert {answer.status_code for answer in posted} == {404}


def test_closed_and_sealed_letter_has_its_page_and_says_that_it_was_not_delivered():
    letter = sealed_letter()
    words = page_of(letter)
    assert letter.reference in words
    assert "delivered on" not in words
    assert letter.get_absolute_url() not in words


def test_page_sets_no_cookie_and_keeps_its_address_to_itself():
    answer = Client().get(path(delivered(sealed_letter())))
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]


# What it says


def test_page_says_hashes_counts_and_certificate():
    letter = delivered(sealed_letter())
    words, file = page_of(letter), file_of(letter)
    assert spaced(letter.frozen.sha256) in words
    assert spaced(file.file_hash) in words
    assert spaced(list_hash(letter)) in words
    assert "1 organization, 0 individuals" in words
    assert in_groups(file.certificate) in words
    assert reverse("documents:certificate", args=[file.certificate]) in words


def test_text_and_list_can_be_downloaded_and_have_the_hash_that_the_page_shows(client):
    letter = delivered(sealed_letter())
    text = client.get(reverse("letters:verify_text", args=[letter.verify_secret, 1]))
    assert hashlib.sha256(text.content).hexdigest() == letter.frozen.sha256
    names = client.get(reverse("letters:verify_list", args=[letter.verify_secret]))
    version = ListVersion.objects.unguarded("test").get(letter=letter)
    assert hashlib.sha256(names.content).hexdigest() == version.sha256
    assert (
        client.get(reverse("letters:verify_text", args=[letter.verify_secret, 2])).status_code
        == 404
    )


def test_letter_for_the_office_gives_neither_text_nor_names_nor_how_far_it_is(client):
    letter = delivered(sealed_letter(level=Level.OFFICE))
    for name, more in (("verify_text", [1]), ("verify_list", [])):
        address = reverse(f"letters:{name}", args=[letter.verify_secret, *more])
        assert client.get(address).status_code == 404
        assert address not in page_of(letter)
    before = page_of(letter)
    Letter.objects.unguarded("test").filter(pk=letter.pk).update(
        state=LetterState.UNDER_REVIEW, acknowledged_at=F("delivered_at")
    )
    assert page_of(letter) == before
    assert letter.subject not in before and "Aldern" not in before


@pytest.mark.parametrize("after", [False, True], ids=["closed", "delivered"])
def test_hidden_signatories_make_no_difference_below_five(after):
    """Two worlds, the same letter: alone, and with four names that only the Office may see."""
    pages = []
    for hidden in (0, 4):
        letter = sealed_letter(hidden=hidden, office_copy=True)
        letter = delivered(letter) if after else letter
        pages.append(_without_chance(letter, page_of(letter)))
    assert pages[0] == pages[1]


def test_hidden_signatories_are_a_number_from_five_on():
    """Positive control: with five the number is said, and the Office's copy by its hash alone."""
    letter = delivered(sealed_letter(hidden=5, office_copy=True))
    words = page_of(letter)
    assert "and 5 others, named to the Office" in words
    assert spaced(file_of(letter, "letters.sealed_office").file_hash) in words
    assert HIDDEN not in words


def _without_chance(letter: Letter, words: str) -> str:
    """Return the page without what is drawn anew for each letter."""
    drawn = [letter.verify_secret, letter.reference, str(letter.pk)]
    documents = Document.objects.unguarded("test").filter(source_id=letter.pk)
    drawn += [spaced(one.file_hash) for one in documents]
    for one in drawn:
        words = words.replace(one, "…")
    return re.sub(r"T?\d\d:\d\d(:\d\d(\.\d+)?)?", "…", normal(words))


# Bringing a file


def test_copy_of_this_letter_is_unchanged():
    letter = delivered(sealed_letter())
    words = upload(letter, store.read(file_of(letter)))
    assert "is unchanged" in words
    assert "not a copy of this letter" not in words


def test_copy_of_another_letter_is_called_another():
    letter, other = delivered(sealed_letter()), delivered(sealed_letter())
    words = upload(letter, store.read(file_of(other)))
    assert "is unchanged" in words
    assert "not a copy of this letter" in words and other.reference in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[:500] + bytes([data[500] ^ 4]) + data[501:], "has been changed since"),
        (lambda data: data + b"\n% more", "added behind its end"),
        (lambda data: data + b"\n9 0 obj <<>> endobj\nstartxref\n9\n%%EOF", "a later revision"),
        (lambda data: b"%PDF-1.7\nother", "no seal of ours"),
        (lambda data: b"<html>", "not a PDF"),
        (lambda data: b"%PDF-1.7\n" + bytes(11 * 2**20), "larger than 10 MB"),
    ],
    ids=["flipped", "appended", "revised", "stranger", "no PDF", "too large"],
)
def test_changed_copy_is_called_changed_in_plain_words(change, said):
    letter = delivered(sealed_letter())
    assert said in upload(letter, change(store.read(file_of(letter))))


def test_upload_leaves_nothing_behind(settings, tmp_path):
    letter = delivered(sealed_letter())
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    (tmp_path / "uploads").mkdir()
    media = sorted(store.folder().rglob("*"))
    canary = b"CANARY-" + base64.b32encode(b"never kept")
    before = _rows()
    words = upload(letter, b"%PDF-1.7\n" + canary + bytes(6 * 2**20))
    assert "no seal of ours" in words and canary.decode() not in words
    assert sorted(store.folder().rglob("*")) == media
    assert not list((tmp_path / "uploads").iterdir())
    assert _rows() == before
    assert not AuditEvent.objects.filter(action__contains="verif").exists()


def _rows() -> dict[str, int]:
    """Return how many rows each table holds; the limits on tries count uploads, not files."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (our own tables)
            counts[table] = cursor.fetchone()[0]
    counts.pop("rate_limits", None)
    return counts


# Versions of the list


def versions_of(letter: Letter) -> list[ListVersion]:
    return list(ListVersion.objects.unguarded("test").of(letter))


def test_closing_and_filing_make_the_first_version():
    letter = sealed_letter()
    (closed,) = versions_of(letter)
    assert (closed.number, closed.reason, closed.organizations) == (1, ListReason.CLOSED, 1)
    assert closed.sha256 == list_hash(letter) and closed.text_id == letter.frozen.pk
    user, network = make_coordinator()
    draft = make_letter(network=network, by=user)
    make_name(draft)
    (filed,) = versions_of(file_as_sent(letter=draft, by=user))
    assert (filed.number, filed.reason) == (1, ListReason.FILED)


def test_version_never_changes():
    (version,) = versions_of(sealed_letter())
    version.organizations = 99
    for change in (version.save, version.delete):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            change()


def test_withdrawal_after_delivery_is_told_with_the_name_and_a_new_version():
    letter, name, user = make_signed()
    before = page_of(letter)
    withdraw_after_delivery(signatory=name, reason="", by=user)
    words = page_of(letter)
    assert name.display_line() not in before
    assert name.display_line() in words and "after delivery" in words
    assert "List 2" in words and "List 2" not in before


def test_hidden_withdrawal_after_delivery_changes_no_byte_of_the_page():
    letter, name, user = make_signed(mode=Mode.OFFICE)
    before = normal(page_of(letter))
    withdraw_after_delivery(signatory=name, reason="", by=user)
    assert normal(page_of(letter)) == before
