"""Reads of the names under letters. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import AT_THE_OFFICE, LetterState, Method, Mode
from letters.querysets.parts import OfALetterQuerySet, SeenWithLetterQuerySet, rows_of
from letters.secrecy import own_names, rows_for_organization
from organizations.querysets.parts import coordinates

# Whose names a copy for these readers prints.
MODES_OF_COPY = {
    Level.PUBLIC: (Mode.PUBLIC,),
    Level.UNNAMED: (Mode.PUBLIC,),
    Level.OFFICE: (Mode.PUBLIC, Mode.OFFICE),
    Level.NAMED_OFFICERS: (Mode.PUBLIC, Mode.OFFICE),
}


class SignatoryQuerySet(GuardedQuerySet):
    """Names under letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """Public names are seen with their letter, once it is no draft; names for the Office by the
        Office, once it has the letter; all of these and the names for the coordinators by the
        coordinators; every name by who signed it and by the members of the organization. Not
        counted ones by nobody else."""
        if isinstance(viewer, SystemActor):
            return self.all()
        if isinstance(viewer, Audience):
            return self.filter(mode__in=MODES_OF_COPY[viewer.level])
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        rows = rows_of("Letter").filter(pk=OuterRef("letter_id"))
        # Members of the network who comment on a draft see its text alone.
        seen = Q(mode=Mode.PUBLIC) & ~Q(Exists(rows.filter(state=LetterState.DRAFT)))
        user = person(viewer)
        if user is not None:
            seen |= Q(pk__in=own_names(user).rows)
            led = Exists(rows.filter(coordinates(user, "network_id")))
            seen |= Q(led, mode__in=(Mode.PUBLIC, Mode.OFFICE, Mode.COORDINATORS))
            if user.is_office:
                delivered = Exists(rows.filter(state__in=AT_THE_OFFICE))
                seen |= Q(delivered, mode=Mode.OFFICE)
        return self.filter(seen, letter__in=letters.values("pk"))

    def standing(self) -> Self:
        """Keep the names that were neither withdrawn nor set apart with a wave of others, and stand
        under the text in force: who signed an earlier one is asked again. (Before there is a text, entered names stand under none.)"""
        in_force = Exists(rows_of("Letter").filter(frozen=OuterRef("text")))
        return self.filter(
            Q(text__isnull=True) | in_force, withdrawn_at__isnull=True, invalidation__isnull=True
        )

    def under_an_earlier_text(self) -> Self:
        """Keep the names that were not withdrawn and wait to be signed again."""
        in_force = Exists(rows_of("Letter").filter(frozen=OuterRef("text")))
        return self.filter(
            ~in_force, text__isnull=False, withdrawn_at__isnull=True, invalidation__isnull=True
        )

    def taken_back_after_delivery(self) -> Self:
        """Keep the names that their signatories took back from a delivered letter, in order."""
        after = self.filter(withdrawn_at__gt=F("letter__delivered_at"))
        return after.order_by("withdrawn_at", "pk")

    def of(self, letter: Any) -> Self:
        """Keep the names under `letter`."""
        return self.filter(letter=letter)

    def signed_for(self, organization: Any) -> Self:
        """Keep the names signed for `organization`, in whatever mode."""
        hidden = rows_for_organization(organization.pk)
        return self.filter(Q(organization=organization) | Q(pk__in=hidden))

    def in_own_name(self) -> Self:
        """Keep the names of people who signed for no organization."""
        return self.filter(organization=None, organization_key="")

    def signed_by_person(self, user: Any) -> Self:
        """Keep the names that `user` signed, in whatever mode."""
        return self.filter(Q(signed_by=user) | Q(pk__in=own_names(user).signed_rows))

    def reached_by_pseudonym(self) -> Self:
        """Keep the names whose owners signed themselves, and are told without being named."""
        own_acts = (Method.SIGNED, Method.EMAIL)
        return self.filter(method__in=own_acts, signed_by__isnull=True)

    def counted(self) -> Self:
        """Keep the names that stand and are counted."""
        return self.standing().exclude(mode=Mode.NOT_COUNTED)

    def as_entered(self) -> Self:
        """Order as the names were entered."""
        return self.order_by("position", "created_at", "pk")


class InvalidationQuerySet(OfALetterQuerySet):
    """Waves of names that were set apart; seen by the coordinators of the letter only."""

    def newest_first(self) -> Self:
        """Order by the moment, the newest first."""
        return self.order_by("-made_at", "pk")


class ListVersionQuerySet(SeenWithLetterQuerySet):
    """Versions of public lists: seen with their letter."""

    def of(self, letter: Any) -> Self:
        """Keep the versions of this letter's list, in order."""
        return self.filter(letter=letter).order_by("number")
