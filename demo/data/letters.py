"""Letters of the demo: every state, signed, entered, imported, those delivered with sealed PDFs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.data.letter_asks import work_on
from demo.data.people import account
from demo.data.texts import LETTERS, SENT_BEFORE, SENT_SUBJECT, VALLEYS, Words
from foundation.confidentiality import Level
from letters import actions
from letters.actions.batches import add_batch, commit_batch
from letters.actions.drafting import bring_in
from letters.actions.exporting import request_copy
from letters.actions.lifecycle import (
    file_as_sent,
    set_aside,
)
from letters.enums import AT_THE_OFFICE, FINAL, Intent, LetterState, Mode
from letters.models import Letter, SignatoryBatch
from organizations.models import Network, Organization

WHY = "the demo finds its own pieces again"
OPENED = ("open", "closed", *AT_THE_OFFICE)


def load_letters() -> None:
    """Make what is not there yet; a letter is found again by its subject."""
    known = dict(Letter.objects.unguarded(WHY).values_list("subject", "state"))
    for words in LETTERS:
        if words.subject not in known:
            make(words)
    if SENT_SUBJECT not in known:
        make_imported()
    for words in LETTERS:
        if words.state in AT_THE_OFFICE and known.get(words.subject) not in AT_THE_OFFICE:
            deliver(Letter.objects.unguarded(WHY).get(subject=words.subject))
        letter = Letter.objects.unguarded(WHY).get(subject=words.subject)
        if letter.state == LetterState.DELIVERED and words.state != LetterState.DELIVERED:
            work_on(letter)


@transaction.atomic
def make(words: Words) -> None:
    """Write a letter and lead it to its state; delivery comes later, with its PDF."""
    network = Network.objects.unguarded(WHY).get(name=words.network)
    by = coordinator(network)
    letter = actions.begin(network=network, by=by, **_fields(words))
    if words.lines:
        batch = add_batch(letter=letter, source=words.lines, mode=Mode.PUBLIC, by=by)
        if not words.review:
            commit_batch(batch=batch, by=by)
    if words.state == "set_aside":
        set_aside(letter=letter, by=by)
    if words.state in OPENED:
        letter = actions.open_for_sign_on(letter=letter, by=by)
        for box, mode in words.signers:
            sign(letter, box, mode)
    if words.state in FINAL:
        actions.close(letter=letter, by=by)


def sign(letter: Letter, box: str, mode: str) -> None:
    """Sign as people do: a representative for the organization, an expert in the own name."""
    by = account(box)
    own = Organization.objects.visible_to(by).signable_by(by).first()
    actions.sign(
        letter=letter,
        mode=mode,
        by=by,
        organization_id=own.pk if own else None,
    )


@transaction.atomic
def make_imported() -> None:
    """Bring in a letter that was sent years ago, as the coordinator does in the browser."""
    network = Network.objects.unguarded(WHY).get(name=VALLEYS)
    by = coordinator(network)
    letter = bring_in(
        text=SENT_BEFORE,
        network=network,
        by=by,
        intent=Intent.SENT,
        level=Level.OFFICE,
        name_mode=Mode.OFFICE,
    )
    for batch in SignatoryBatch.objects.unguarded(WHY).filter(letter=letter):
        commit_batch(batch=batch, by=by)
    file_as_sent(letter=letter, by=by)


def deliver(letter: Letter) -> None:
    """Make the sealed PDF here, without a worker, and mark the letter as delivered."""
    from foundation.documents.workshop import render_now  # only where something is rendered

    by = coordinator(letter.network)
    render_now(request_copy(letter=letter, copy="main", by=by))
    actions.deliver(letter=letter, by=by)


def coordinator(network: Network) -> Any:
    """Return the person who coordinates the network in the demo."""
    return account("coordinator" if network.name == VALLEYS else "second.coordinator")


def _fields(words: Words) -> dict[str, Any]:
    deadline = timezone.now() + timedelta(days=words.days) if words.days else None
    return {
        "language": words.language,
        "addressee": words.addressee,
        "place": words.place,
        "date_as_printed": words.date,
        "subject": words.subject,
        "salutation": words.salutation,
        "body": words.body,
        "closing": words.closing,
        "notes": words.notes,
        "level": words.level,
        "deadline": deadline,
        "deadline_zone": words.zone,
    }
