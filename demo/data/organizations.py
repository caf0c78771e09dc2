"""Organizations, experts and networks of the demo: every state, through the room's own actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.data.entries import ENTRIES, EXPERTS, Entry, Own
from demo.data.people import DEMO, account
from foundation.confidentiality import Level
from organizations import actions
from organizations.models import (
    Expert,
    Network,
    NetworkMembership,
    Organization,
    OrganizationKind,
    Pillar,
)

WHY = "the demo finds its own pieces again"
NETWORKS = (
    (
        "Open Valleys and Harbours Network",
        "OVHN",
        "Organizations of border valleys and port towns that write to the Office together.",
        Level.PUBLIC,
        "coordinator",
    ),
    (
        "Réseau des Passerelles",
        "",
        "Médiatrices et médiateurs de six pays. Le réseau n’est pas public.",
        Level.OFFICE,
        "second.coordinator",
    ),
)


def load_organizations() -> None:
    """Make what is not there yet; entries are found again by their names."""
    for name, acronym, about, level, box in NETWORKS:
        if not Network.objects.unguarded(WHY).filter(name=name).exists():
            make_network(name, acronym, about, level, box)
    known = set(Organization.objects.unguarded(WHY).values_list("name", flat=True))
    for entry in ENTRIES:
        if entry.name not in known:
            make_organization(entry)
    experts = set(Expert.objects.unguarded(WHY).values_list("user_id", flat=True))
    for own in EXPERTS:
        if account(own.box).pk not in experts:
            make_expert(own)


@transaction.atomic
def make_network(name: str, acronym: str, about: str, level: Level, box: str) -> None:
    """Make a network and name its coordinator."""
    officer = account("officer")
    values = {"name": name, "acronym": acronym, "about": about, "level": level}
    network = actions.make_network(values=values, by=officer)
    actions.name_coordinator(network=network, user=account(box), by=officer)


@transaction.atomic
def make_organization(entry: Entry) -> None:
    """Register one organization and lead it to its state."""
    by = account(entry.box)
    organization = actions.begin_organization(level=entry.level, by=by)
    organization = actions.describe(
        registration=organization,
        values=_described(entry),
        version=organization.version,
        by=by,
        mandate={"given_by": entry.mandate, "given_on": timezone.localdate() - timedelta(days=40)},
        networks=list(Network.objects.unguarded(WHY).filter(name__in=entry.networks)),
    )
    if entry.box == "representative":
        _invite_contributor(organization, by)
    if entry.state == "draft":
        return
    if entry.without_papers:
        _vouch(organization)
    organization = actions.submit(registration=organization, by=by)
    lead(organization, entry.state, entry.reason, by)
    for membership in NetworkMembership.objects.unguarded(WHY).filter(organization=organization):
        coordinator = membership.network.coordinators.unguarded(WHY).first()
        actions.answer_network(membership=membership, by=coordinator.user)


@transaction.atomic
def make_expert(own: Own) -> None:
    """Register one expert and lead the entry to its state."""
    by = account(own.box)
    expert = actions.begin_expert(level=own.level, by=by)
    values = {
        "name": by.name,
        "name_language": own.language,
        "title": own.title,
        "about": own.about,
        "languages": list(own.languages),
        "country_of_residence": own.residence,
        "pillars": list(Pillar.objects.filter(key="iv")),
    }
    expert = actions.describe(registration=expert, values=values, version=expert.version, by=by)
    expert = actions.submit(registration=expert, by=by)
    lead(expert, own.state, "Publications read.", by)


def lead(entry: Any, state: str, reason: str, by: Any) -> None:
    """Take the steps from "submitted" to `state`, each by whoever may take it."""
    officer = account("officer")
    if state in ("vetted", "expired", "archived"):
        actions.decide(registration=entry, step="accept", reason=reason, by=officer)
    if state == "more_information":
        actions.decide(registration=entry, step="ask_more", reason=reason, by=officer)
    if state in ("refused", "appealed"):
        unmet = ["civil" if state == "refused" else "real"]
        actions.decide(registration=entry, step="refuse", reason=reason, by=officer, unmet=unmet)
    if state == "appealed":
        text = "We did work: the radio hour ran every week. The recordings are in the papers."
        actions.appeal(registration=entry, text=text, by=by)
    if state == "archived":
        actions.archive(registration=entry, by=by)
    if state == "expired":
        _age(entry, valid_until=timezone.localdate() - timedelta(days=9))
        actions.expire(registration=entry, by=DEMO)


def _age(entry: Any, **dates: date) -> None:
    """Let time have passed: the only thing here that no action does."""
    type(entry).objects.unguarded("the demo needs a past").filter(pk=entry.pk).update(**dates)


def _described(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "name_language": entry.language,
        "acronym": entry.acronym,
        "about": entry.about,
        "other_names": [{"name": name, "language": code} for name, code in entry.others],
        "languages": list(entry.languages),
        "scope": entry.scope,
        "country_of_registration": entry.registered,
        "countries_of_work": list(entry.works),
        "place_as_stated": entry.place,
        "ecosoc_status": entry.ecosoc,
        "without_papers": entry.without_papers,
        "kinds": list(OrganizationKind.objects.filter(key__in=entry.kinds)),
        "pillars": list(Pillar.objects.filter(key__in=entry.pillars)),
    }


def _invite_contributor(organization: Organization, by: Any) -> None:
    """Let the contributor join as people do: by the token of an invitation.

    The token leaves by mail only, so the demo reads it out of the mail that it caused.
    """
    from foundation.notifications.models import SecurityMail

    contributor = account("contributor")
    actions.invite(organization=organization, email=contributor.email, role="contributor", by=by)
    mail = SecurityMail.objects.filter(address=contributor.email).latest("created_at")
    token = next(word for word in mail.body.split() if "/invitation" in word)
    actions.accept_invitation(token=token.rstrip("/").rpartition("/")[2], by=contributor)


def _vouch(organization: Organization) -> None:
    for box in ("representative", "layla"):
        by = account(box)
        own = Organization.objects.visible_to(by).signable_by(by).get()
        actions.vouch(
            organization=organization,
            by_organization=own,
            text="We have worked with its founders for three years and know them in person.",
            by=by,
        )
