"""Forms for people without account: programs are noticed, nobody solves a riddle."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from foundation.web.fields import NamePartField
from foundation.web.guarding import CODES, TOO_OLD, GuardedForm, suspicion


class AskForm(GuardedForm):
    name = NamePartField(label="Name")


BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0", "HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets seconds pass for stamps: `clock(3)`."""
    now = [time.time()]
    monkeypatch.setattr("django.core.signing.time.time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def shown() -> dict[str, str]:
    """What a browser would send of a form that was just shown."""
    form = AskForm()
    fields = {name: str(form[name].value() or "") for name in ("token", "opened", "homepage")}
    return {**fields, "name": "Zahra"}


def found(data: dict[str, str], browser: dict[str, str] = BROWSER) -> list[str]:
    form = AskForm(data)
    assert form.is_valid(), form.errors
    request: HttpRequest = RequestFactory().post("/", **browser)
    return suspicion(form, request)


def test_a_person_is_not_suspected(clock: Any) -> None:
    data = shown()
    clock(3)
    assert found(data) == []


def test_a_person_who_corrects_a_mistake_is_not_suspected(clock: Any) -> None:
    data = shown()
    clock(5)
    wrong = AskForm({**data, "name": ""})
    assert not wrong.is_valid()
    again = {name: str(wrong[name].value()) for name in ("token", "opened")}
    assert found({**again, "name": "Zahra"}) == []


@pytest.mark.parametrize(
    ("change", "seconds", "codes"),
    [
        ({"homepage": "https://shop.example"}, 5, ["trap"]),
        ({}, 1, ["too_fast"]),
        ({}, TOO_OLD + 1, ["too_old"]),
        ({"opened": ""}, 5, ["unsigned"]),
        ({"opened": "00000000-0000-4000-8000-000000000000:x:y"}, 5, ["unsigned"]),
        ({"token": "11111111-1111-4111-8111-111111111111"}, 5, ["unsigned"]),
        ({"homepage": "x", "opened": ""}, 5, ["trap", "unsigned"]),
    ],
)
def test_a_program_is_noticed(
    clock: Any, change: dict[str, str], seconds: int, codes: list[str]
) -> None:
    data = {**shown(), **change}
    clock(seconds)
    assert found(data) == codes
    assert set(codes) <= set(CODES)


def test_what_is_no_browser_is_noticed(clock: Any) -> None:
    data = shown()
    clock(5)
    assert found(data, {"HTTP_USER_AGENT": "x"}) == ["no_browser"]
    assert found(data, {}) == ["no_browser"]


def test_the_trap_is_out_of_everybodys_way() -> None:
    for source in ("{{ form }}", "{{ form.guard }}"):
        html = Template(source).render(Context({"form": AskForm()}))
        assert 'class="away" aria-hidden="true"' in html
        assert 'tabindex="-1"' in html
        assert 'autocomplete="off"' in html
        assert 'name="opened"' in html
        assert 'name="token"' in html
        assert "<script" not in html


def test_without_a_trap_nothing_is_hidden() -> None:
    """The control: it is the field's word that hides it."""

    class Plain(forms.Form):
        homepage = forms.CharField()

    assert "away" not in Template("{{ form }}").render(Context({"form": Plain()}))


@pytest.mark.parametrize(
    "name",
    [
        "=1+1", "+41 22 000", "-2", "@handle", " =A1", "'=A1", "＝A1", "“@x”",
        "Buy at https://shop.example", "www.shop.example", "WWW.SHOP.EXAMPLE", "shop.example/now",
        "write to me@shop.example", "ftp://shop.example",
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_with_the_reason(name: str) -> None:
    form = AskForm({"name": name})
    assert not form.is_valid()
    assert form.errors["name"][0].startswith("A name ")


@pytest.mark.parametrize(
    "name",
    [
        "Anne-Marie O’Neill", "350.example", "Law + Order Clinic", "A = B Collective", "N@body Left",
        "“Hope” Foundation", "الشبكة العربية", "Étude & Co. / Büro", "Dr. A. B. Noor, Ph.D.",
        "Réseau (R.A.P.)", "St. Mary's, St.Gallen", "– Aldern –",
    ],
)  # fmt: skip
def test_unusual_names_are_names(name: str) -> None:
    form = AskForm({"name": name})
    assert form.is_valid(), form.errors


def test_a_name_that_stands_is_left_alone_where_it_cannot_be_changed() -> None:
    form = AskForm({}, initial={"name": "+Peace"})
    form.fields["name"].disabled = True
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "+Peace"
