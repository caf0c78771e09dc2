"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.web.waiting import MOST, Group, Rest, Waiting, end_of_day
from organizations.enums import RegistrationState as S
from organizations.models import Expert, NetworkMembership, Organization, Registration


def organizations_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should finish, answer, confirm or decide."""
    yield from _mine(user)
    yield from _networks(user)
    if user.is_office:
        yield from _to_decide(user)


def _mine(user: Any) -> Iterator[Waiting]:
    rest = Rest(_("Your registrations"), reverse("organizations:list"))
    for model in (Organization, Expert):
        for entry in model.objects.acted_for_by(user).for_their_owner()[: MOST + 1]:
            group, sentence = _next_step(entry)
            due = end_of_day(entry.valid_until) if entry.state == S.VETTED else None
            yield Waiting(
                sentence % {"name": entry.name or entry.reference},
                entry.get_absolute_url(),
                entry.labels,
                due,
                group,
                rest,
            )


def _next_step(entry: Registration) -> tuple[Group, str]:
    """Return what its owner has to do with an entry that waits for them, and the sentence."""
    if entry.state == S.DRAFT:
        return Group.FINISH, _("Finish the registration of %(name)s")
    if entry.state == S.MORE_INFORMATION:
        return Group.ANSWER, _("Answer what the Office asks about %(name)s")
    if entry.state == S.REFUSED:
        return Group.DO, _("Read the decision on %(name)s")
    return Group.DO, _("The vetting of %(name)s has ended: look it through and send it again")


def _networks(user: Any) -> Iterator[Waiting]:
    asked = NetworkMembership.objects.visible_to(user).for_the_word_of(user)
    rest = Rest(_("All networks"), reverse("organizations:networks"))
    joined = asked.select_related("network", "organization").order_by("pk")
    for membership in joined[: MOST + 1]:
        yield Waiting(
            _("Say whether %(name)s belongs to the network %(network)s")
            % {"name": membership.organization.name, "network": membership.network.name},
            membership.network.get_absolute_url(),
            group=Group.ANSWER,
            rest=rest,
        )


def _to_decide(user: Any) -> Iterator[Waiting]:
    lists = {
        "organizations-open": (Organization, _("All organizations to decide")),
        "experts-open": (Expert, _("All experts to decide")),
    }
    for view, (model, label) in lists.items():
        entries = model.objects.visible_to(user).to_decide()
        if not user.has_role(StaffRole.ENGAGEMENT_OFFICER):
            entries = entries.filter(state=S.APPEALED)
        rest = Rest(label, f"{reverse('organizations:list')}?view={view}")
        for entry in entries[: MOST + 1]:
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
                Group.DECIDE,
                rest,
            )
