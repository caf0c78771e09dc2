"""What people do with notices and with work that is parked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from foundation.audit.recording import record
from foundation.leases import work
from foundation.leases.lanes import Lane
from foundation.notifications.enums import DismissReason
from foundation.notifications.models import Notice, Outbox, SecurityMail
from foundation.notifications.querysets import unread_of
from foundation.notifications.retention import KEPT, SECURITY_KEPT


def read_notice(notice: Notice) -> None:
    """Note that the notice has been read; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=Now())


def read_all_notices(*, by: Any) -> int:
    """Note that `by` has read all notices; return how many were new."""
    return unread_of(by).update(read_at=Now())


@transaction.atomic
def retry_parked(lane: Lane, pk: Any, *, by: Any) -> bool:
    """Put a parked row back into the work. False if it is not parked (any more)."""
    changed = work.retry(lane.model, pk)
    if changed:
        record("work.retried", work.named(lane.model, pk), by=by, lane=lane.name)
    return changed


@transaction.atomic
def dismiss_parked(lane: Lane, pk: Any, *, reason: DismissReason, by: Any) -> bool:
    """Close a parked row without doing it. False if it is not parked (any more)."""
    changed = work.dismiss(lane.model, pk, reason.value)
    if changed:
        record("work.dismissed", work.named(lane.model, pk), by=by, lane=lane.name, reason=reason)
    return changed


@transaction.atomic
def clear_old_messages() -> int:
    """Delete what retention.py says is kept long enough; return how many rows that were."""
    old, security_old = Now() - KEPT, Now() - SECURITY_KEPT
    counts = [
        Outbox.objects.filter(done_at__lt=old).delete()[0],
        Notice.objects.filter(created_at__lt=old).delete()[0],
        SecurityMail.objects.filter(done_at__lt=security_old).delete()[0],
    ]
    return sum(counts)
