"""What the tests of signing without an account share."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails
from letters import actions
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, SignOnRequest
from tests.letters.factories import make_letter

ADA = {
    "kind": "individual", "person": "Ada Canary Noor", "role": "Chair",
    "organization_name": "Canary Reading Room", "country": "KE", "mode": "public",
    "email": "ada.canary@post.example",
}  # fmt: skip
PARTS = {
    "kind": "individual", "person": "Ada Canary Noor", "role": "Chair",
    "organization_name": "Canary Reading Room", "countries": ["KE"], "place_as_stated": "",
    "other_script": "", "capacity": "", "affiliation_only": False,
}  # fmt: skip


def door_letter(**fields: Any) -> Letter:
    """Return an open letter that people without an account may sign."""
    deadline = timezone.now() + timedelta(days=7)
    letter = make_letter(state=LetterState.OPEN, **{"deadline": deadline, **fields})
    return actions.open_door(letter=letter, by=letter.created_by)


def outside(letter: Letter) -> str:
    return reverse("letters:outside", args=[letter.outsiders_secret])


def browser() -> Client:
    """Return a browser of a person; a program says less of itself."""
    return Client(headers={"User-Agent": "Firefox", "Accept-Language": "en"})


def fill_in(letter: Letter, client: Client | None = None, **changes: Any) -> Any:
    """Look at the form and send it; return the answer."""
    client = client or browser()
    form = client.get(outside(letter)).context["form"]
    guard = {"token": form.initial["token"], "opened": form.initial["opened"]}
    return client.post(outside(letter), {**ADA, **guard, **changes})


def mails() -> list[Any]:
    """Send what waits; return the new mails."""
    before = len(mail.outbox)
    waiting = Outbox.objects.filter(done_at=None, protected=True)
    deliver_mails(list(waiting.values_list("pk", flat=True)))
    return mail.outbox[before:]


def link_in(message: Any) -> str:
    """Return the path of the link in a mail."""
    found = re.search(r"/letters/mine/[\w-]+/", message.body)
    assert found, message.body
    return found[0]


def code_in(message: Any) -> str:
    found = re.search(r"\b(\d{4} \d{4})\b", message.body)
    assert found, message.body
    return found[1]


def ask(letter: Letter, **changes: Any) -> tuple[str, Any]:
    """Ask for a link by the action; return its path and the request."""
    values = {"mode": Mode.PUBLIC, "address": ADA["email"], "language": "en", "wants_news": False}
    pk = actions.ask_to_sign(letter=letter, parts=PARTS, **{**values, **changes})
    (message,) = mails()
    return link_in(message), SignOnRequest.objects.unguarded("test").filter(pk=pk).first()


def sign(path: str, client: Client | None = None, **changes: Any) -> Any:
    """Open the link and sign what it shows."""
    client = client or browser()
    form = client.get(path).context["form"]
    sent = {"declared": "on", "text": form.initial["text"], "token": str(uuid.uuid4())}
    return client.post(path, {**sent, **changes})


def names(letter: Letter) -> Any:
    return Signatory.objects.unguarded("test").of(letter).standing()


def everything() -> str:
    """All rows of all tables, as a dump would have them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(json_agg(t)::text, '') FROM \"{table}\" t")  # noqa: S608
            found.append(cursor.fetchone()[0])
    return "\n".join(found)
