"""What several actions of this room do: lock, refuse, tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from foundation.notifications.outbox import notify
from foundation.workflow import NotYours, Refused
from organizations.models import Registration
from organizations.rules import is_owner, owners_of

M = TypeVar("M", bound=models.Model)

WHY = "an action locks the row and asks the rules itself"


class Incomplete(Refused):
    """Something is still missing; the text says what."""


def decision_time() -> timedelta:
    """Return how long the Office has to decide (settings.VETTING_DAYS, default 30 days)."""
    return timedelta(days=getattr(settings, "VETTING_DAYS", 30))


def lock(row: M) -> M:
    """Return `row` as it stands now, locked until the transaction ends; DoesNotExist if it is gone.

    Only the row itself is locked: what it points at may be read and locked by others.
    """
    manager: Any = type(row)._default_manager
    return manager.unguarded(WHY).select_for_update(of=("self",)).get(pk=row.pk)


def must_own(by: Any, registration: Registration) -> None:
    """Raise NotYours unless `by` acts for the entry."""
    if not is_owner(by, registration):
        raise NotYours(_("Only somebody who acts for it may do this."))


def tell(kind: str, people: Iterable[Any], about: Any, *, but: Any = None) -> None:
    """Notify each of `people` once, the one who acted left out."""
    for person in {person.pk: person for person in people}.values():
        if but is None or person.pk != but.pk:
            notify(kind, to=person, about=about)


def tell_owners(kind: str, registration: Registration, *, but: Any = None) -> None:
    """Notify everyone who acts for the entry."""
    tell(kind, owners_of(registration), registration, but=but)
