"""Reads of what belongs to a draft: revisions, leads, approvals, comments, corrections, translations."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from letters.querysets.parts import OfALetterQuerySet, belongs_to_network, rows_of
from organizations.querysets.parts import rows


class RevisionQuerySet(OfALetterQuerySet):
    """What drafts said before; seen by the coordinators of the letter only."""

    def of_draft(self, letter: Any, language: str = "") -> Self:
        """Keep those of the letter's own text, or of its translation into `language`."""
        if language:
            return self.filter(letter=letter, translation=True, language=language)
        return self.filter(letter=letter, translation=False)

    def newest_first(self) -> Self:
        """Order by number, the newest first."""
        return self.order_by("-number")


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
        letters = rows_of("Letter").filter(pk=OuterRef("letter_id"))
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
