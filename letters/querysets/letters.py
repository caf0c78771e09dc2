"""Reads of letters. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import AT_THE_OFFICE, ENDED, TO_ACKNOWLEDGE, LetterState
from letters.querysets.parts import belongs_to_network, rows_of, signed
from letters.secrecy import own_names
from organizations.querysets.parts import coordinates, rows
from organizations.rules import takes_part
from recommendations.querysets import also_seen_by


def carried(user: Any) -> Q:
    """Recommendations that stand for an ask of a letter which `user` signed or coordinates: to
    them it is their own ask, whoever else may read it.

    They are few: lists that are read once, no question a row of the desk.
    """
    signed = Q(signed_by=user.pk) | Q(person_key__in=own_names(user).signed_keys)
    names = rows_of("Signatory").filter(signed, withdrawn_at__isnull=True)
    held = rows("NetworkCoordinator").filter(user_id=user.pk, ended_at__isnull=True)
    own = Q(pk__in=names.values("letter_id")) | Q(network_id__in=held.values("network_id"))
    letters = rows_of("Letter").filter(own, state__in=AT_THE_OFFICE)
    asks = rows_of("Ask").filter(letter__in=letters.values("pk"), withdrawn_at__isnull=True)
    return Q(pk__in=asks.values("recommendation_id"))


also_seen_by(carried)


class RegisterQuerySet(GuardedQuerySet):
    """The register of letters, as a part of the letters' queryset."""

    def listed(self) -> Self:
        """Keep the letters that both sides put on the register: delivered, and public."""
        return self.filter(
            state__in=AT_THE_OFFICE,
            level=Level.PUBLIC,
            network_lists_at__isnull=False,
            office_lists_at__isnull=False,
        )

    def delivered_in(self, year: int) -> Self:
        """Keep the letters that were delivered in this year."""
        return self.filter(delivered_at__year=year)

    def titled(self, words: str) -> Self:
        """Keep the letters whose subject holds each of the words, in whatever order."""
        found = self
        for word in words.split():
            found = found.filter(subject__icontains=word)
        return found


class LetterQuerySet(RegisterQuerySet):
    """Letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """Coordinators see their network's letters; members of the network a draft that is open for
        their comments; participants letters that are open or that they signed; the Office what was
        delivered; everyone what was delivered and is public."""
        if isinstance(viewer, SystemActor):
            return self.all()
        delivered = Q(state__in=AT_THE_OFFICE)
        if isinstance(viewer, Audience):
            return self.filter(delivered, level__lte=viewer.level)
        seen = delivered & Q(level=Level.PUBLIC)
        user = person(viewer)
        if user is None:
            return self.filter(seen)
        seen |= Q(coordinates(user, "network_id"))
        seen |= Q(Exists(rows_of("Signatory").filter(letter=OuterRef("pk"), signed_by=user.pk)))
        seen |= Q(pk__in=own_names(user).signed_letters)
        if user.is_office:
            seen |= delivered
        if takes_part(user):
            seen |= Q(state=LetterState.OPEN)
        for_comment = Q(state=LetterState.DRAFT, comments_open=True)
        return self.filter(seen | for_comment & Q(belongs_to_network(user)))

    def coordinated_by(self, user: Any) -> Self:
        """Keep the letters of networks that `user` coordinates."""
        return self.filter(coordinates(user, "network_id"))

    def open_for_sign_on(self) -> Self:
        """Keep the letters that collect signatures."""
        return self.filter(state=LetterState.OPEN)

    def shown_to_participants(self) -> Self:
        """Return the open letters, open for reading: only for an act that asks itself whether the
        person is vetted today, and shows nothing of the letter before (`restrict` asks for pages).
        """
        return self.unguarded("every vetted participant sees open letters").open_for_sign_on()

    def in_state(self, *states: str) -> Self:
        """Keep the letters in one of these states."""
        return self.filter(state__in=states)

    def at_the_office(self) -> Self:
        """Keep the letters that were delivered, whatever became of them since."""
        return self.filter(state__in=AT_THE_OFFICE)

    def for_the_desk(self, user: Any) -> Self:
        """Keep what a member of staff works on: delivered, and not the person's own."""
        own = signed(user, "pk") | Q(coordinates(user, "network_id"))
        return self.at_the_office().exclude(own)

    def counted(self, user: Any) -> dict[str, int]:
        """Return how many letters each view of the desk holds, in one query."""
        return self.order_by().aggregate(
            acknowledge=Count("pk", filter=Q(state__in=TO_ACKNOWLEDGE)),
            mark=Count("pk", filter=Q(state=LetterState.ACKNOWLEDGED)),
            answer=Count("pk", filter=Q(state=LetterState.UNDER_REVIEW)),
            mine=Count("pk", filter=Q(owner_id=user.pk) & ~Q(state__in=ENDED)),
            all=Count("pk"),
        )

    def to_verify(self, secret: str, sealed: Any) -> Self:
        """Keep the letter that carries `secret`, once it was delivered, or once one of `sealed`
        (documents, related by source_id=OuterRef("pk")) can be in somebody's hands."""
        there = Q(state__in=AT_THE_OFFICE) | Q(Exists(sealed), state=LetterState.CLOSED)
        return self.filter(there, verify_secret=secret)

    def longest_waiting_first(self) -> Self:
        """Order by the moment of delivery."""
        return self.order_by("delivered_at", "reference")

    def followed_by_letter(self, letter: Any) -> Self:
        """Keep the earlier letters that `letter` says it follows, the oldest first."""
        return self.filter(followed_by=letter).order_by("delivered_at", "reference")

    def newest_first(self) -> Self:
        """Order by the last change, newest first."""
        return self.order_by("-changed_at", "reference")
