"""What those who register do: begin, describe, send, appeal, close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import Level, SystemActor
from foundation.web.forms import claim_version
from foundation.workflow import NotYours, Refused, WrongState
from organizations.actions.members import state_mandate
from organizations.actions.networks import ask_networks, tell_asked
from organizations.actions.parts import (
    Incomplete,
    decision_time,
    lock,
    must_own,
    tell,
    tell_owners,
)
from organizations.enums import REGISTRATION_LEVELS, MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import Expert, Membership, Organization, Registration
from organizations.rules import is_member, missing, office_for
from organizations.signals import registration_ended, registration_level_changed
from organizations.transitions import EDITABLE_STATES, REGISTRATION

LISTS = ("kinds", "pillars")
LIVING = frozenset(
    {"about", "website", "languages", "pillars", "scope", "ecosoc_status", "countries_of_work"}
)
"""What a vetted entry may change without being vetted again."""

ENDED = {"expire": "organizations.expired", "archive": "organizations.archived"}


@transaction.atomic
def begin_organization(*, level: int, by: Any) -> Organization:
    """Return a new draft, seen at `level`, with `by` as its first representative."""
    organization = Organization(level=_known(level))
    organization.save()
    Membership(organization=organization, user=by, role=MemberRole.REPRESENTATIVE).save()
    record("organizations.begun", organization, by=by, level=level)
    return organization


@transaction.atomic
def begin_expert(*, level: int, by: Any) -> Expert:
    """Return the person's own entry: a new draft, the one there already, or a closed one again."""
    with_level = {"level": _known(level), "name": by.name}
    all_experts = Expert.objects.unguarded("one entry a person")
    expert, created = all_experts.get_or_create(user=by, defaults=with_level)
    if created:
        record("organizations.begun", expert, by=by, level=level)
    elif expert.state == S.ARCHIVED:
        expert = lock(expert)
        REGISTRATION.move(expert, "reopen", by=by)
        expert.level = level
        _step_saved(expert)
        record("organizations.revised", expert, by=by)
    return expert


@transaction.atomic
def choose_level(*, registration: Registration, level: int, version: int, by: Any) -> None:
    """Change who may see that the entry is registered; EditConflict if somebody was faster."""
    entry = lock(registration)
    must_own(by, entry)
    claim_version(entry, version)
    before, entry.level = entry.level, _known(level)
    if before == entry.level:
        return
    entry.save(update_fields=["level"])
    record("organizations.level_changed", entry, by=by, before=before, level=level)
    registration_level_changed.send(type(entry), registration=entry, before=before, by=by)


@transaction.atomic
def describe(
    *,
    registration: Registration,
    values: Mapping[str, Any],
    version: int,
    by: Any,
    mandate: Mapping[str, Any] | None = None,
    networks: Iterable[Any] | None = None,
) -> Registration:
    """Write `values` (field name to value) into the entry and return it.

    Members do this while it may be edited; of a vetted entry only the fields in `LIVING` change.
    With `mandate` (given_by, given_on) the person states their own, with `networks` to which the
    organization belongs. Raises NotYours, WrongState, EditConflict.
    """
    entry = lock(registration)
    if not is_member(by, entry):
        raise NotYours(_("Only its members may do this."))
    if entry.state not in (*EDITABLE_STATES, S.VETTED):
        raise WrongState(_("It cannot be changed now: the Office is looking at it."))
    claim_version(entry, version)
    allowed = LIVING if entry.state == S.VETTED else values.keys()
    for name in values.keys() & allowed - set(LISTS):
        setattr(entry, name, values[name])
    entry.save()
    for name in values.keys() & allowed & set(LISTS):
        getattr(entry, name).set(values[name])
    if mandate is not None:
        state_mandate(membership=_own_membership(entry, by), by=by, **mandate)
    if networks is not None and isinstance(entry, Organization):
        ask_networks(organization=entry, networks=networks, by=by)
    record("organizations.described", entry, by=by, version=entry.version)
    return entry


@transaction.atomic
def submit(*, registration: Registration, by: Any) -> Registration:
    """Send the entry to the Office, for the first time, with what was asked, or after expiry.

    Starts the Office's clock, or lets it run on after a pause. Raises Incomplete with what is
    missing, NotYours, WrongState.
    """
    entry = lock(registration)
    was = entry.state
    step = REGISTRATION.move(entry, "renew" if was == S.EXPIRED else "submit", by=by)
    lacking = missing(entry)
    if lacking:
        raise Incomplete(_("Still missing: %(list)s.") % {"list": ", ".join(map(str, lacking))})
    _run_clock(entry, again=was == S.MORE_INFORMATION)
    _step_saved(entry)
    action = "organizations.renewed" if step.name == "renew" else "organizations.submitted"
    record(action, entry, by=by, decide_by=entry.decide_by)
    tell_owners("organizations.received", entry)
    if was == S.DRAFT and isinstance(entry, Organization):
        tell_asked(entry)
    roles = [StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER]
    if entry.level < Level.NAMED_OFFICERS:
        roles.pop()
    tell("organizations.to_vet", office_for(entry, *roles), entry)
    return entry


@transaction.atomic
def appeal(*, registration: Registration, text: str, by: Any) -> None:
    """Ask an approver who took no decision on it before to look again. Raises as the table says."""
    entry = lock(registration)
    REGISTRATION.move(entry, "appeal", by=by)
    if not text.strip():
        raise Incomplete(_("Please say why the decision should be changed."))
    entry.appeal_text = text
    entry.decide_by = timezone.now().date() + decision_time()
    _step_saved(entry)
    record("organizations.appealed", entry, by=by, decide_by=entry.decide_by)
    judges = [p for p in office_for(entry, StaffRole.APPROVER) if _judges(p, entry)]
    tell("organizations.appeal_to_decide", judges, entry)


@transaction.atomic
def revise(*, registration: Registration, by: Any) -> None:
    """Open a refused entry for changes, to be sent again."""
    entry = lock(registration)
    REGISTRATION.move(entry, "revise", by=by)
    _step_saved(entry)
    record("organizations.revised", entry, by=by)


@transaction.atomic
def archive(*, registration: Registration, by: Any) -> None:
    """Close the registration for good; what was signed stays."""
    _end(registration, "archive", by)


@transaction.atomic
def expire(*, registration: Registration, by: SystemActor) -> None:
    """End a vetting whose last day is over; Refused when it was extended meanwhile."""
    entry = _end(registration, "expire", by)
    if entry.valid_until is not None and entry.valid_until >= timezone.now().date():
        raise Refused(_("The vetting still holds."))
    tell_owners("organizations.expiring", entry)


def _end(registration: Registration, step: str, by: Any) -> Registration:
    entry = lock(registration)
    was_vetted = entry.state == S.VETTED
    REGISTRATION.move(entry, step, by=by)
    _step_saved(entry)
    record(ENDED[step], entry, by=by)
    if was_vetted:
        registration_ended.send(type(entry), registration=entry, by=by)
    return entry


def _own_membership(entry: Any, by: Any) -> Membership:
    return Membership.objects.visible_to(by).of(by).get(organization=entry)


def _step_saved(entry: Registration) -> None:
    """Save a step; an edit that was open meanwhile finds another version."""
    entry.version += 1
    entry.save()


def _run_clock(entry: Registration, *, again: bool) -> None:
    now = timezone.now()
    if again and entry.paused_at and entry.decide_by:
        entry.decide_by += now.date() - entry.paused_at.date()
    else:
        entry.submitted_at = now
        entry.decide_by = now.date() + decision_time()
    entry.paused_at = None


def _judges(person: Any, entry: Registration) -> bool:
    return "judge" in REGISTRATION.roles_of(person, entry)


def _known(level: int) -> int:
    if level not in REGISTRATION_LEVELS:
        raise Refused(_("Please choose one of the three."))
    return level
