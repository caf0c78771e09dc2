"""Whatever is typed, posted, uploaded or asked for: an answer in words, never a 500.

Hypothesis draws from a fixed seed; each example's writes are undone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from organizations.forms import BeginForm
from tests.trust.test_every_url import OURS, ROWS
from tests.trust.test_two_worlds import own_paths
from tests.trust.world import World, build

pytestmark = pytest.mark.django_db

QUICK = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=int(os.environ.get("TRUST_EXAMPLES", "25")),  # a deep run asks for 1000
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ROLES = ("anonymous", "person", "representative", "expert", "coordinator", "officer", "approver",
         "auditor", "administrator")  # fmt: skip
NASTY = (
    "", " ", "\x00", "a\x00b", "\x1b[31m", "\ud800", "é" * 3000, "x" * 1_000_000, "\u202egnp.exe",
    "a" + "\u0301" * 40, "0", "-1", "1e999", "NaN", "９", "²", "9" * 5000, "2147483648",
    str(2**63), "0001-01-01", "9999-12-31", "9999-12-31T23:59", "0001-01-01T00:00", "2026-02-30",
    "' OR 1=1 --", "%s%(x)s{0.__class__}", "{{ 7*7 }}{% debug %}", "<script>", "=1+1", "../../etc",
    "//evil.example", "javascript:alert(1)", "a@b", "a\r\nBcc: x@y.example", "[]", "on", "null",
    "00000000-0000-4000-8000-000000000000", "en\x00", "xx-yy", "Africa/../../etc", "True",
)  # fmt: skip
TYPED = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.dates().map(str))
FILES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([
        b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>",
        b"PK\x03\x04" + b"\x00" * 40, b"\x89PNG\r\n\x1a\n" + b"\xff" * 60, b"GIF89a", b"MZ\x90",
        b"\xff\xd8\xff\xe0" + b"\x00" * 30, b"\xff\xfea", "Zoë, Kenya".encode("utf-16"), b"\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", b"a\n" * 5000,
    ]),
)  # fmt: skip
PARAMETERS = ("q", "page", "view", "state", "country", "kind", "expiring", "_fragment", "next",
              "action", "object_type", "object_id", "actor", "since", "until", "up_to", "language")  # fmt: skip
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*?\bname="([^"]+)"')
RIGHT = {200, 302, 400, 401, 403, 404, 405, 409, 413, 422, 429}


@pytest.fixture
def world() -> World:
    """The world of all suites."""
    return build()


def ask(client: Client, method: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the answer; what it changed is undone, also in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer: Any = getattr(client, method)(*args, **kwargs)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def forms_of(client: Client, world: World) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """Yield (path, fields with values that would pass) for every form that the role can post."""
    posted = [name for name in OURS if ROWS[name][0] == ("POST",) and ROWS[name][1] == ""]
    for path in [*own_paths(world), "/accounts/login/", "/accounts/signup/", "/verify/",
                 "/people/preferences/", "/accounts/password/reset/"]:  # fmt: skip
        answer: Any = ask(client, "get", path)
        if (
            answer.status_code != 200
            or answer.streaming
            or 'method="post"' not in answer.content.decode()
        ):
            continue
        form = (answer.context or {}).get("form")
        passing = {} if form is None else {n: passing_values(form, n) for n in form.fields}
        names = set(FIELD.findall(answer.content.decode())) | set(passing)
        yield path, {name: passing.get(name, ["1"]) for name in sorted(names)}
    for path in [reverse(name) for name in posted] + actions_on_own(world):
        yield path, {name: ["yes"] for name in ("token", "keep", "language", "next", "reason")}


def actions_on_own(world: World) -> list[str]:
    """Return the addresses that are only posted to, for what the cast has."""
    line = world.batch.lines.unguarded("test").first()
    return [
        reverse("organizations:submit", args=[world.organization.pk]),
        reverse("organizations:revise", args=[world.organization.pk]),
        reverse("organizations:remove_paper", args=[world.paper.pk]),
        reverse("recommendations:keep", args=[world.foreign["recommendation"].pk]),
        reverse("letters:commit", args=[world.batch.pk]),
        reverse("letters:keep", args=[line.pk]),
        reverse("letters:sign", args=[world.open_letter.pk]),
        reverse("letters:export", args=[world.closed_letter.pk, "office"]),
    ]


def passing_values(form: Any, name: str) -> list[Any]:
    """Return values for a field that are likely to pass: its initial one, its choices."""
    field = form.fields[name]
    choices = [str(value) for value, _label in getattr(field, "choices", ())][:4]
    initial = form.get_initial_for_field(field, name)
    return [value for value in (initial, *choices) if value not in (None, "")] or ["Some words"]


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks(world: World, role: str) -> None:
    client = world.client(role)
    forms = list(forms_of(client, world))
    assert len(forms) > 4

    @QUICK
    @given(st.data())
    def post(data: st.DataObject) -> None:
        path, fields = data.draw(st.sampled_from(forms))
        sent: dict[str, Any] = {}
        for name, passing in fields.items():
            how = data.draw(st.integers(0, 9))
            if name == "file":
                sent[name] = SimpleUploadedFile(data.draw(st.sampled_from(NAMES)), data.draw(FILES))
            elif how < 6:
                sent[name] = data.draw(st.sampled_from(passing))
            elif how < 9:
                sent[name] = data.draw(TYPED).encode("utf-8", "surrogatepass")
        answer = ask(client, "post", path, sent)
        assert answer.status_code in RIGHT, (path, sent)

    post()


NAMES = ("a.pdf", "../../x.png", "CON", "x" * 300 + ".txt", "\u202egnp.exe", "a\x00.pdf", "é.docx")


@pytest.mark.parametrize("role", ROLES)
def test_no_parameter_breaks(world: World, role: str) -> None:
    client = world.client(role)
    paths = [*own_paths(world), "/audit/", "/notices/", "/people/staff/", "/accounts/login/"]

    @QUICK
    @given(
        st.sampled_from(paths),
        st.dictionaries(st.sampled_from(PARAMETERS), TYPED, max_size=4),
        st.booleans(),
    )
    def get(path: str, asked: dict[str, str], htmx: bool) -> None:
        raw = {
            k: quote_from_bytes(v[:4000].encode("utf-8", "surrogatepass")) for k, v in asked.items()
        }
        query = "&".join(f"{k}={v}" for k, v in raw.items())
        joint = "&" if "?" in path else "?"
        answer = ask(
            client, "get", f"{path}{joint}{query}", headers={"hx-request": "true"} if htmx else {}
        )
        assert answer.status_code in RIGHT, (path, asked)

    get()


FILTERS = {
    "approver": (
        "/recommendations/?view=all&",
        ("q", "state", "country", "pillar", "topic", "owner", "addressee", "language", "page"),
    ),
    "auditor": ("/audit/?", ("action", "object_type", "actor", "since", "until", "up_to", "page")),
    "officer": ("/organizations/?view=experts-all&", ("q", "state", "country", "expiring", "page")),
    "representative": ("/letters/?", ("page", "_fragment")),
}


@pytest.mark.parametrize("role", FILTERS)
def test_every_parameter_alone_breaks_nothing(world: World, role: str) -> None:
    client = world.client(role)
    path, names = FILTERS[role]
    wrong = []
    for value in (*(v[:200] for v in NASTY), "audit.listed", "KE", "vetted"):
        query = quote_from_bytes(value.encode("utf-8", "surrogatepass"))
        for name in names:
            answer = ask(client, "get", f"{path}{name}={query}")
            if answer.status_code not in RIGHT:
                wrong.append((name, value, answer.status_code))
    assert not wrong


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"junk", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"a=%ff%00%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"a=1", "\x00"),
    ],
    ids=["json", "no parts", "half a part", "bad bytes", "many", "huge", "charset", "no kind"],
)  # fmt: skip
def test_no_body_breaks(world: World, body: bytes, kind: str) -> None:
    client = world.client("coordinator")
    for path in ("/verify/", "/language/", "/letters/new/", "/letters/bring-in/",
                 "/people/preferences/", "/notices/read/", "/organizations/new/expert/"):  # fmt: skip
        answer = ask(client, "generic", "POST", path, body, content_type=kind)
        assert answer.status_code in RIGHT, path


@pytest.mark.parametrize("role", ["anonymous", "representative", "auditor"])
def test_no_address_breaks(world: World, role: str) -> None:
    client = world.client(role)
    for word in (value[:300] for value in NASTY[::2]):
        part = quote_from_bytes(word.encode("utf-8", "surrogatepass"), safe="")
        for path in (f"/organizations/invitation/{part}/", f"/organizations/vouch/{part}/",
                     f"/letters/{part}/", f"/verify/certificates/{part}.pem", f"/audit/{part}/",
                     f"/notices/outbox/{part}/{world.paper.pk}/retry/", f"/{part}",
                     f"/letters/{world.open_letter.pk}/{part}/", f"/people/sessions/{part}/end/"):  # fmt: skip
            for method in ("get", "post"):
                assert ask(client, method, path).status_code in RIGHT, path


def test_form_that_breaks_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: a form that chokes on a date is found."""

    every_form = forms_of

    def choke(self: Any) -> Any:
        return int(self.data.get("level"))

    def only_these(client: Client, world: World) -> Any:
        return [form for form in every_form(client, world) if "/organizations/new/" in form[0]] * 3

    monkeypatch.setattr(BeginForm, "clean", choke)
    monkeypatch.setattr("tests.trust.test_never_500.forms_of", only_these)
    with pytest.raises(AssertionError):
        test_no_form_breaks(world, "person")


def test_huge_query_is_an_answer(world: World) -> None:
    client = world.client("officer")
    many = urlencode([("q", "x")] * 1500)
    assert ask(client, "get", f"/organizations/?{many}").status_code == 400
