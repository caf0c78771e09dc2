"""What the Office decides on an entry: one function, since each step has a reason and a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused
from organizations.actions.parts import Incomplete, lock, tell_owners
from organizations.models import NamedReader, Registration, VettingDecision
from organizations.querysets.parts import is_approver
from organizations.rules import is_member, roles_of, standing_vouches
from organizations.signals import registration_ended, registration_vetted
from organizations.transitions import REGISTRATION

ACTIONS = {
    "accept": "organizations.accepted",
    "ask_more": "organizations.more_asked",
    "refuse": "organizations.refused",
    "grant_appeal": "organizations.appeal_granted",
    "dismiss_appeal": "organizations.appeal_dismissed",
    "extend": "organizations.extended",
    "revoke": "organizations.revoked",
}
VETTING_STEPS = ("accept", "grant_appeal", "extend")
VOUCHES_NEEDED = 2
MOST_YEARS = 5


def usual_end() -> date:
    """Return the day until which a vetting made today usually holds (VETTING_VALID_DAYS, 730)."""
    return timezone.now().date() + timedelta(days=getattr(settings, "VETTING_VALID_DAYS", 730))


@transaction.atomic
def decide(
    *,
    registration: Registration,
    step: str,
    reason: str,
    by: Any,
    unmet: Sequence[str] = (),
    valid_until: date | None = None,
) -> VettingDecision:
    """Take `step` (a key of ACTIONS) on the entry, with its reason, and return the decision.

    `valid_until` is the last day of a vetting: tomorrow or later, at most five years away;
    usual_end() when left out. `unmet` are criteria that a refusal names. Raises NotYours,
    WrongState, Incomplete.
    """
    entry = lock(registration)
    if step not in ACTIONS:
        raise NotYours(_("You may not do this."))
    REGISTRATION.move(entry, step, by=by)
    if not reason.strip():
        raise Incomplete(_("Please give the reason: those who registered will read it."))
    ends = _end_of_vetting(valid_until) if step in VETTING_STEPS else None
    if step == "accept":
        _enough_vouches(entry)
    _write(entry, step, ends)
    decision = VettingDecision(
        **{entry.column: entry},
        step=step,
        reason=reason,
        unmet=list(unmet) if step in ("refuse", "dismiss_appeal", "revoke") else [],
        valid_until=ends,
        reviewer=by,
    )
    decision.save()
    _tell(entry, decision, by)
    return decision


def _write(entry: Registration, step: str, ends: date | None) -> None:
    now = timezone.now()
    if step == "ask_more":
        entry.paused_at = now
    else:
        entry.decided_at = now
        entry.paused_at = entry.decide_by = None
        entry.valid_until = ends
    entry.version += 1
    entry.save()


def _tell(entry: Registration, decision: VettingDecision, by: Any) -> None:
    facts = {"valid_until": decision.valid_until} if decision.valid_until else {}
    record(ACTIONS[decision.step], entry, by=by, decision=decision.pk, **facts)
    kind = "more_asked" if decision.step == "ask_more" else "decided"
    tell_owners(f"organizations.{kind}", entry)
    if decision.step in ("accept", "grant_appeal"):
        registration_vetted.send(type(entry), registration=entry, by=by)
    if decision.step == "revoke":
        registration_ended.send(type(entry), registration=entry, by=by)


def _end_of_vetting(wanted: date | None) -> date:
    ends, today = wanted or usual_end(), timezone.now().date()
    if not today < ends <= today + timedelta(days=366 * MOST_YEARS):
        raise Incomplete(
            _("A vetting ends tomorrow at the earliest, and in five years at the latest.")
        )
    return ends


def _enough_vouches(entry: Registration) -> None:
    if getattr(entry, "without_papers", False) and standing_vouches(entry) < VOUCHES_NEEDED:
        raise Incomplete(
            _("It registers without papers: two vetted organizations must vouch for it first.")
        )


@transaction.atomic
def name_readers(*, registration: Registration, officers: Iterable[Any], by: Any) -> None:
    """Set who of the staff may see an entry of the level "named officers only".

    An approver does this; Refused for a person who is not of the Office or has a stake in it.
    """
    entry = lock(registration)
    if not is_approver(by) or "approver" not in roles_of(by, entry):
        raise NotYours(_("Only an approver may name officers."))
    chosen = {officer.pk: officer for officer in officers}
    for officer in chosen.values():
        if not officer.is_office or is_member(officer, entry):
            raise Refused(_("Only staff of the Office without a stake in it can be named."))
    present = NamedReader.objects.unguarded("who is named already").about(entry)
    present.exclude(user_id__in=chosen).delete()
    known = set(present.values_list("user_id", flat=True))
    for pk in chosen.keys() - known:
        NamedReader(**{entry.column: entry}, user_id=pk, named_by=by).save()
    record("organizations.officers_named", entry, by=by, count=len(chosen))
