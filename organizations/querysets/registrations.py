"""Reads of organizations, experts, and of what hangs on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from foundation.confidentiality import Audience, Level, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S
from organizations.querysets.parts import (
    NOBODY,
    coordinates,
    folded,
    is_approver,
    member_of,
    named_for,
    representative_of,
    rows,
    today,
    vetted_now,
)

DECIDING_STATES = (S.SUBMITTED, S.APPEALED)
"""States in which the Office's clock runs."""


class RegistrationQuerySet(GuardedQuerySet):
    """What organizations and experts have in common. `column` names them on what hangs on them."""

    column = ""

    def mine(self, user: Any) -> Q:
        """Entries that belong to `user`."""
        raise NotImplementedError

    def inside(self, viewer: Viewer) -> Q:
        """Entries of which `viewer` may see the inside: papers, decisions, members.

        The owners; the Office once it was sent, up to the level chosen; above that level only the
        officers named for it and the approvers, who name them.
        """
        user = person(viewer)
        if user is None:
            return NOBODY
        found = self.mine(user)
        if user.is_office:
            sent = ~Q(state=S.DRAFT)
            named = Q(named_for(user, self.column))
            reach = Level.NAMED_OFFICERS if is_approver(user) else Level.OFFICE
            found |= sent & (Q(level__lte=reach) | named)
        return found

    def published(self) -> Q:
        """Entries that everyone may see: vetted today, and public by their owner's choice."""
        return vetted_now() & Q(level=Level.PUBLIC)

    def restrict(self, viewer: Viewer) -> Self:
        """Everyone: published ones. Audiences: up to their level. People: their inside as well."""
        if isinstance(viewer, Audience) and viewer.level >= Level.OFFICE:
            return self.filter(Q(level__lte=viewer.level) & ~Q(state=S.DRAFT))
        return self.filter(self.published() | self.inside(viewer))

    def seen_inside_by(self, viewer: Viewer) -> Self:
        """Return entries whose inside `viewer` may see, open for reading."""
        return self.visible_to(viewer).filter(self.inside(viewer))

    def owned_by(self, user: Any) -> Self:
        """Entries that belong to `user`, closed ones left out; open for reading."""
        return self.visible_to(user).filter(self.mine(user)).exclude(state=S.ARCHIVED)

    def acted_for_by(self, user: Any) -> Self:
        """Entries for which `user` acts: as a representative, or as the expert; open for reading."""
        return self.owned_by(user)

    def for_their_owner(self) -> Self:
        """Entries that wait for their owner: unfinished, asked about, run out, refused."""
        waits = (S.DRAFT, S.MORE_INFORMATION, S.EXPIRED, S.REFUSED)
        over = Q(state=S.VETTED, valid_until__lt=today())
        return self.filter(Q(state__in=waits) | over).order_by("-created_at", "pk")

    def vetted(self) -> Self:
        """Entries whose vetting holds today."""
        return self.filter(vetted_now())

    def run_out(self) -> Self:
        """Entries still marked vetted whose last day is over."""
        return self.filter(state=S.VETTED, valid_until__lt=today())

    def expiring_within(self, days: int) -> Self:
        """Entries whose vetting ends within `days` days (0 or more)."""
        return self.vetted().filter(valid_until__lte=today() + timedelta(days=days))

    def to_decide(self) -> Self:
        """Entries on which the Office has to decide, the most urgent first."""
        return self.filter(state__in=DECIDING_STATES).order_by("decide_by", "pk")

    def for_the_desk(self, user: Any) -> Self:
        """Entries whose inside a member of staff sees and that are not their own; newest first."""
        return self.filter(self.inside(user)).exclude(self.mine(user)).order_by("-created_at", "pk")

    def counted(self) -> tuple[int, int]:
        """Return (how many are to decide, how many there are), in one query."""
        found = self.order_by().aggregate(
            to_decide=Count("pk", filter=Q(state__in=DECIDING_STATES)), all=Count("pk")
        )
        return found["to_decide"], found["all"]

    def matching(self, text: str) -> Self:
        """Entries with every word of `text` in their names (any script, accents or not) or reference."""
        found = self
        for word in folded(text).split()[:8]:
            found = found.filter(Q(search_text__contains=word) | Q(reference__iexact=word))
        return found


class OrganizationQuerySet(RegistrationQuerySet):
    """Reads of organizations."""

    column = "organization"

    def mine(self, user: Any) -> Q:
        """Organizations of which `user` is a present member."""
        return Q(member_of(user, "pk"))

    def restrict(self, viewer: Viewer) -> Self:
        """As for all entries; a coordinator also sees who confirmed membership of the network."""
        if isinstance(viewer, Audience):
            return super().restrict(viewer)
        found = self.published() | self.inside(viewer)
        user = person(viewer)
        if user is not None:
            found |= ~Q(state=S.DRAFT) & Q(Exists(_told_to_coordinator(user)))
        return self.filter(found)

    def acted_for_by(self, user: Any) -> Self:
        """As for all entries: an organization has representatives for that."""
        return self.owned_by(user).filter(representative_of(user, "pk"))

    def signable_by(self, user: Any) -> Self:
        """Vetted organizations for which `user` is a representative with a mandate; open, as a
        member sees the inside of the own organization."""
        return self.none() if person(user) is None else self.mandated_to(user.pk)

    def mandated_to(self, user_id: Any) -> Self:
        """As `signable_by`, for the id of a person who is signed in."""
        mandates = rows("Membership").filter(
            organization=OuterRef("pk"),
            user_id=user_id,
            role=MemberRole.REPRESENTATIVE,
            ended_at__isnull=True,
            mandate_on__isnull=False,
        )
        return self.unguarded("one's own").filter(vetted_now(), Exists(mandates))

    def named_like(self, organization: Any) -> Self:
        """Other organizations with the same name or acronym: for the officer's eyes only."""
        same = Q(name_key=organization.name_key)
        if organization.acronym:
            same |= Q(acronym__iexact=organization.acronym)
        return self.filter(same).exclude(pk=organization.pk)


def _told_to_coordinator(user: Any) -> Any:
    """Memberships that the organization itself confirmed, in networks that `user` coordinates."""
    return rows("NetworkMembership").filter(
        Q(coordinates(user, "network_id")),
        organization=OuterRef("pk"),
        confirmed_at__isnull=False,
        ended_at__isnull=True,
    )


class ExpertQuerySet(RegistrationQuerySet):
    """Reads of independent experts."""

    column = "expert"

    def mine(self, user: Any) -> Q:
        """The person's own entry."""
        return Q(user_id=user.pk)

    def signable_by(self, user: Any) -> Self:
        """The person's own entry while it is vetted; open for reading."""
        if person(user) is None:
            return self.none()
        return self.unguarded("one's own").filter(vetted_now(), user_id=user.pk)


class AboutRegistrationQuerySet(GuardedQuerySet):
    """Reads of papers, decisions and named officers: seen by who sees the entry's inside."""

    def restrict(self, viewer: Viewer) -> Self:
        """Rows about an entry whose inside the viewer may see."""
        organizations = _manager("Organization").seen_inside_by(viewer)
        experts = _manager("Expert").seen_inside_by(viewer)
        return self.filter(
            Q(Exists(organizations.filter(pk=OuterRef("organization_id"))))
            | Q(Exists(experts.filter(pk=OuterRef("expert_id"))))
        )

    def about(self, registration: Any) -> Self:
        """Rows about this organization or expert."""
        return self.filter(**{registration.column: registration})

    def present(self) -> Self:
        """Papers that were not taken back."""
        return self.filter(removed_at__isnull=True)


class VouchQuerySet(GuardedQuerySet):
    """Reads of vouches: seen by both sides, and by the Office where it may know both."""

    def restrict(self, viewer: Viewer) -> Self:
        """Vouches for or by an organization of the viewer's own; for the Office, those between
        organizations whose inside it sees. A vouch names its giver: who may not know the giver
        does not see it."""
        user = person(viewer)
        if user is None:
            return self.none()
        found = Q(member_of(user, "organization_id")) | Q(member_of(user, "by_organization_id"))
        known = _manager("Organization").seen_inside_by(viewer)
        found |= Q(Exists(known.filter(pk=OuterRef("organization_id")))) & Q(
            Exists(known.filter(pk=OuterRef("by_organization_id")))
        )
        return self.filter(found)

    def standing(self) -> Self:
        """Vouches whose giver is vetted today and did not take them back."""
        return self.filter(vetted_now("by_organization__"), withdrawn_at__isnull=True)


def _manager(model: str) -> Any:
    from django.apps import apps

    return apps.get_model("organizations", model).objects.all()
