"""What the QuerySets of this room share: what hangs on an item is seen with the item."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from organizations.querysets.parts import NOBODY


def rows(model: str, room: str = "recommendations") -> Any:
    """Return the unread queryset of a model, for use inside EXISTS."""
    return apps.get_model(room, model)._base_manager.all()


def recommendations() -> Any:
    """Return the recommendations, still unread: a question must follow."""
    return apps.get_model("recommendations", "Recommendation").objects.all()


class AboutRecommendationQuerySet(GuardedQuerySet):
    """What hangs on a recommendation."""

    def restrict(self, viewer: Viewer) -> Self:
        """Rows about an item whose inside the viewer may see."""
        if isinstance(viewer, SystemActor):
            return self.all()
        seen = recommendations().seen_inside_by(viewer)
        return self.filter(Exists(seen.filter(pk=OuterRef("recommendation_id"))))

    def about(self, recommendation: Any) -> Self:
        """Keep the rows about this item."""
        return self.filter(recommendation=recommendation)

    def _of_office(self, viewer: Viewer) -> Q:
        """Rows about an item on which the viewer works for the Office."""
        user = person(viewer)
        if user is None or not user.is_office:
            return NOBODY
        seen = recommendations().at_the_desk_of(user)
        return Q(Exists(seen.filter(pk=OuterRef("recommendation_id"))))

    def _of_visible(self, viewer: Viewer) -> Q:
        seen = recommendations().visible_to(viewer)
        return Q(Exists(seen.filter(pk=OuterRef("recommendation_id"))))
