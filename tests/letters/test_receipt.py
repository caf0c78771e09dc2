"""The Office's receipt: one sealed page, made once when a letter is acknowledged."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Audience, Level
from foundation.documents import store
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from letters import actions
from letters.documents.receipt import RECEIPT
from letters.enums import LetterState as S
from letters.enums import Mode
from letters.models import DeliveryStep, Letter
from letters.text import spaced
from letters.text.receipts import RECEIPT_WORDS, day_of, receipt_words
from tests.factories import make_officer, make_user
from tests.letters.factories import make_ask, make_letter, make_name

pytestmark = pytest.mark.django_db
FILE_HASH = "5e" * 32


def delivered(**fields: Any) -> Letter:
    """Return a letter that was delivered, with the hash of its file on record."""
    letter = make_letter(state=S.DELIVERED, **fields)
    signer = make_user(name="Ada Hidden")
    make_name(letter, signed_by=signer, mode=Mode.OFFICE, organization_name="Aldern Law Clinic")
    letter.signer = signer
    DeliveryStep.objects.create(letter=letter, state=S.DELIVERED, file_hash=FILE_HASH)
    return letter


def acknowledged(**fields: Any) -> tuple[Letter, Document]:
    letter = delivered(**fields)
    actions.acknowledge(letter=letter, by=make_officer())
    return letter, Document.objects.unguarded("test").of_source(letter.pk).get()


def flat(text: str) -> str:
    return "".join(text.split())


def test_receipt_says_what_came_and_names_nobody() -> None:
    letter, document = acknowledged(level=Level.PUBLIC)
    data = store.read(render_now(document))
    pdf = pypdfium2.PdfDocument(data)
    assert len(pdf) == 1
    words = flat(pdf[0].get_textpage().get_text_range())
    for said in (
        f"The {settings.OFFICE_NAME} has received the joint letter",
        letter.reference,
        letter.network.printed_name(),
        letter.subject,
        day_of(letter.delivered_at.date(), "en"),
        spaced(letter.frozen.sha256),
        spaced(FILE_HASH),
        letter.verify_url().partition("://")[2],
        "by an engagement officer, on behalf of the Office",
    ):
        assert flat(said) in words, said
    reader = pypdf.PdfReader(io.BytesIO(data))
    everything = words + str(reader.metadata) + reader.xmp_metadata.stream.get_data().decode()
    officer = Letter.objects.unguarded("test").get(pk=letter.pk).owner.display_name()
    for name in ("Ada Hidden", "AdaHidden", "Aldern", officer, flat(officer)):
        assert name not in everything
    assert b"/ByteRange" in data


@pytest.mark.parametrize("language", RECEIPT_WORDS)
def test_receipt_is_one_page_in_each_language(language: str) -> None:
    _letter, document = acknowledged(language=language)
    data = store.read(render_now(document))
    if folder := os.environ.get("LOOK_AT"):
        (Path(folder) / f"receipt-{language}.pdf").write_bytes(data)
    pdf = pypdfium2.PdfDocument(data)
    assert len(pdf) == 1
    if language != "ar":  # its letters are joined; the paper's tests read them
        words = flat(pdf[0].get_textpage().get_text_range())
        assert flat(receipt_words(language).no_answer_yet) in words


def test_receipt_is_made_once_whoever_acknowledges_how() -> None:
    _letter, document = acknowledged()
    assert document.kind == RECEIPT.name
    letter = delivered()
    make_ask(letter)
    make_ask(letter)
    assert Document.objects.unguarded("test").of_source(letter.pk).count() == 1


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_receipt_is_seen_with_the_letter(level: int) -> None:
    letter, document = acknowledged(level=level)
    for viewer in (letter.signer, letter.created_by, make_officer(), Audience(Level.OFFICE)):
        assert Document.objects.visible_to(viewer).get() == document
    for viewer in (AnonymousUser(), make_user(), Audience(Level.PUBLIC)):
        assert Document.objects.visible_to(viewer).exists() is (level == Level.PUBLIC)
    assert document.level == level


def test_receipt_is_offered_to_who_signed(client: Client) -> None:
    letter, document = acknowledged()
    client.force_login(letter.signer)
    path = reverse("documents:progress", args=[document.pk])
    assert path in client.get(reverse("letters:answers", args=[letter.pk])).content.decode()
    assert client.get(path).status_code == 200
    client.force_login(make_user())
    assert client.get(path).status_code == 404


def test_receipt_of_a_letter_delivered_long_ago_leaves_the_file_out() -> None:
    letter = make_letter(state=S.DELIVERED)
    letter = actions.acknowledge(letter=letter, by=make_officer())
    html = RECEIPT.sheet(Document.objects.unguarded("test").of_source(letter.pk).get()).html
    assert "file that was delivered" not in html
    assert letter.reference in html


@pytest.mark.parametrize(("language", "day"), [
    ("en", "24 January 2018"), ("ru", "24 января 2018 г."), ("zh", "2018年1月24日"),
    ("es", "24 de enero de 2018"), ("xx", "24 January 2018"),
])  # fmt: skip
def test_day_is_written_as_the_language_writes_it(language: str, day: str) -> None:
    assert day_of(date(2018, 1, 24), language) == day
