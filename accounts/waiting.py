"""What waits for those who run the portal: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.leases import work
from foundation.leases.lanes import lanes
from foundation.web.waiting import Group, Waiting


def accounts_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield that mails or papers failed for good, to an administrator."""
    if not user.has_role(StaffRole.ADMINISTRATOR):
        return
    if any(work.parked(lane.model).exists() for lane in lanes()):
        yield Waiting(
            _("Say what becomes of mails and papers that failed each time"),
            reverse("notifications:parked"),
            group=Group.DECIDE,
        )
