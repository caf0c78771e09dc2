"""Links between entered items and who sent them."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from foundation.confidentiality import SystemActor, Viewer, person
from organizations.querysets.parts import NOBODY, representative_of
from recommendations.enums import LINKED, LinkState
from recommendations.querysets.parts import AboutRecommendationQuerySet, rows


class SenderLinkQuerySet(AboutRecommendationQuerySet):
    """Links between entered items and who sent them."""

    def restrict(self, viewer: Viewer) -> Self:
        """The Office sees them with the item; who is said to have sent it once a second person
        has confirmed it, and then the link alone."""
        if isinstance(viewer, SystemActor):
            return self.all()
        return self.filter(self._of_office(viewer) | self._offered_to(viewer))

    def _offered_to(self, viewer: Viewer) -> Q:
        user = person(viewer)
        if user is None:
            return NOBODY
        own = rows("Expert", "organizations").filter(pk=OuterRef("expert_id"), user_id=user.pk)
        asked = (LinkState.CONFIRMED, LinkState.ACCEPTED, LinkState.DECLINED)
        theirs = Q(representative_of(user, "organization_id")) | Q(Exists(own))
        return Q(state__in=asked) & theirs

    def offered_to(self, user: Any) -> Self:
        """Return the links that wait for the word of `user`, open for reading."""
        return self.visible_to(user).filter(self._offered_to(user), state=LinkState.CONFIRMED)

    def in_force(self) -> Self:
        """Keep the links that stand: one an item at most."""
        return self.filter(state__in=LINKED)
