"""Whom this room tells: coordinators, members, signatories, officers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from foundation.notifications.outbox import notify
from letters.models import Letter, Signatory
from organizations.models import Membership, NetworkCoordinator, NetworkMembership

WHY = "whom to tell; nothing of it is shown"


def tell_coordinators(letter: Letter, kind: str, *, but: Any = None, dedupe: str = "") -> None:
    """Tell the coordinators of the letter's network, except `but`."""
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    _tell(rows.values_list("user_id", flat=True), letter, kind, but=but, dedupe=dedupe)


def tell_members(letter: Letter, kind: str) -> None:
    """Tell the representatives of the network's member organizations."""
    members = NetworkMembership.objects.unguarded(WHY).standing().filter(network=letter.network_id)
    people = (
        Membership.objects.unguarded(WHY)
        .representatives()
        .filter(organization__in=members.values("organization_id"))
    )
    _tell(people.values_list("user_id", flat=True), letter, kind)


def tell_signatories(letter: Letter, kind: str) -> None:
    """Tell everyone who signed the letter here and did not take it back."""
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(signed_by__isnull=False)
    _tell(names.values_list("signed_by_id", flat=True), letter, kind)


def tell_those_who_ask(letter: Letter, kind: str, *, dedupe: str = "") -> None:
    """Tell everyone who signed the letter here and did not take it back, and the coordinators of
    its network; each of them once, whatever they are to it."""
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(signed_by__isnull=False)
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    people = {
        *names.values_list("signed_by_id", flat=True),
        *rows.values_list("user_id", flat=True),
    }
    _tell(people, letter, kind, dedupe=dedupe)


def tell_office(people: Iterable[Any], letter: Letter) -> None:
    """Tell the officers that a letter has come."""
    _tell([one.pk for one in people], letter, "letters.to_acknowledge")


def _tell(
    ids: Iterable[Any], letter: Letter, kind: str, *, but: Any = None, dedupe: str = ""
) -> None:
    people = get_user_model().objects.filter(pk__in=set(ids), is_active=True).order_by("pk")
    for user in people:
        if but is None or user.pk != but.pk:
            notify(kind, to=user, about=letter, dedupe=dedupe or f"{kind}:{letter.pk}")
