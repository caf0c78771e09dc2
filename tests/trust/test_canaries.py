"""Canaries: names that stand in hidden rows only are looked for in everything that leaves.

Looked through, each decoded first: pages, headers, downloads and error pages of every role that
may not know them; mails, notices, the log's facts and sentences, log lines, messages to workers,
what rows are called, the text, metadata and attachments of the public PDF.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import logging
import quopri
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote

import pypdf
import pytest

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.confidentiality import Level
from foundation.documents import store
from foundation.documents.workshop import render_now
from foundation.notifications import outbox, tasks
from foundation.notifications.mailbox import ProtectedNotification
from foundation.notifications.models import Notice, Outbox, SecurityMail
from foundation.notifications.outbox import notify
from foundation.notifications.presenting import ShownNotice
from foundation.notifications.registry import Notification, notification, registered
from letters.actions.exporting import request_copy
from letters.enums import Mode
from organizations.actions import invite, submit
from organizations.models import Organization, Vouch
from tests.factories import make_decision, make_organization, make_user
from tests.letters.factories import make_letter, make_name
from tests.meetings.factories import make_commitment, make_meeting, make_note, make_participant
from tests.trust.test_two_worlds import own_paths
from tests.trust.world import ROLES, World, build, guarded_models, make_paper

pytestmark = pytest.mark.django_db

LATIN, ARABIC, CYRILLIC, CHINESE = "Zophariel Quince", "زفرئيل القنبري", "Зофариэль", "佐法里埃尔社"
CANARIES = (LATIN, "zophariel.quince", ARABIC, CYRILLIC, CHINESE)
OUTSIDERS = [role for role in ROLES if role not in ("approver", "coordinator")]


def forms_of(canary: str) -> set[str]:
    """Return the ways in which a name may be written: folded, taken apart, coded, hashed."""
    raw = canary.encode()
    return {
        canary.casefold(),
        unicodedata.normalize("NFD", canary).casefold(),
        canary.replace(" ", "-").casefold(),
        quote(canary).casefold(),
        base64.b64encode(raw).decode().rstrip("=").casefold()[:-2],
        quopri.encodestring(raw).decode().casefold().strip(),
        raw.hex(),
        canary.encode("unicode_escape").decode().casefold(),
        *(hashlib.new(name, raw).hexdigest() for name in ("md5", "sha1", "sha256")),
    }


FORMS = {canary: forms_of(canary) for canary in CANARIES}


def found_in(text: str) -> set[str]:
    """Return the canaries that `text` tells, however they are written."""
    read = f"{text}\n{html.unescape(text)}\n{unquote(text)}".casefold()
    return {canary for canary, forms in FORMS.items() if any(form in read for form in forms)}


def plant(world: World) -> Organization:
    """Put the canaries into hidden rows of every kind, by the doors that people use."""
    keeper = make_user("zophariel.quince@far.example", name=LATIN)
    entry = make_organization(
        state="draft", level=Level.NAMED_OFFICERS, representative=keeper, name=ARABIC,
        acronym=CHINESE, about=LATIN, other_names=[{"name": CYRILLIC, "language": "ru"}],
    )  # fmt: skip
    submit(registration=entry, by=keeper)
    invite(organization=entry, email="zophariel.quince@far.example", role="contributor", by=keeper)
    make_paper(entry, keeper, title=LATIN)
    make_decision(entry, world.cast["approver"])
    by = {"by_organization": entry, "by_user": keeper, "text": CYRILLIC}
    Vouch(organization=world.published, **by).save()
    hidden = {"mode": Mode.OFFICE, "organization_name": LATIN, "place_as_stated": CYRILLIC}
    for letter in (world.open_letter, world.closed_letter):
        make_name(letter, **hidden, raw=f"{LATIN}, {ARABIC}", signed_by=keeper, organization=entry)
    make_letter(network=world.network, subject=LATIN, body=CHINESE, by=keeper)
    meeting = make_meeting(
        state="held", level=Level.NAMED_OFFICERS, organization=entry, by=keeper, purpose=LATIN,
        text=ARABIC, place=CYRILLIC, access_needs=CHINESE, owner=world.cast["approver"],
    )  # fmt: skip
    make_participant(meeting, user=keeper, name=LATIN, function=CYRILLIC)
    make_note(meeting, points=LATIN, replies=CHINESE)
    make_commitment(meeting, text=ARABIC)
    return entry


def pages(world: World, role: str) -> Iterable[tuple[str, str]]:
    """Yield (where, text) for every address: what it says to this role, and its headers."""
    client = world.client(role)
    entry = Organization.objects.unguarded("test").get(name=ARABIC)
    asked = [*own_paths(world), "/audit/", "/people/staff/", "/nowhere/", "/notices/outbox/"]
    asked += [f"/organizations/{entry.pk}/", f"/organizations/desk/{entry.pk}/", "/letters/%00/"]
    asked += [f"/documents/{world.document.pk}/file", "/admin/organizations/pillar/"]
    for path in asked:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield path, f"{answer.headers}\n{body.decode(errors='replace')}"


@pytest.mark.parametrize("role", [r for r in OUTSIDERS if r != "other coordinator"])
def test_no_page_tells_a_hidden_name(role: str, caplog: pytest.LogCaptureFixture) -> None:
    world = build()
    plant(world)
    with caplog.at_level(logging.DEBUG):
        told = {where: found for where, text in pages(world, role) if (found := found_in(text))}
    assert not told
    assert not found_in(caplog.text)


def test_page_of_who_may_know_tells_it() -> None:
    """Positive control: the same search finds the names where they are meant to be."""
    world = build()
    plant(world)
    told = [found_in(text) for _where, text in pages(world, "approver")]
    assert set().union(*told) >= {LATIN, ARABIC, CYRILLIC, CHINESE}


def test_mails_notices_and_log_tell_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    world = build()
    entry = plant(world)
    for message in registered():
        if not isinstance(message, ProtectedNotification):  # test_hidden_signatory.py has those
            notify(message.kind, to=world.cast["person"], about=entry)
    sent: list[Any] = []
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda *args, **kw: sent.append((args, kw)))
    outbox.hand_over(list(Outbox.objects.values_list("pk", flat=True)))
    told = [one for one in registered() if not isinstance(one, ProtectedNotification)]
    assert len(Outbox.objects.all()) >= len(told) > 20 and sent
    assert not found_in(repr(sent))
    for row in Outbox.objects.all():
        message = notification(row.kind)
        assert not found_in(message.subject() + message.body(world.cast["person"], row.about_id))
        assert row.about_id not in message.body(world.cast["person"], row.about_id)
    for notice in Notice.objects.all():
        shown = ShownNotice.of(notice)
        assert not found_in(f"{shown.sentence} {shown.path} {notice}")
    for mail in SecurityMail.objects.all():  # the address is the person's own
        assert not found_in(f"{mail.subject} {mail.body} {mail}")
    for event in AuditEvent.objects.all():
        assert not found_in(f"{event} {event.facts} {sentence(event)} {event.actor_id}")


def test_mail_that_names_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control of the mails."""
    world = build()
    entry = plant(world)
    leaky = lambda self, user, about: str(  # noqa: E731
        Organization.objects.unguarded("leak").get(pk=about).name
    )
    monkeypatch.setattr(Notification, "body", leaky)
    notify("organizations.decided", to=world.cast["person"], about=entry)
    row = Outbox.objects.filter(recipient_id=world.cast["person"].pk).latest("created_at")
    assert found_in(notification(row.kind).body(world.cast["person"], row.about_id)) == {ARABIC}


def test_rows_are_called_by_kind_and_id() -> None:
    world = build()
    plant(world)
    seen = 0
    for model in guarded_models():
        for row in model.objects.unguarded("test"):
            seen += 1
            assert not found_in(f"{row} {row!r}"), model
    assert seen > 40


def everything_in(pdf: bytes) -> str:
    """Return all words of a PDF: text by two readers, metadata, outline, names of attachments."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    xmp = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    parts = [page.extract_text() for page in reader.pages]
    parts += [str(reader.metadata), xmp, str(reader.outline), str(dict(reader.attachments))]
    if program := shutil.which("pdftotext"):
        run = subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True)
        parts.append(run.stdout.decode())
    return "\n".join(parts)


@pytest.mark.parametrize(("copy", "told"), [("public", set()), ("office", {LATIN})])
def test_public_copy_tells_no_hidden_name_and_the_office_copy_does(
    copy: str, told: set[str]
) -> None:
    world = build()
    plant(world)
    # Other scripts come out of a PDF in another order; their hidden names are Latin too.
    document = request_copy(letter=world.closed_letter, copy=copy, by=world.cast["coordinator"])
    made = render_now(document)
    text = everything_in(store.read(made))
    assert found_in(text) & {LATIN, CHINESE} == told
    assert not found_in(f"{made.file} {made.described.filename(made)}")
    assert made.described.title(made) and not found_in(made.described.title(made))


@pytest.mark.parametrize("canary", CANARIES)
def test_search_finds_every_way_of_writing(canary: str) -> None:
    """Positive control of the search itself."""
    for form in forms_of(canary):
        assert canary in found_in(f"x {form.upper() if form.isascii() else form} y"), form
    assert canary in found_in("".join(f"&#{ord(char)};" for char in canary))
    assert not found_in("Hillside Assembly, Kenya")
