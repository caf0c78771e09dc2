"""Reads of what belongs to a draft: leads, approvals, comments, corrections, translations."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.querysets.parts import coordinates, rows, vetted_now


def belongs_to_network(user: Any, outer: str = "network_id") -> Exists:
    """`user` belongs to a vetted member organization of the network in column `outer`."""
    members = rows("NetworkMembership").filter(
        network=OuterRef(outer),
        ended_at__isnull=True,
        confirmed_at__isnull=False,
        accepted_at__isnull=False,
    )
    own = rows("Membership").filter(
        vetted_now("organization__"),
        organization=OuterRef("organization_id"),
        user_id=user.pk,
        ended_at__isnull=True,
    )
    return Exists(members.filter(Exists(own)))


class OfALetterQuerySet(GuardedQuerySet):
    """Rows of a letter (column `letter`) that its coordinators see, and nobody else."""

    def restrict(self, viewer: Viewer) -> Self:
        """Keep the rows of letters that the viewer coordinates."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        return self.none() if user is None else self.filter(self.coordinated_by(user))

    def coordinated_by(self, user: Any) -> Exists:
        """The letter of the row is one that `user` coordinates; for use inside `filter`."""
        letters = apps.get_model("letters", "Letter")._base_manager.all()
        return Exists(letters.filter(coordinates(user, "network_id"), pk=OuterRef("letter_id")))

    def of(self, letter: Any) -> Self:
        """Keep the rows of `letter`."""
        return self.filter(letter=letter)


class LeadQuerySet(OfALetterQuerySet):
    """Who leads a letter."""

    def standing(self) -> Self:
        """Keep those who lead today: not ended, and still coordinators of the letter's network."""
        held = rows("NetworkCoordinator").filter(
            network=OuterRef("letter__network_id"), user=OuterRef("user_id"), ended_at__isnull=True
        )
        return self.filter(Exists(held), ended_at__isnull=True)


class ApprovalQuerySet(OfALetterQuerySet):
    """What leads approved."""

    def to_take(self, step: str, sha256: str) -> Self:
        """Keep approvals of this step with exactly this text, which was not taken yet."""
        return self.filter(step=step, sha256=sha256, used_at__isnull=True)


class ReplacementQuerySet(OfALetterQuerySet):
    """Asks to replace a lead who is away."""

    def waiting(self) -> Self:
        """Keep those that wait for a second coordinator."""
        return self.filter(seconded_at__isnull=True, ended_at__isnull=True)


class CommentQuerySet(OfALetterQuerySet):
    """Comments on drafts."""

    def restrict(self, viewer: Viewer) -> Self:
        """Coordinators see all that stand; members of the network while the draft is open to them;
        everyone the own ones."""
        if isinstance(viewer, SystemActor):
            return self.all()
        user = person(viewer)
        if user is None:
            return self.none()
        letters = apps.get_model("letters", "Letter")._base_manager.filter(pk=OuterRef("letter_id"))
        shown = letters.filter(belongs_to_network(user), state="draft", comments_open=True)
        return self.filter(
            Q(author_id=user.pk) | Q(self.coordinated_by(user)) | Q(Exists(shown)),
        )

    def standing(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def in_order(self) -> Self:
        """Order as they were written."""
        return self.order_by("created_at", "pk")


class CorrectionQuerySet(OfALetterQuerySet):
    """Corrections of fixed texts, while they are drafted and after."""

    def under_way(self) -> Self:
        """Keep those that were neither made nor dropped."""
        return self.filter(ended_at__isnull=True)


class TranslationQuerySet(OfALetterQuerySet):
    """Drafts of translations; what was fixed of them is a `FrozenText`, seen with the letter."""

    def in_language(self, language: str) -> Self:
        """Keep the translation into `language`."""
        return self.filter(language=language)
