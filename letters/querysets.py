"""Reads of this room, chainable. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import AT_THE_OFFICE, BatchState, LetterState
from letters.querysets_of_drafts import belongs_to_network
from organizations.querysets.parts import coordinates, member_of, rows
from organizations.rules import takes_part
from recommendations.querysets import also_seen_by


def _rows(model: str) -> Any:
    """Return the unread queryset of a model of this room, for use inside EXISTS."""
    return apps.get_model("letters", model)._base_manager.all()


def signed(user: Any, outer: str) -> Exists:
    """`user` signed the letter in column `outer` and did not take it back."""
    names = _rows("Signatory").filter(letter=OuterRef(outer), signed_by=user.pk)
    return Exists(names.filter(withdrawn_at__isnull=True))


def carried(user: Any) -> Q:
    """Recommendations that stand for an ask of a letter which `user` signed or coordinates: to
    them it is their own ask, whoever else may read it.

    They are few: lists that are read once, no question a row of the desk.
    """
    names = _rows("Signatory").filter(signed_by=user.pk, withdrawn_at__isnull=True)
    held = rows("NetworkCoordinator").filter(user_id=user.pk, ended_at__isnull=True)
    own = Q(pk__in=names.values("letter_id")) | Q(network_id__in=held.values("network_id"))
    letters = _rows("Letter").filter(own, state__in=AT_THE_OFFICE)
    asks = _rows("Ask").filter(letter__in=letters.values("pk"), withdrawn_at__isnull=True)
    return Q(pk__in=asks.values("recommendation_id"))


also_seen_by(carried)


class LetterQuerySet(GuardedQuerySet):
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
        seen |= Q(Exists(_rows("Signatory").filter(letter=OuterRef("pk"), signed_by=user.pk)))
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
        own = Q(signed(user, "pk")) | Q(coordinates(user, "network_id"))
        return self.at_the_office().exclude(own)

    def counted(self, user: Any) -> dict[str, int]:
        """Return how many letters each view of the desk holds, in one query."""
        return self.order_by().aggregate(
            acknowledge=Count("pk", filter=Q(state=LetterState.DELIVERED)),
            mark=Count("pk", filter=Q(state=LetterState.ACKNOWLEDGED)),
            answer=Count("pk", filter=Q(state=LetterState.UNDER_REVIEW)),
            mine=Count("pk", filter=Q(owner_id=user.pk) & ~Q(state=LetterState.ANSWERED)),
            all=Count("pk"),
        )

    def longest_waiting_first(self) -> Self:
        """Order by the moment of delivery."""
        return self.order_by("delivered_at", "reference")

    def newest_first(self) -> Self:
        """Order by the last change, newest first."""
        return self.order_by("-changed_at", "reference")


class SignatoryQuerySet(GuardedQuerySet):
    """Names under letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """Public names are seen with their letter; names for the Office by the Office, by the
        coordinators, by the person who signed and by the members of the organization."""
        if isinstance(viewer, SystemActor):
            return self.all()
        if isinstance(viewer, Audience):
            return self.filter(level__lte=viewer.level)
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        seen = Q(level=Level.PUBLIC)
        user = person(viewer)
        if user is not None:
            seen |= Q(signed_by=user.pk)
            seen |= Q(member_of(user, "organization_id"))
            seen |= Q(
                Exists(
                    _rows("Letter").filter(
                        coordinates(user, "network_id"), pk=OuterRef("letter_id")
                    )
                )
            )
            if user.is_office:
                seen |= Q(level__lte=Level.OFFICE)
        return self.filter(seen, letter__in=letters.values("pk"))

    def standing(self) -> Self:
        """Keep the names that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of(self, letter: Any) -> Self:
        """Keep the names under `letter`."""
        return self.filter(letter=letter)

    def signed_for(self, organization: Any) -> Self:
        """Keep the names signed for `organization`."""
        return self.filter(organization=organization)

    def signed_by_person(self, user: Any) -> Self:
        """Keep the names that `user` signed."""
        return self.filter(signed_by=user)

    def as_entered(self) -> Self:
        """Order as the names were entered."""
        return self.order_by("position", "created_at", "pk")


class AskQuerySet(GuardedQuerySet):
    """Asks that were marked in letters."""

    def restrict(self, viewer: Viewer) -> Self:
        """An ask is seen by whoever may see both its letter and its recommendation: the Office
        within reach of its level; who signed or coordinates the letter, as long as it stands;
        everyone, once it was answered and where the letter is public."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        items = apps.get_model("recommendations", "Recommendation").objects.visible_to(viewer)
        return self.filter(
            Exists(letters.filter(pk=OuterRef("letter_id"))),
            Exists(items.filter(pk=OuterRef("recommendation_id"))),
        )

    def of(self, letter: Any) -> Self:
        """Keep the asks of `letter`."""
        return self.filter(letter=letter)

    def standing(self) -> Self:
        """Keep the asks that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def became(self, recommendation: Any) -> Self:
        """Keep the ask that became this recommendation."""
        return self.filter(recommendation=recommendation)

    def with_recommendation(self) -> Self:
        """Bring along what is asked, of whom, and who answers it."""
        joined = ("addressee", "action_asked", "owner")
        return self.select_related(*(f"recommendation__{name}" for name in joined))

    def in_order(self) -> Self:
        """Order as they were marked."""
        return self.order_by("position", "pk")


class BatchQuerySet(GuardedQuerySet):
    """Batches of pasted lines; seen by the coordinators of the letter only."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the batches of letters that the viewer coordinates."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = _rows("Letter").filter(coordinates(user, "network_id"), pk=OuterRef("letter_id"))
        return self.filter(Exists(letters))

    def in_review(self) -> Self:
        """Keep the batches that wait for a person."""
        return self.filter(state=BatchState.REVIEW)


class BatchLineQuerySet(GuardedQuerySet):
    """Lines of a batch; seen by the coordinators of the letter only."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the lines of batches that the viewer may see."""
        batches = apps.get_model("letters", "SignatoryBatch").objects.visible_to(viewer)
        return self.filter(batch__in=batches.values("pk"))

    def as_pasted(self) -> Self:
        """Order as the lines were pasted."""
        return self.order_by("position")


class RevisionQuerySet(GuardedQuerySet):
    """What drafts said before; seen by the coordinators of the letter only."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the revisions of letters that the viewer coordinates."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = _rows("Letter").filter(coordinates(user, "network_id"), pk=OuterRef("letter_id"))
        return self.filter(Exists(letters))

    def of_draft(self, letter: Any, language: str = "") -> Self:
        """Keep those of the letter's own text, or of its translation into `language`."""
        if language:
            return self.filter(letter=letter, translation=True, language=language)
        return self.filter(letter=letter, translation=False)

    def newest_first(self) -> Self:
        """Order by number, the newest first."""
        return self.order_by("-number")
