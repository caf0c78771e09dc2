"""Plain functions that make letters and names; invented names only."""

from __future__ import annotations

import itertools
from hashlib import sha256
from typing import Any

from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import vault
from letters.actions import mark_ask
from letters.actions.replying import place_of
from letters.actions.texts import freeze
from letters.enums import (
    AT_THE_OFFICE,
    SINCE_ACKNOWLEDGED,
    Kind,
    LetterState,
    Method,
    Mode,
    ReplyState,
)
from letters.models import Ask, Invalidation, Letter, Reply, Signatory
from letters.secrecy import note_hidden_sign_on
from organizations.models import Network, Organization
from recommendations import actions as recommendations
from recommendations.models import ActionAsked, Addressee, Recommendation, Topic
from tests.factories import (
    make_approver,
    make_network,
    make_officer,
    make_organization,
    make_user,
)
from tests.recommendations.factories import make_word

_numbers = itertools.count(1)
BODY = """We write because the people best placed to say what a measure does are seldom asked.[^1]

We ask that the Office:

a) meets independent organizations on every visit;
b) tells them afterwards what became of what they said.[^2]"""


def make_coordinator(network: Network | None = None) -> tuple[User, Network]:
    """Return a person and the network that the person coordinates."""
    user = make_user()
    network = network or make_network(coordinators=(user,))
    return user, network


def make_letter(
    *,
    state: str = LetterState.DRAFT,
    network: Network | None = None,
    by: User | None = None,
    **fields: Any,
) -> Letter:
    """Return a letter in `state`, its text frozen where the state asks for it."""
    if network is None:
        by, network = make_coordinator()
    by = by or make_user()
    moment = timezone.now()
    letter = Letter.objects.create(
        **{
            "network": network,
            "created_by": by,
            "addressee": "Ms. Amara Okonjo\nUnder-Secretary-General",
            "date_as_printed": "3 November 2026",
            "subject": "Country visits and the ninth review",
            "salutation": "Your Excellency,",
            "body": BODY,
            "notes": "1. Resolution 77/298, paragraph 9.\n2. A/HRC/40/52.",
            "closing": "Yours sincerely,",
            "delivered_at": moment if state in AT_THE_OFFICE else None,
            "acknowledged_at": moment if state in SINCE_ACKNOWLEDGED else None,
            "answered_at": moment if state == LetterState.ANSWERED else None,
            **fields,
        }
    )
    letter.state = state
    if letter.is_frozen:
        letter.frozen = freeze(letter, letter.drafted_text(), by=by)
    if state != LetterState.DRAFT:
        letter.save(update_fields=["state", "frozen"])
    return letter


def make_name(letter: Letter, *, mode: str = Mode.PUBLIC, **fields: Any) -> Signatory:
    """Return a name that the coordinators entered; one that is not public is sealed, and opened
    again in memory."""
    values = {
        "method": Method.ENTERED,
        "kind": Kind.ORGANIZATION,
        "organization_name": "Aldern Law Clinic",
        "countries": ["DE"],
        **fields,
    }
    name = Signatory(letter=letter, mode=mode, **values)
    name.claim()
    if name.is_hidden:
        name.hide()
    name.save(force_insert=True)
    note_hidden_sign_on()
    name.open()
    return name


def make_ask(letter: Letter, *, by: Any = None, **fields: Any) -> Ask:
    """Return an ask that an officer marked in a delivered letter; `fields` of the recommendation,
    and number, place, quote, owner."""
    places = {"number": str(next(_numbers)), "place": "3.a", "quote": "", "owner": None}
    where = {name: fields.pop(name, value) for name, value in places.items()}
    values = {
        "text": "Meet independent organizations on every visit.",
        "addressee": make_word(Addressee, "office", "The Office"),
        "action_asked": make_word(ActionAsked, "engage", "Engage or consult"),
        "topics": [make_word(Topic, "country-visits", "Country visits")],
        **fields,
    }
    return mark_ask(letter=letter, values=values, by=by or make_officer(), **where)


def make_offer(letter: Letter, **fields: Any) -> Ask:
    """Return an offer that was marked."""
    action = make_word(ActionAsked, "offer", "Offer (not a demand)")
    return make_ask(letter, action_asked=action, text="We can prepare the first meeting.", **fields)


def answer_ask(
    ask: Ask,
    *,
    position: str = "accepted",
    text: str = "We will.",
    officer: Any = None,
    approver: Any = None,
) -> None:
    """Lead the ask's recommendation to a published answer, through the actions."""
    officer, approver = officer or make_officer(), approver or make_approver()
    item = Recommendation.objects.unguarded("test").get(pk=ask.recommendation_id)
    day = timezone.now().date()
    recommendations.assign(recommendation=item, owner=officer, answer_by=day, by=officer)
    values = {"position": position, "language": "en", "text": text}
    recommendations.draft_answer(recommendation=item, values=values, version=0, by=officer)
    recommendations.propose_answer(recommendation=item, by=officer)
    recommendations.clear_answer(recommendation=item, by=approver)
    recommendations.publish_answer(recommendation=item, by=officer)


def make_reply(
    letter: Letter, *, filed: bool = False, by: Any = None, text: str = "We thank you."
) -> Reply:
    """Return a reply of the Office with a file, in work or filed."""
    by, now = by or make_officer(), timezone.now()
    reply = Reply(letter=letter, number=letter.replies.unguarded("test").count() + 1, text=text)
    reply.drafted_by = by
    reply.pdf = vault.encrypt(b"%PDF-1.7", **place_of(reply))
    reply.pdf_hash, reply.pdf_size = sha256(b"%PDF-1.7").hexdigest(), 8
    if filed:
        reply.state, reply.cleared_by = ReplyState.FILED, make_approver()
        reply.filed_by, reply.cleared_at, reply.filed_at = by, now, now
    reply.save(force_insert=True)
    reply.writers.add(by)
    return reply


def make_signer(**fields: Any) -> tuple[User, Organization]:
    """Return a person with the mandate of a vetted organization, and the organization."""
    user = make_user()
    return user, make_organization(representative=user, **fields)


def set_apart(letter: Letter, name: Signatory, by: Any, reason: str = "Sent by a program") -> Any:
    """Return an invalidation that holds one name."""
    made = Invalidation.objects.create(
        letter=letter, conditions={"methods": [name.method]}, reason=reason, names=1, made_by=by
    )
    Signatory.objects.unguarded("test").filter(pk=name.pk).update(invalidation=made)
    return made
