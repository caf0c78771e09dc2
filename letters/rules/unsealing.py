"""Who may ask, agree and look when a name that is not counted is to be seen."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from foundation.web.policies import Predicate, signed_in
from letters.enums import UnsealingSide
from letters.models import Letter, Unsealing
from letters.rules.people import coordinates, has_stake
from letters.secrecy import own_names
from organizations.rules import is_coordinator

# Never an administrator: who keeps the machine and its roles must not be one of the two.
unseals = signed_in & Predicate(
    "a coordinator of some network, or an approver; no administrator",
    lambda user: (
        (is_coordinator(user) or user.has_role(StaffRole.APPROVER))
        and not user.has_role(StaffRole.ADMINISTRATOR)
    ),
)


def unsealing_side(user: Any, letter: Letter) -> str:
    """Return for which side `user` may ask or agree that a name that is not counted is shown: for
    the network's coordinators, or as an approver without a stake in the letter; "" for neither.

    One of each side is needed, so that neither the Office nor the network opens a name alone; and
    only once the Office has the letter: before that, who signed can still take the name back.
    """
    if not unseals(user) or not letter.is_at_the_office:
        return ""
    if coordinates(user, letter):
        return UnsealingSide.COORDINATOR
    if user.has_role(StaffRole.APPROVER) and not has_stake(user, letter):
        return UnsealingSide.APPROVER
    return ""


def may_decide(user: Any, unsealing: Unsealing) -> bool:
    """Tell whether `user` is the other person, of the other side, while the request waits."""
    side = unsealing_side(user, unsealing.letter)
    return (
        unsealing.is_waiting
        and side not in ("", unsealing.asked_as)
        and user.pk != unsealing.asked_by_id
        and unsealing.signatory_id not in own_names(user).rows
    )


def may_look(user: Any, unsealing: Unsealing) -> bool:
    """Tell whether the name is shown to `user` now: one of the two, still of a side, in time."""
    return (
        unsealing.is_open
        and unsealing.concerns(user)
        and bool(unsealing_side(user, unsealing.letter))
    )
