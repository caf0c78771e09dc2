"""The sealed copies: who may see which, what each names, made once."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from foundation.confidentiality import Audience, Level, SystemActor
from foundation.documents import store
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from foundation.workflow import NotYours, WrongState
from letters.actions import deliver
from letters.actions.exporting import request_copy
from letters.documents import OFFICE_COPY, PUBLIC_COPY, copies_for, main_copy
from letters.enums import Arrangement, LetterState, Mode
from tests.factories import make_officer, make_user
from tests.letters.factories import make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db
HIDDEN = "Hidden Valley Circle"


@pytest.fixture
def letter():
    """A closed public letter with one public and six hidden names."""
    made = make_letter(state=LetterState.CLOSED, level=Level.PUBLIC)
    make_name(made, mode=Mode.PUBLIC)
    for number in range(6):
        make_name(made, mode=Mode.OFFICE, organization_name=f"{HIDDEN} {number}")
    return made


def made(letter, copy) -> bytes:
    """Return the finished copy."""
    return store.read(render_now(request_copy(letter=letter, copy=copy, by=letter.created_by)))


def words_of(data: bytes) -> str:
    """Return all text of a PDF as Chrome's engine reads it."""
    pdf = pypdfium2.PdfDocument(data)
    pages = [pdf[number] for number in range(len(pdf))]
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_public_copy_names_nobody_who_is_hidden_anywhere_in_the_file(letter):
    data = made(letter, "public")
    assert "Aldern Law Clinic" in words_of(data)
    assert "and 6 others who are not named here" in words_of(data)
    reader = pypdf.PdfReader(io.BytesIO(data))
    everything = words_of(data) + str(reader.metadata) + str(reader.attachments)
    everything += reader.xmp_metadata.stream.get_data().decode() + str(reader.outline)
    assert HIDDEN not in everything


def test_office_copy_names_everyone(letter):
    words = words_of(made(letter, "office"))
    assert "Aldern Law Clinic" in words
    assert words.count(HIDDEN) == 6


def test_copy_with_four_hidden_names_counts_none_of_them():
    letter = make_letter(state=LetterState.CLOSED, level=Level.PUBLIC)
    make_name(letter, mode=Mode.PUBLIC)
    for number in range(4):
        make_name(letter, mode=Mode.OFFICE, organization_name=f"{HIDDEN} {number}")
    assert "others" not in words_of(made(letter, "public"))


def test_main_copy_is_the_public_one_where_every_name_is_public(letter):
    assert main_copy(letter) is OFFICE_COPY
    plain = make_letter(state=LetterState.CLOSED)
    make_name(plain, mode=Mode.PUBLIC)
    assert main_copy(plain) is PUBLIC_COPY


def test_copy_asked_for_twice_is_made_once_and_anew_when_the_list_changes(letter):
    first = request_copy(letter=letter, copy="public", by=letter.created_by)
    assert request_copy(letter=letter, copy="public", by=letter.created_by) == first
    make_name(letter, mode=Mode.PUBLIC, organization_name="Open Valley Circle")
    assert request_copy(letter=letter, copy="public", by=letter.created_by) != first


def test_copy_of_an_open_letter_is_refused():
    letter = make_letter(state=LetterState.OPEN)
    with pytest.raises(WrongState):
        request_copy(letter=letter, copy="main", by=letter.created_by)


def test_copy_is_asked_for_by_coordinators_only(letter):
    for other in (make_officer(), make_signer()[0], make_letter().created_by):
        with pytest.raises(NotYours):
            request_copy(letter=letter, copy="public", by=other)


@pytest.mark.parametrize(
    ("state", "level", "public_seen", "office_seen"),
    [
        (LetterState.CLOSED, Level.PUBLIC, set(), set()),
        (LetterState.DELIVERED, Level.PUBLIC, {"anyone", "stranger", "officer"}, {"officer"}),
        (LetterState.DELIVERED, Level.OFFICE, {"officer"}, {"officer"}),
    ],
)
def test_copies_are_seen_by(state, level, public_seen, office_seen):
    letter = make_letter(state=state, level=level)
    make_name(letter, mode=Mode.PUBLIC)
    make_name(letter, mode=Mode.OFFICE)
    documents = {
        copy: request_copy(letter=letter, copy=copy, by=letter.created_by)
        for copy in ("public", "office")
    }
    viewers = {"anyone": AnonymousUser(), "stranger": make_user(), "officer": make_officer()}
    for copy, expected in (("public", public_seen), ("office", office_seen)):
        seen = {
            name
            for name, viewer in viewers.items()
            if Document.objects.visible_to(viewer).filter(pk=documents[copy].pk).exists()
        }
        assert seen == expected, copy
        assert Document.objects.visible_to(letter.created_by).filter(pk=documents[copy].pk)
    for_everyone = Document.objects.visible_to(Audience(Level.PUBLIC))
    assert for_everyone.exists() is (state == LetterState.DELIVERED and level == Level.PUBLIC)


def test_download_of_an_invisible_copy_is_404(client, letter):
    document = request_copy(letter=letter, copy="office", by=letter.created_by)
    client.force_login(make_user())
    for name in ("progress", "download"):
        assert client.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 404


def test_delivery_is_offered_once_the_sealed_copy_is_made_and_not_while_it_is_being_made(
    client, letter
):
    client.force_login(letter.created_by)
    page, step = letter.get_absolute_url(), reverse("letters:step", args=[letter.pk, "deliver"])
    request_copy(letter=letter, copy="main", by=letter.created_by)
    assert step not in client.get(page).content.decode()
    made(letter, "main")
    assert step in client.get(page).content.decode()


def test_letter_with_its_sealed_copy_is_delivered(letter):
    made(letter, "main")
    delivered = deliver(letter=letter, by=letter.created_by)
    assert delivered.state == LetterState.DELIVERED


def test_copy_of_a_delivered_letter_stays_the_one_that_was_delivered(letter, settings):
    first = request_copy(letter=letter, copy="main", by=letter.created_by)
    render_now(first)
    settings.SITE_URL = "https://elsewhere.example"
    assert request_copy(letter=letter, copy="main", by=letter.created_by) != first
    settings.SITE_URL = "http://localhost:8000"
    delivered = deliver(letter=letter, by=letter.created_by)
    settings.SITE_URL = "https://elsewhere.example"
    assert request_copy(letter=delivered, copy="main", by=letter.created_by) == first
    assert [copy.ready for copy in copies_for(make_officer(), delivered)] == [True]


def test_copies_offered_to_the_coordinator(letter):
    offered = copies_for(letter.created_by, letter)
    assert [copy.key for copy in offered] == ["office", "public"]
    assert all(copy.may_make for copy in offered)
    assert copies_for(AnonymousUser(), letter) == []


def test_list_as_printed_keeps_its_order_and_grouped_sorts_by_name():
    letter = make_letter(
        state=LetterState.CLOSED, arrangement=Arrangement.AS_PRINTED, grouped=False
    )
    make_name(letter, organization_name="Zephyr House", position=1)
    make_name(letter, organization_name="Écoute", position=2)
    make_name(letter, organization_name="Delta Forum", position=3)
    words = words_of(made(letter, "public"))
    assert words.index("Zephyr") < words.index("Écoute") < words.index("Delta")
    letter.arrangement, letter.grouped = Arrangement.NAME, True
    letter.save()
    words = words_of(made(letter, "public"))
    assert words.index("Delta") < words.index("Écoute") < words.index("Zephyr")


def test_source_gone_fails_with_a_reason(letter):
    document = request_copy(letter=letter, copy="public", by=letter.created_by)
    kind = document.described
    document.source_id = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(LookupError):
        kind.sheet(document)
    assert Document.objects.visible_to(SystemActor("test")).count() == 1
