"""A world in which hidden people signed, and everything that could be stolen from it, as text."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from django.conf import settings as configured
from django.core import mail
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.documents import store
from foundation.documents import tasks as documents
from foundation.documents.models import Document
from foundation.documents.workshop import render_now
from foundation.notifications import outbox
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.presenting import ShownNotice
from letters import actions
from letters.actions.exporting import request_copy
from letters.documents.receipt import request_receipt
from letters.enums import LetterState
from letters.models import Letter
from tests.trust import joins
from tests.trust.finding import words_in, words_of_folder, words_of_mail, words_of_redis
from tests.trust.hidden import prepare, send_mails, sign_all
from tests.trust.world import build

ENDINGS = ("html", "txt", "csv", "xlsx", "pdf")


def written_by_handlers(records: list[logging.LogRecord]) -> str:
    """Return what this process's own handlers would write of `records`, and their bare fields."""
    handlers = [*logging.root.handlers, logging.StreamHandler()]
    lines = [str(handler.format(one)) for one in records for handler in handlers]
    return "\n".join([*lines, *(f"{one.__dict__}" for one in records)])


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
