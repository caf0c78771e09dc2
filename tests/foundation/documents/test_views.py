"""The pages: progress, download, and the check that anyone may make."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import SystemActor
from foundation.documents import store
from foundation.documents.actions import request_document
from foundation.documents.enums import State
from foundation.documents.keys import in_groups
from foundation.documents.models import Document
from foundation.documents.provider import seal_provider
from foundation.documents.verification import LARGEST
from foundation.documents.workshop import render_claimed
from foundation.leases import work
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
TESTS = SystemActor("tests")


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def reader(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def document(note, user) -> Document:
    return request_document("tests.note", user, by=user, language="en")


@pytest.fixture
def ready(document) -> Document:
    render_claimed(document.pk)
    return Document.objects.visible_to(TESTS).get(pk=document.pk)


def url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


def upload(data: bytes, client: Client | None = None) -> str:
    file = SimpleUploadedFile("some name.pdf", data, content_type="application/pdf")
    answer = (client or Client()).post(reverse("documents:verify"), {"file": file})
    assert answer.status_code == 200
    return answer.content.decode()


def test_waiting_document_says_what_it_waits_for_and_can_be_looked_at_again(reader, document):
    page = reader.get(url("progress", document)).content.decode()
    assert "Waiting for its turn" in page
    assert "Look again" in page
    assert 'hx-trigger="every 2s"' in page


def test_document_being_made_says_which_page(reader, document):
    work.begin(Document, [document.pk], 20)
    Document.objects.visible_to(TESTS).update(stage="laying_out", page=7)
    assert "Laying out page 7" in reader.get(url("progress", document)).content.decode()


def test_document_that_takes_long_says_that_nothing_is_lost(reader, document):
    page = reader.get(url("progress", document)).content.decode()
    assert "longer than usual" not in page
    Document.objects.visible_to(TESTS).update(created_at="2026-01-01T00:00:00Z", attempts=1)
    page = reader.get(url("progress", document)).content.decode()
    assert "longer than usual" in page
    assert "Waiting to be tried again" in page


def test_ready_document_offers_its_file_and_stops_asking(reader, ready):
    page = reader.get(url("progress", ready)).content.decode()
    assert url("download", ready) in page
    assert ready.file_hash in page
    assert "hx-trigger" not in page


def test_failed_document_gives_the_reason_and_a_button(reader, document, note):
    note.text = '<a href="#note-9">9</a>'
    render_claimed(document.pk)
    page = reader.get(url("progress", document)).content.decode()
    assert "note-9" in page
    assert "Try again" in page
    answer = reader.post(url("retry", document))
    assert answer.url == url("progress", document)
    assert Document.objects.visible_to(TESTS).get().state is State.REQUESTED
    assert reader.post(url("retry", document)).status_code == 302  # and again: nothing happens


def test_fragment_is_part_of_the_page(reader, document):
    page = reader.get(url("progress", document)).content.decode()
    fragment = reader.get(
        url("progress", document) + "?_fragment=progress", headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in fragment
    assert fragment.strip() in page


def test_download_is_an_attachment_that_nobody_caches(reader, ready, user):
    answer = reader.get(url("download", ready))
    assert answer.content == store.read(ready)
    assert answer["Content-Type"] == "application/pdf"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%D0%97")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(action="documents.downloaded")
    assert (event.actor_id, event.object_id) == (str(user.pk), str(ready.pk))


def test_download_before_it_is_ready_leads_to_its_progress(reader, document):
    assert reader.get(url("download", document)).url == url("progress", document)


def test_damaged_file_is_not_handed_out(reader, ready):
    store.path_of(ready.file).write_bytes(b"%PDF-1.7 other")
    answer = reader.get(url("download", ready))
    assert answer.status_code == 500
    assert "damaged" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="documents.downloaded").exists()


@pytest.mark.parametrize("name", ["progress", "download"])
def test_others_and_strangers_get_404(ready, name):
    other = Client()
    other.force_login(make_user())
    assert other.get(url(name, ready)).status_code == 404
    assert Client().get(url(name, ready)).status_code == 404
    assert not AuditEvent.objects.filter(action="documents.downloaded").exists()


def test_others_cannot_retry(document):
    other = Client()
    other.force_login(make_user())
    assert other.post(url("retry", document)).status_code == 404


# The public check


def test_check_page_opens_for_everyone_without_a_cookie(note):
    answer = Client().get(reverse("documents:verify"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "pdfsig" in answer.content.decode()


def test_our_file_is_recognized_with_its_reference(ready):
    page = upload(store.read(ready))
    assert "is unchanged" in page
    assert "NOTE-2026-7K3QXP" in page
    assert in_groups(ready.certificate) in page


def test_our_file_is_recognized_after_its_row_is_gone(ready):
    data = store.read(ready)
    Document.objects.visible_to(TESTS).delete()
    page = upload(data)
    assert "is unchanged" in page
    assert "NOTE-" not in page


def test_changed_file_is_called_changed(ready):
    data = bytearray(store.read(ready))
    data[200] ^= 1
    assert "has been changed" in upload(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Hello", "not a PDF"),
        (b"", "is empty"),
        (b"%PDF-1.7\n", "no seal of ours"),
        (b"%PDF-1.7\n" + bytes(LARGEST), "larger than 10 MB"),
        (b"%PDF-1.7\n" + bytes(3 * LARGEST), "larger than 10 MB"),
    ],
    ids=["text", "empty", "unsealed", "large", "very large"],
)
def test_strange_files_get_a_sentence(note, data, words):
    assert words in upload(data)


def test_check_needs_a_file_and_no_token(note):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("documents:verify"), {}).status_code == 200
    assert "not a PDF" in upload(b"Hello", strict)


def test_upload_is_not_kept(note, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    upload(b"%PDF-1.7\n" + bytes(LARGEST // 2))
    assert sorted(tmp_path.rglob("*")) == before
    assert not AuditEvent.objects.exists()


def test_certificates_are_shown_and_downloaded(note):
    earlier = seal_provider().identity()
    now = seal_provider().rotate()
    page = Client().get(reverse("documents:verify")).content.decode()
    for identity in (earlier, now):
        address = reverse("documents:certificate", args=[identity.fingerprint])
        assert address in page
        assert Client().get(address).content == identity.pem()
    assert page.index(now.fingerprint) < page.index(earlier.fingerprint)


@pytest.mark.parametrize("name", ["0" * 64, "seal", "..%2fseal"])
def test_unknown_certificate_is_404(note, name):
    seal_provider().identity()
    assert Client().get(f"/verify/certificates/{name}.pem").status_code == 404


def test_checking_files_without_end_is_limited(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify_document": "2/10m/ip"}
    path = reverse("documents:verify")
    answers = [client.post(path).status_code for _ in range(3)]
    assert answers[2] == 429 and 429 not in answers[:2]
    assert client.get(path).status_code == 200
