"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.web.waiting import Waiting, end_of_day
from organizations.enums import RegistrationState as S
from organizations.models import Expert, NetworkMembership, Organization, Registration
from organizations.rules import roles_of

SOON = 60  # days before the end of a vetting at which its owner is reminded


def organizations_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, answer, confirm or decide."""
    yield from _mine(user)
    yield from _networks(user)
    if user.is_office:
        yield from _to_decide(user)


def _mine(user: Any) -> Iterator[Waiting]:
    owned = chain(Organization.objects.owned_by(user), Expert.objects.owned_by(user))
    for entry in owned:
        sentence = _next_step(entry)
        if sentence and "owner" in roles_of(user, entry):
            due = end_of_day(entry.valid_until) if entry.state == S.VETTED else None
            yield Waiting(sentence, entry.get_absolute_url(), entry.labels, due)


def _next_step(entry: Registration) -> str:
    """Return the sentence for the owner, or nothing where the entry waits for others."""
    name = {"name": entry.name or entry.reference}
    if entry.state == S.DRAFT:
        return _("Finish the registration of %(name)s") % name
    if entry.state == S.MORE_INFORMATION:
        return _("Answer what the Office asks about %(name)s") % name
    if entry.state == S.EXPIRED or (entry.state == S.VETTED and not entry.is_vetted):
        return _("The vetting of %(name)s has ended: look it through and send it again") % name
    if entry.state == S.REFUSED:
        return _("Read the decision on %(name)s") % name
    return ""


def _networks(user: Any) -> Iterator[Waiting]:
    asked = NetworkMembership.objects.visible_to(user).for_the_word_of(user)
    for membership in asked.select_related("network", "organization")[:10]:
        yield Waiting(
            _("Say whether %(name)s belongs to the network %(network)s")
            % {"name": membership.organization.name, "network": membership.network.name},
            membership.network.get_absolute_url(),
        )


def _to_decide(user: Any) -> Iterator[Waiting]:
    for model in (Organization, Expert):
        entries = model.objects.visible_to(user).to_decide()
        if not user.has_role(StaffRole.ENGAGEMENT_OFFICER):
            entries = entries.filter(state=S.APPEALED)
        for entry in entries[:10]:
            sentence = (
                _("Decide the appeal of %(name)s")
                if entry.state == S.APPEALED
                else _("Vet %(name)s")
            )
            yield Waiting(
                sentence % {"name": entry.name},
                reverse("organizations:item", args=[entry.pk]),
                entry.labels,
                end_of_day(entry.decide_by),
            )
