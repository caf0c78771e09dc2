"""Whom this room tells: coordinators, members, signatories, officers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from foundation.notifications.outbox import notify, notify_pseudonym
from letters.models import Letter, Signatory
from letters.notifications.hidden import hidden_kind
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


def tell_people(
    ids: Iterable[Any], letter: Letter, kind: str, *, but: Any = None, dedupe: str = ""
) -> None:
    """Tell the people with these ids, except `but`: leads, one who comments, one who is replaced."""
    _tell(ids, letter, kind, but=but, dedupe=dedupe)


def tell_signatories(letter: Letter, kind: str, *, dedupe: str = "") -> None:
    """Tell everyone who signed the letter and did not take it back, whoever may know of it."""
    _tell(_signed_openly(letter), letter, kind, dedupe=dedupe)
    _tell_unnamed(letter, kind, dedupe)


def tell_those_who_ask(letter: Letter, kind: str, *, dedupe: str = "") -> None:
    """Tell everyone who signed the letter and did not take it back, and the coordinators of its
    network; each of them once, whatever they are to it (a coordinator who signed unnamed is told
    twice: that it is the same person, no row may say)."""
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    people = {*_signed_openly(letter), *rows.values_list("user_id", flat=True)}
    _tell(people, letter, kind, dedupe=dedupe)
    _tell_unnamed(letter, kind, dedupe)


def _signed_openly(letter: Letter) -> Iterable[Any]:
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(signed_by__isnull=False)
    return names.values_list("signed_by_id", flat=True)


def _tell_unnamed(letter: Letter, kind: str, dedupe: str) -> None:
    names = Signatory.objects.unguarded(WHY).of(letter).standing().reached_by_pseudonym()
    for name in names.only("pk"):
        key = f"{name.pk}:{dedupe or kind}"
        notify_pseudonym(hidden_kind(kind), about=name, dedupe=key)


def tell_office(people: Iterable[Any], letter: Letter) -> None:
    """Tell the officers that a letter has come."""
    _tell([one.pk for one in people], letter, "letters.to_acknowledge")


def tell_office_of_withdrawal(people: Iterable[Any], letter: Letter, *, dedupe: str) -> None:
    """Tell the officers that a name was taken back after delivery."""
    ids = [one.pk for one in people]
    _tell(ids, letter, "letters.withdrawn_late_at_the_office", dedupe=dedupe)


def _tell(
    ids: Iterable[Any], letter: Letter, kind: str, *, but: Any = None, dedupe: str = ""
) -> None:
    people = get_user_model().objects.filter(pk__in=set(ids), is_active=True).order_by("pk")
    for user in people:
        if but is None or user.pk != but.pk:
            notify(kind, to=user, about=letter, dedupe=dedupe or f"{kind}:{letter.pk}")
