"""Translations: texts of their own, approved and fixed, marked, and signed by nobody."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from foundation.workflow import NotYours, Refused
from letters import actions
from letters.enums import LetterState as S
from letters.models import FrozenText, Letter, Revision, Translation
from letters.text.wordings import TRANSLATED_FROM, translated_from
from tests.factories import make_officer
from tests.letters.factories import make_letter, make_name, make_signer
from tests.letters.test_leading import again, make_led

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
FRENCH = {"subject": "Visites de pays", "body": "Nous écrivons.", "salutation": "Excellence,"}


def translated(letter: Letter, by, language: str = "fr", **words) -> Translation:
    """Return a translation that was written."""
    draft = actions.begin_translation(letter=letter, language=language, by=by)
    return actions.edit_translation(translation=draft, version=0, by=by, **{**FRENCH, **words})


def fixed(letter: Letter) -> list[FrozenText]:
    return list(FrozenText.objects.filter(letter=letter, translates__isnull=False).order_by("pk"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", LANGUAGES)
def test_every_pair_of_languages_has_its_mark(language, source):
    assert translated_from(language, source) == TRANSLATED_FROM[language][source]
    assert len({translated_from(language, one) for one in LANGUAGES}) == 6


def test_translation_approved_in_the_draft_is_fixed_with_the_letter():
    letter, (lead,), _ = make_led(1)
    draft, other = translated(letter, lead), translated(letter, lead, "es")
    assert actions.approve_translation(translation=draft, by=lead) is None
    opened = actions.open_for_sign_on(letter=letter, by=lead)
    (text,) = fixed(letter)
    assert (text.language, text.translates, text.number) == ("fr", opened.frozen, 1)
    assert text.translated_from == "Traduit de l’anglais"
    assert text.text().body == "Nous écrivons." and other.language == "es"
    assert opened.frozen.translated_from == ""


def test_translation_edited_after_its_approval_is_not_fixed():
    letter, (lead,), _ = make_led(1)
    draft = translated(letter, lead)
    actions.approve_translation(translation=draft, by=lead)
    actions.edit_translation(translation=draft, version=1, by=lead, body="Autrement.")
    actions.open_for_sign_on(letter=letter, by=lead)
    assert fixed(letter) == []


@pytest.mark.parametrize("state", [S.OPEN, S.CLOSED, S.DELIVERED])
def test_translation_approved_later_is_fixed_at_once(state):
    letter, (one, two), _ = make_led(2, state=state)
    draft = translated(letter, one)
    assert actions.approve_translation(translation=draft, by=one) is None
    text = actions.approve_translation(translation=draft, by=two)
    assert fixed(letter) == [text]
    assert again(letter).frozen == letter.frozen  # the authentic text stays in force


def test_translation_corrected_later_is_another_text():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    draft = translated(letter, lead)
    actions.approve_translation(translation=draft, by=lead)
    actions.edit_translation(translation=draft, version=1, by=lead, body="Autrement.")
    actions.approve_translation(translation=draft, by=lead)
    assert [(text.number, text.text().body) for text in fixed(letter)] == [
        (1, "Nous écrivons."),
        (2, "Autrement."),
    ]


def test_translation_waits_for_the_correction_that_is_under_way():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    draft = translated(letter, lead)
    actions.approve_translation(translation=draft, by=lead)
    correction = actions.begin_correction(letter=letter, reason="Why", by=lead)
    actions.edit_correction(correction=correction, version=0, by=lead, body="Another.")
    actions.edit_translation(translation=draft, version=1, by=lead, body="Autrement.")
    assert actions.approve_translation(translation=draft, by=lead) is None
    corrected = actions.correct(letter=letter, by=lead)
    assert [text.translates.number for text in fixed(letter)] == [1, 2]
    assert fixed(letter)[1].translates == corrected.frozen


@pytest.mark.parametrize("role", ["officer", "signer"])
def test_translation_is_the_coordinators_matter(role):
    letter, (_lead,), (other,) = make_led(1, 1)
    by = make_officer() if role == "officer" else make_signer()[0]
    with pytest.raises(NotYours):
        actions.begin_translation(letter=letter, language="fr", by=by)
    draft = translated(letter, other)  # any coordinator writes
    with pytest.raises(NotYours):
        actions.edit_translation(translation=draft, version=1, by=by, body="x")
    for one in (by, other):  # a lead approves
        with pytest.raises(NotYours):
            actions.approve_translation(translation=draft, by=one)
    assert not Translation.objects.visible_to(by).exists()


def test_translation_into_the_own_language_or_twice_is_refused():
    letter, (lead,), _ = make_led(1)
    translated(letter, lead)
    for language in ("en", "fr"):
        with pytest.raises(Refused):
            actions.begin_translation(letter=letter, language=language, by=lead)


def test_translation_without_a_text_is_not_approved():
    letter, (lead,), _ = make_led(1)
    draft = actions.begin_translation(letter=letter, language="fr", by=lead)
    with pytest.raises(Refused, match="needs"):
        actions.approve_translation(translation=draft, by=lead)


def test_nobody_signs_a_translation():
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    text = actions.approve_translation(translation=translated(letter, lead), by=lead)
    signer, organization = make_signer()
    name = actions.sign(letter=letter, mode="public", by=signer, organization_id=organization.pk)
    assert name.text == letter.frozen
    with pytest.raises(IntegrityError), transaction.atomic():
        make_name(letter, text=text)
        connection.check_constraints()


def test_revisions_of_a_translation_are_counted_by_themselves():
    letter, (lead,), _ = make_led(1)
    actions.edit(letter=letter, version=0, by=lead, body="One.")
    translated(letter, lead)
    rows = Revision.objects.visible_to(lead)
    assert [one.number for one in rows.of_draft(letter, "fr")] == [1]
    assert [one.number for one in rows.of_draft(letter)] == [1]


def test_translation_is_read_with_the_letter_and_marked(client):
    letter, (lead,), _ = make_led(1, state=S.DELIVERED, level=10)
    text = actions.approve_translation(translation=translated(letter, lead), by=lead)
    page = reverse("letters:translated", args=[letter.pk, "fr"])
    body = client.get(page).content.decode()
    assert "Traduit de l’anglais" in body and "Nous écrivons." in body
    assert text.sha256[:8] in body and letter.frozen.sha256[:8] in body
    assert page in client.get(letter.get_absolute_url()).content.decode()
    assert letter.get_absolute_url() in body
    assert client.get(reverse("letters:translated", args=[letter.pk, "es"])).status_code == 404
    hidden, (lead,), _ = make_led(1, state=S.OPEN)
    actions.approve_translation(translation=translated(hidden, lead), by=lead)
    path = reverse("letters:translated", args=[hidden.pk, "fr"])
    assert client.get(path).status_code == 404
    assert not Letter.objects.visible_to(AnonymousUser()).filter(pk=hidden.pk).exists()


def test_translation_is_begun_written_and_approved_on_its_pages(client):
    letter, (lead,), _ = make_led(1, state=S.OPEN)
    client.force_login(lead)
    listed = reverse("letters:translations", args=[letter.pk])
    page = reverse("letters:translation", args=[letter.pk, "ar"])
    assert client.get(page).status_code == 404
    answer = client.post(listed, {"language": "ar", "token": uuid.uuid4()})
    assert answer.headers["Location"] == page
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= {"subject": "زيارات", "body": "نكتب إليكم.", "token": uuid.uuid4()}
    preview = client.post(page, {**data, "preview": "yes"}).content.decode()
    assert 'dir="rtl"' in preview and "As it will print" in preview
    assert client.post(page, data).status_code == 302
    approve = reverse("letters:approve_translation", args=[letter.pk, "ar"])
    assert client.get(approve).status_code == 200
    client.post(approve, {"token": uuid.uuid4()})
    assert "fixed on" in client.get(listed).content.decode()
    read = client.get(reverse("letters:translated", args=[letter.pk, "ar"])).content.decode()
    assert "مترجم من الإنكليزية" in read


@pytest.mark.parametrize("language", ["xx", "en", "fr"])
def test_translation_that_is_not_there_is_404(client, language):
    letter = make_letter(state=S.DELIVERED, level=10)
    assert client.get(reverse("letters:translated", args=[letter.pk, language])).status_code == 404
