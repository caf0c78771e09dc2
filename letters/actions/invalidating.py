"""Setting a wave of names apart, after its number was shown; and bringing all of them back.

For names that a program sent, or that somebody sent in other people's names. The lines leave every
list and copy; the rows stay as they are, with their place taken: nobody can sign a second time
meanwhile, and so undoing always works.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.audit.recording import record
from foundation.confidentiality import vault
from foundation.workflow import Refused, WrongState
from letters import secrecy
from letters.actions.parts import lock, must_coordinate
from letters.enums import LetterState, Method, Mode
from letters.models import Invalidation, Letter, Signatory

BEFORE_DELIVERY = (LetterState.DRAFT, LetterState.OPEN, LetterState.CLOSED)
WHY = "a coordinator sets names apart; conditions and number are on record"


class OtherNumber(Refused):
    """Between the count and the decision names came or went: `count` is the number now."""

    def __init__(self, count: int) -> None:
        words = ngettext(
            "The list has moved: %(n)s name matches now. Look again, then decide.",
            "The list has moved: %(n)s names match now. Look again, then decide.",
            count,
        )
        super().__init__(words % {"n": count})
        self.count = count


@dataclass(frozen=True)
class Conditions:
    """Which names: all that are given must hold. `since` and `until` is when they were signed;
    of a name that is not public only the day is kept, so `hidden` asks for them by whole days.
    `domain`: of the mail address of who signed by mail, without "@"."""

    since: datetime | None = None
    until: datetime | None = None
    methods: tuple[str, ...] = ()
    batch: uuid.UUID | None = None
    domain: str = ""
    hidden: bool = False

    def as_record(self, letter: Letter) -> dict[str, Any]:
        """Return what is kept: a domain may belong to one person, so a keyed hash of it."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "methods": list(self.methods),
            "batch": str(self.batch) if self.batch else None,
            "domain": domain_key(letter.pk, self.domain) if self.domain else None,
            "hidden": self.hidden,
        }


def domain_key(letter_id: Any, domain: str) -> str:
    """Return the blind key of a mail domain under one letter, 64 hexadecimal digits."""
    return vault.blind("letters.domain", str(letter_id), _plain(domain))


def matching(*, letter: Letter, conditions: Conditions, by: Any) -> list[Signatory]:
    """Return the standing names that the conditions hold for, as entered, not opened. NotYours.

    Names that are not counted are never among them: they are in no list.
    """
    must_coordinate(by, letter)
    names = Signatory.objects.unguarded(WHY).of(letter).counted()
    names = names.filter(_when(conditions))
    if conditions.methods:
        names = names.filter(method__in=conditions.methods)
    if conditions.batch:
        names = names.filter(batch=conditions.batch)
    found: Iterable[Signatory] = names.as_entered()
    if conditions.domain:
        found = (name for name in found if _is_of(name, _plain(conditions.domain)))
    return list(found)


@transaction.atomic
def invalidate(
    *, letter: Letter, conditions: Conditions, reason: str, shown: int, by: Any
) -> Invalidation:
    """Set apart the names that match; `shown` is the number that the person saw before.

    Raises NotYours, WrongState (delivered), OtherNumber, Refused (none).
    """
    letter = lock(letter.pk)
    if letter.state not in BEFORE_DELIVERY:
        raise WrongState(_("The list of a delivered letter is not changed."))
    keys = [name.pk for name in matching(letter=letter, conditions=conditions, by=by)]
    if len(keys) != shown:
        raise OtherNumber(len(keys))
    if not keys:
        raise Refused(_("No name matches."))
    made = Invalidation.objects.create(
        letter=letter,
        conditions=conditions.as_record(letter),
        reason=reason,
        names=len(keys),
        made_by=by,
    )
    Signatory.objects.unguarded(WHY).filter(pk__in=keys).update(invalidation=made)
    record("letters.invalidated", letter, by=by, invalidation=made.pk, names=len(keys))
    return made


@transaction.atomic
def revert_invalidation(*, invalidation: Invalidation, reason: str, by: Any) -> Invalidation:
    """Bring the names back, each as it was; who took a name back meanwhile has done so.

    Raises NotYours, WrongState (delivered, or undone already).
    """
    letter = lock(invalidation.letter_id)
    must_coordinate(by, letter)
    invalidation = Invalidation.objects.unguarded("locked by its letter").get(pk=invalidation.pk)
    if invalidation.is_reverted:
        raise WrongState(_("These names were brought back already."))
    if letter.state not in BEFORE_DELIVERY:
        raise WrongState(_("The list of a delivered letter is not changed."))
    names = Signatory.objects.unguarded(WHY).filter(invalidation=invalidation)
    count = names.update(invalidation=None)
    invalidation.reverted_at, invalidation.reverted_by = timezone.now(), by
    invalidation.revert_reason = reason
    invalidation.save(update_fields=["reverted_at", "reverted_by", "revert_reason"])
    record("letters.brought_back", letter, by=by, invalidation=invalidation.pk, names=count)
    return invalidation


def _when(conditions: Conditions) -> Q:
    """Public names by the moment; names that are not public by the day, where they are asked for."""
    exact, days = Q(mode=Mode.PUBLIC), ~Q(mode=Mode.PUBLIC)
    if conditions.since:
        exact &= Q(created_at__gte=conditions.since)
        days &= Q(created_at__gte=_midnight(conditions.since))
    if conditions.until:
        exact &= Q(created_at__lt=conditions.until)
        days &= Q(created_at__lt=conditions.until)
    return exact | days if conditions.hidden else exact


def _midnight(moment: datetime) -> datetime:
    day = moment.astimezone(timezone.get_default_timezone()).date()
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _is_of(name: Signatory, domain: str) -> bool:
    """Tell whether the name was signed by mail from this domain; its address is shown to nobody."""
    if name.method != Method.EMAIL or name.sealed is None:
        return False
    address = str(secrecy.unseal(name).get("address", ""))
    return _plain(address.rpartition("@")[2]) == domain


def _plain(domain: str) -> str:
    return domain.strip().lstrip("@").rstrip(".").casefold()
