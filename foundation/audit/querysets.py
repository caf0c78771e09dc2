"""Reads of the log for its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from foundation.audit.models import AuditEvent, AuditSeal

LOOKUPS = {
    "action": "action",
    "object_type": "object_type",
    "object_id": "object_id",
    "actor": "actor_id",
    "since": "at__gte",
    "until": "at__lt",
}


def newest_id() -> int:
    """Return the highest id of the log, 0 while it is empty."""
    return AuditEvent.objects.aggregate(newest=Max("id"))["newest"] or 0


def matching(asked: Mapping[str, Any], up_to: int) -> QuerySet[AuditEvent]:
    """Return the events with an id up to `up_to` that fit every filter of `asked`, newest first.

    `asked` has some of LOOKUPS' keys; empty values do not count. Days are those of the reader.
    """
    values = dict(asked)
    if values.get("since"):
        values["since"] = _midnight(values["since"])
    if values.get("until"):
        values["until"] = _midnight(values["until"] + dt.timedelta(days=1))
    lookups = {LOOKUPS[name]: value for name, value in values.items() if value and name in LOOKUPS}
    return AuditEvent.objects.filter(id__lte=up_to, **lookups).order_by("-id")


def _midnight(day: dt.date) -> dt.datetime:
    """The moment when `day` begins for the reader (the index on `at` knows moments, not days)."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def seal_of(event: AuditEvent) -> AuditSeal | None:
    """Return the seal of `event`, None while it waits."""
    return AuditSeal.objects.filter(event_id=event.pk).first()
