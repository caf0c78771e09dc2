"""Forms that survive double posts and meet another person's edit without losing a word."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from foundation.web.forms import (
    EditConflict,
    TokenForm,
    VersionedForm,
    claim_version,
    once,
    once_in_secret,
)
from foundation.web.models import FormReceipt
from foundation.web.tasks import forget_old_receipts
from tests.races import together

racing = pytest.mark.django_db(transaction=True)


class NameForm(TokenForm):
    name = forms.CharField()


class NameEdit(VersionedForm):
    name = forms.CharField()


def filled(token: uuid.UUID | str | None, **fields: str) -> NameForm:
    data = {"name": "Zahra", **fields}
    if token:
        data["token"] = str(token)
    form = NameForm(data)
    assert form.is_valid(), form.errors
    return form


def make_person(mark: str = "") -> str:
    user = User.objects.create_user(f"{mark}{uuid.uuid4()}@portal.example")
    return f"/people/{user.pk}/"


@racing
def test_twenty_parallel_posts_of_one_form_make_one_row() -> None:
    token = uuid.uuid4()
    answers = together(lambda number: once(filled(token), None, make_person))
    assert User.objects.count() == 1
    assert set(answers) == {f"/people/{User.objects.get().pk}/"}


@racing
def test_twenty_parallel_posts_without_the_token_make_twenty() -> None:
    """The positive control: it is the token that made one of twenty."""
    together(lambda number: once(filled(None), None, make_person))
    assert User.objects.count() == 20


@racing
def test_a_later_post_of_the_same_form_finds_the_first_answer() -> None:
    token = uuid.uuid4()
    assert once(filled(token), None, make_person) == once(filled(token), None, make_person)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_failed_may_be_posted_again() -> None:
    token = uuid.uuid4()

    def fail() -> str:
        make_person()
        raise EditConflict

    with pytest.raises(EditConflict):
        once(filled(token), None, fail)
    assert not User.objects.exists()
    assert once(filled(token), None, make_person)


@pytest.mark.django_db
def test_two_people_with_the_same_token_do_not_meet() -> None:
    """A token is no secret: neither person gets the other's answer, neither acts twice."""
    one, other = (User.objects.create_user(f"{name}@portal.example") for name in ("one", "other"))
    token = uuid.uuid4()
    first = once(filled(token), one, lambda: make_person("a"))
    second = once(filled(token), other, lambda: make_person("b"))
    assert first != second
    assert once(filled(token), one, lambda: make_person("c")) == first
    assert once(filled(token), other, lambda: make_person("d")) == second
    assert User.objects.count() == 4


@racing
def test_twenty_parallel_posts_in_secret_make_one_row_and_a_receipt_that_leads_nowhere() -> None:
    one = User.objects.create_user("one@portal.example")
    token = uuid.uuid4()
    answers = together(
        lambda number: once_in_secret(filled(token), one, make_person, "/letters/here/")
    )
    assert set(answers) == {"/letters/here/"}
    assert User.objects.count() == 2
    receipt = FormReceipt.objects.get()
    assert (receipt.user_id, receipt.answer) == (None, "")
    assert receipt.token not in (token, one.pk)
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert receipt.created_at == midnight


@pytest.mark.django_db
def test_two_people_with_the_same_token_in_secret_both_act() -> None:
    one, other = (User.objects.create_user(f"{name}@portal.example") for name in ("one", "other"))
    token = uuid.uuid4()
    for person in (one, other, one):
        once_in_secret(filled(token), person, make_person, "/")
    assert User.objects.count() == 4


@pytest.mark.django_db
def test_a_long_address_of_the_answer_is_kept() -> None:
    address = "/letters/?" + "q" * 2000
    token = uuid.uuid4()
    assert once(filled(token), None, lambda: address) == address
    assert once(filled(token), None, lambda: "/other/") == address


def test_every_rendered_form_has_a_token_of_its_own() -> None:
    first, second = NameForm(), NameForm()
    assert 'type="hidden"' in str(first["token"])
    assert first["token"].value() == first["token"].value()
    assert first["token"].value() != second["token"].value()


@pytest.mark.parametrize("token", ["", "no-token", "\x00", "1" * 10_000])
def test_a_broken_token_is_no_error_of_the_server(token: str) -> None:
    NameForm({"name": "Zahra", "token": token}).is_valid()


def test_a_form_with_mistakes_keeps_its_token_and_what_was_typed() -> None:
    token = uuid.uuid4()
    form = NameForm({"name": "", "token": str(token)})
    assert not form.is_valid()
    assert str(form["token"].value()) == str(token)


# Versions -------------------------------------------------------------------------------------
@racing
def test_of_twenty_parallel_edits_one_is_accepted_and_nineteen_are_told() -> None:
    user = User.objects.create_user("edited@portal.example", name="before")

    def edit(number: int) -> str:
        row = User.objects.get(pk=user.pk)
        form = NameEdit({"name": f"edit {number}", "version": "0", "token": str(uuid.uuid4())})
        assert form.is_valid()
        try:
            with transaction.atomic():
                claim_version(row, form.cleaned_data["version"])
                row.name = form.cleaned_data["name"]
                row.save(update_fields=["name"])
        except EditConflict:
            form.add_conflict()
            assert form["name"].value() == f"edit {number}", "what was typed is given back"
            return "told" if form.non_field_errors() else "silent"
        return "accepted"

    answers = together(edit)
    assert sorted(answers) == ["accepted"] + ["told"] * 19
    user.refresh_from_db()
    assert (user.version, user.name[:5]) == (1, "edit ")


@racing
def test_without_the_version_the_last_of_twenty_wins_silently() -> None:
    """The positive control."""
    user = User.objects.create_user("edited@portal.example", name="before")

    def edit(number: int) -> int:
        return User.objects.filter(pk=user.pk).update(name=f"edit {number}")

    assert together(edit) == [1] * 20


@pytest.mark.django_db
def test_after_a_conflict_the_form_can_be_saved_again_on_purpose() -> None:
    user = User.objects.create_user("edited@portal.example", version=3)
    form = NameEdit({"name": "mine", "version": "1"}, prefix=None)
    assert form.is_valid()
    with pytest.raises(EditConflict):
        claim_version(user, form.cleaned_data["version"])
    form.add_conflict(user)
    again = NameEdit(data={name: form[name].value() for name in form.fields})
    assert again.is_valid()
    claim_version(user, again.cleaned_data["version"])
    assert user.version == 4


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", [None, "a"])
def test_a_conflict_reads_the_version_that_stands_now(prefix: str | None) -> None:
    """The row in hand may be old; data may come as Django's immutable QueryDict."""
    user = User.objects.create_user("edited@portal.example", version=1)
    User.objects.filter(pk=user.pk).update(version=7)
    start = f"{prefix}-" if prefix else ""
    form = NameEdit(QueryDict(f"{start}name=mine&{start}version=1"), prefix=prefix)
    assert form.is_valid()
    form.add_conflict(user)
    assert form["version"].value() == "7"


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 400])
def test_a_broken_version_is_refused(version: str) -> None:
    assert not NameEdit({"name": "x", "version": version}).is_valid()


@pytest.mark.django_db
def test_a_version_beyond_the_column_is_a_conflict() -> None:
    user = User.objects.create_user("edited@portal.example")
    with pytest.raises(EditConflict):
        claim_version(user, 2**40)


def receipt(age: timedelta) -> FormReceipt:
    made = FormReceipt.objects.create(token=uuid.uuid4())
    FormReceipt.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    return made


@pytest.mark.django_db
def test_receipts_are_forgotten_after_a_week() -> None:
    receipt(timedelta(days=8))
    kept = receipt(timedelta(days=6))
    forget_old_receipts()
    forget_old_receipts()
    assert FormReceipt.objects.get() == kept
