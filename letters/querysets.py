"""Reads of this room, chainable. Every read starts with `visible_to(viewer)`."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q

from foundation.confidentiality import Audience, Level, SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from letters.enums import (
    AT_THE_OFFICE,
    ENDED,
    TO_ACKNOWLEDGE,
    BatchState,
    LetterState,
    Method,
    Mode,
)
from letters.querysets_of_delivery import RegisterQuerySet
from letters.querysets_of_drafts import belongs_to_network
from letters.secrecy import own_names, rows_for_organization
from organizations.querysets.parts import coordinates, member_of, representative_of, rows
from organizations.rules import takes_part
from recommendations.querysets import also_seen_by


def _rows(model: str) -> Any:
    """Return the unread queryset of a model of this room, for use inside EXISTS."""
    return apps.get_model("letters", model)._base_manager.all()


def signed(user: Any, outer: str) -> Q:
    """`user` signed the letter in column `outer`, in whatever mode, and did not take it back."""
    names = _rows("Signatory").filter(letter=OuterRef(outer), signed_by=user.pk)
    openly = Q(Exists(names.filter(withdrawn_at__isnull=True)))
    return openly | Q(**{f"{outer}__in": own_names(user).signed_letters})


def carried(user: Any) -> Q:
    """Recommendations that stand for an ask of a letter which `user` signed or coordinates: to
    them it is their own ask, whoever else may read it.

    They are few: lists that are read once, no question a row of the desk.
    """
    names = _rows("Signatory").filter(signed_by=user.pk, withdrawn_at__isnull=True)
    hidden = own_names(user).signed_letters
    held = rows("NetworkCoordinator").filter(user_id=user.pk, ended_at__isnull=True)
    own = (
        Q(pk__in=names.values("letter_id"))
        | Q(pk__in=hidden)
        | Q(network_id__in=held.values("network_id"))
    )
    letters = _rows("Letter").filter(own, state__in=AT_THE_OFFICE)
    asks = _rows("Ask").filter(letter__in=letters.values("pk"), withdrawn_at__isnull=True)
    return Q(pk__in=asks.values("recommendation_id"))


also_seen_by(carried)


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
        seen |= Q(Exists(_rows("Signatory").filter(letter=OuterRef("pk"), signed_by=user.pk)))
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
        rows = _rows("Letter").filter(pk=OuterRef("letter_id"))
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
        in_force = Exists(_rows("Letter").filter(frozen=OuterRef("text")))
        return self.filter(
            Q(text__isnull=True) | in_force, withdrawn_at__isnull=True, invalidation__isnull=True
        )

    def under_an_earlier_text(self) -> Self:
        """Keep the names that were not withdrawn and wait to be signed again."""
        in_force = Exists(_rows("Letter").filter(frozen=OuterRef("text")))
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


class ListVersionQuerySet(GuardedQuerySet):
    """Versions of public lists: seen with their letter."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the versions of letters that the viewer may see."""
        if isinstance(viewer, SystemActor):
            return self.all()
        letters = apps.get_model("letters", "Letter").objects.visible_to(viewer)
        return self.filter(Exists(letters.filter(pk=OuterRef("letter_id"))))

    def of(self, letter: Any) -> Self:
        """Keep the versions of this letter's list, in order."""
        return self.filter(letter=letter).order_by("number")


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


class InvalidationQuerySet(GuardedQuerySet):
    """Waves of names that were set apart; seen by the coordinators of the letter only."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep those of letters that the viewer coordinates."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = _rows("Letter").filter(coordinates(user, "network_id"), pk=OuterRef("letter_id"))
        return self.filter(Exists(letters))

    def of(self, letter: Any) -> Self:
        """Keep those of `letter`."""
        return self.filter(letter=letter)

    def newest_first(self) -> Self:
        """Order by the moment, the newest first."""
        return self.order_by("-made_at", "pk")


class SignOnInvitationQuerySet(GuardedQuerySet):
    """Invitations to sign; seen by the coordinators of the letter and by who is invited."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep those of letters that the viewer coordinates, and those to the viewer: to the own
        organization, as any member of it, or to the expert."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = _rows("Letter").filter(coordinates(user, "network_id"), pk=OuterRef("letter_id"))
        own = rows("Expert").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        return self.filter(
            Q(Exists(letters)) | Q(member_of(user, "organization_id")) | Q(Exists(own))
        )

    def of(self, letter: Any) -> Self:
        """Keep the invitations to sign `letter`."""
        return self.filter(letter=letter)

    def standing(self) -> Self:
        """Keep those that the coordinators did not take back, declined or not."""
        return self.filter(taken_back_at__isnull=True)

    def not_declined(self) -> Self:
        """Keep those that nobody declined."""
        return self.filter(declined_at__isnull=True)

    def for_the_word_of(self, user: Any) -> Self:
        """Keep those that `user` answers: as a representative, or as the expert."""
        own = rows("Expert").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        return self.filter(Q(representative_of(user, "organization_id")) | Q(Exists(own)))

    def with_the_invited(self) -> Self:
        """Bring along who is invited."""
        return self.select_related("organization", "expert")


class ForTheClockQuerySet(GuardedQuerySet):
    """Rows that the portal keeps for itself; nobody sees them."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep all for a part of the system, nothing for anybody."""
        return self.all() if isinstance(viewer, SystemActor) else self.none()


class SignOnRequestQuerySet(GuardedQuerySet):
    """What people without an account asked for; coordinators see those that were held."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep, of the letters that the viewer coordinates, what was held and not confirmed."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = _rows("Letter").filter(coordinates(user, "network_id"), pk=OuterRef("letter_id"))
        return self.filter(Exists(letters), held_at__isnull=False, confirmed_at__isnull=True)

    def of(self, letter: Any) -> Self:
        """Keep the requests about `letter`."""
        return self.filter(letter=letter)

    def to_release(self) -> Self:
        """Keep those that were held and that nobody let through."""
        return self.filter(held_at__isnull=False, released_at__isnull=True, sealed__isnull=False)
