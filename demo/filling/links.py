"""Who sent what came by mail or on paper: links in every state, as two officers would make them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from demo.filling.organizations import Sender
from demo.filling.stories import World
from organizations.models import Expert
from recommendations.enums import LinkCheck, LinkState
from recommendations.models import Recommendation, SenderLink

SHARE = 30  # of a hundred entered items
STATES = (LinkState.ACCEPTED, LinkState.PROPOSED, LinkState.CONFIRMED, LinkState.ACCEPTED,
          LinkState.DECLINED, LinkState.UNDONE)  # fmt: skip


class Links:
    """Says of entered items who sent them."""

    def __init__(self, world: World, present: list[Sender]) -> None:
        self._world, self._present = world, present
        self._states: Iterator[LinkState] = cycle(STATES)

    def perhaps(self, item: Recommendation) -> None:
        """Link some items to somebody who is vetted; an accepted link makes it their own."""
        draw, sent = self._world.draw, item.submitted_at
        if not draw.happens(SHARE) or not self._present or sent is None:
            return
        state, sender = next(self._states), draw.one(self._present)
        first, second = draw.chance.sample(self._world.staff.officers, 2)
        proposed, confirmed, decided = draw.moments(sent, 3)
        column = "expert" if isinstance(sender.entry, Expert) else "organization"
        link = SenderLink(
            id=draw.id(),
            recommendation=item,
            state=state,
            how=draw.one(LinkCheck.values),
            proposed_by=first,
            proposed_at=proposed,
            **{column: sender.entry},
        )
        self._record(proposed, "link_proposed", item, first, how=link.how, sender=sender.entry.pk)
        if state != LinkState.PROPOSED:
            link.confirmed_by, link.confirmed_at = second, confirmed
            self._record(confirmed, "link_confirmed", item, second)
        if state in (LinkState.ACCEPTED, LinkState.DECLINED):
            link.decided_by, link.decided_at = sender.user, decided
            self._record(decided, f"link_{state.value}", item, sender.user)
        if state == LinkState.UNDONE:
            link.undone_by, link.undone_at = first, decided
            self._record(decided, "link_undone", item, first, readable=False)
        if state == LinkState.ACCEPTED:
            setattr(item, column, sender.entry)
        self._world.copier.add(link)

    def _record(self, at: Any, name: str, item: Recommendation, by: Any, **facts: Any) -> None:
        self._world.log.record(at, f"recommendations.{name}", item, by, **facts)
