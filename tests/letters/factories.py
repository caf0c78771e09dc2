"""Plain functions that make letters and names; invented names only."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from letters.enums import Kind, LetterState, Method
from letters.models import FrozenText, Letter, Signatory
from letters.text import fingerprint
from organizations.models import Network, Organization
from tests.factories import make_network, make_organization, make_user

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
            "state": state,
            "delivered_at": moment if state == LetterState.DELIVERED else None,
            **fields,
        }
    )
    if letter.is_frozen:
        canonical = letter.drafted_text().canonical()
        FrozenText.objects.create(
            letter=letter, canonical=canonical, sha256=fingerprint(canonical), frozen_by=by
        )
    return letter


def make_name(letter: Letter, *, level: int = Level.PUBLIC, **fields: Any) -> Signatory:
    """Return a name that the coordinators entered."""
    values = {
        "method": Method.ENTERED,
        "kind": Kind.ORGANIZATION,
        "organization_name": "Aldern Law Clinic",
        "countries": ["DE"],
        **fields,
    }
    return Signatory.objects.create(letter=letter, level=level, **values)


def make_signer(**fields: Any) -> tuple[User, Organization]:
    """Return a person with the mandate of a vetted organization, and the organization."""
    user = make_user()
    return user, make_organization(representative=user, **fields)
