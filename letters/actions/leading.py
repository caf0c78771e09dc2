"""Who leads a letter: appointed, stepped down, replaced while away; and pausing it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.approving import begin_to_lead
from letters.actions.parts import lock, must_coordinate
from letters.enums import LetterState
from letters.models import LeadReplacement, Letter, LetterLead
from letters.notifications import tell_coordinators, tell_people
from letters.rules import coordinates, lead_of, leads_of
from organizations.models import NetworkCoordinator

WHY = "an action looks at the leads of the letter that it holds"
MAY_PAUSE = (LetterState.DRAFT, LetterState.OPEN, LetterState.CLOSED)


@transaction.atomic
def appoint_lead(*, letter: Letter, user: Any, by: Any) -> LetterLead:
    """Make another coordinator a lead as well. Only a lead may; NotYours, Refused."""
    letter = lock(letter.pk)
    must_lead(by, letter)
    _must_be_able_to_lead(user, letter)
    lead = begin_to_lead(letter, user, by=by)
    tell_people([user.pk], letter, "letters.lead_appointed", dedupe=str(lead.pk))
    return lead


@transaction.atomic
def step_down(*, letter: Letter, by: Any) -> LetterLead:
    """Lead the letter no more, as long as somebody else does. NotYours, Refused."""
    letter = lock(letter.pk)
    lead = must_lead(by, letter)
    if len(leads_of(letter)) == 1:
        raise Refused(_("You are the only lead. Make somebody else a lead first."))
    return _end(lead, by)


@transaction.atomic
def ask_replacement(
    *, letter: Letter, lead: LetterLead, successor: Any, reason: str, by: Any
) -> LeadReplacement:
    """Ask to replace a lead who is away. A second of the network's other coordinators agrees to it;
    where `by` is the only other one, it is done at once. NotYours, Refused."""
    letter = lock(letter.pk)
    standing = LetterLead.objects.unguarded(WHY).of(letter).standing()
    if not standing.filter(pk=lead.pk).exists():
        raise WrongState(_("This person does not lead the letter any more."))
    others = _others(letter, lead)
    if by.pk not in others:
        raise NotYours(_("Only the network's other coordinators may do this."))
    _must_be_able_to_lead(successor, letter)
    if LeadReplacement.objects.unguarded(WHY).of(letter).waiting().filter(lead=lead).exists():
        raise Refused(_("Somebody has asked for this already. Agree to it, or drop it."))
    asked = LeadReplacement(
        letter=letter, lead=lead, successor=successor, reason=reason, asked_by=by
    )
    asked.save(force_insert=True)
    record("letters.replacement_asked", letter, by=by, lead=lead.user_id, by_whom=successor.pk)
    if len(others) == 1:
        return _replace(letter, asked, None)
    tell_people(others, letter, "letters.replacement_asked", but=by, dedupe=str(asked.pk))
    return asked


@transaction.atomic
def second_replacement(*, replacement: LeadReplacement, by: Any) -> LeadReplacement:
    """Agree that a lead who is away is replaced; then it is done, and the person is told."""
    letter = lock(replacement.letter_id)
    asked = _waiting(replacement, letter, by)
    if by.pk == asked.asked_by_id:
        raise NotYours(_("A second coordinator has to agree."))
    return _replace(letter, asked, by)


@transaction.atomic
def drop_replacement(*, replacement: LeadReplacement, by: Any) -> LeadReplacement:
    """Drop an ask to replace a lead: by the lead, who is not away, or by another coordinator."""
    letter = lock(replacement.letter_id)
    must_coordinate(by, letter)
    asked = LeadReplacement.objects.unguarded(WHY).waiting().filter(pk=replacement.pk).first()
    if asked is None:
        raise WrongState(_("This ask does not wait any more."))
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    record("letters.replacement_dropped", letter, by=by, lead=asked.lead.user_id)
    return asked


@transaction.atomic
def pause(*, letter: Letter, reason: str, by: Any) -> Letter:
    """Pause a letter that was not delivered: it takes no signature and no step until it is resumed.
    Any lead may. NotYours, WrongState."""
    letter = lock(letter.pk)
    must_lead(by, letter)
    if letter.state not in MAY_PAUSE or letter.is_paused:
        raise WrongState(_("This letter cannot be paused now."))
    letter.paused_at, letter.paused_by, letter.pause_reason = timezone.now(), by, reason
    _save_pause(letter)
    record("letters.paused", letter, by=by)
    tell_coordinators(
        letter, "letters.paused", but=by, dedupe=f"{letter.pk}:{letter.paused_at.isoformat()}"
    )
    return letter


@transaction.atomic
def resume(*, letter: Letter, by: Any) -> Letter:
    """Let a paused letter go on. Any lead may, and on record any other coordinator of the network.
    NotYours, WrongState."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if not letter.is_paused:
        raise WrongState(_("This letter is not paused."))
    since = letter.paused_at
    letter.paused_at, letter.paused_by, letter.pause_reason = None, None, ""
    _save_pause(letter)
    record("letters.resumed", letter, by=by, as_lead=lead_of(by, letter) is not None)
    tell_coordinators(letter, "letters.resumed", but=by, dedupe=f"{letter.pk}:{since}")
    return letter


def must_lead(by: Any, letter: Letter) -> LetterLead:
    """Return the row by which `by` leads the letter; NotYours for others. Where nobody leads it any
    more, a coordinator who acts for it leads it from then on, on record."""
    must_coordinate(by, letter)
    leads = leads_of(letter)
    lead = next((one for one in leads if one.user_id == by.pk), None)
    if lead is None and leads:
        raise NotYours(_("Only a lead of this letter may do this."))
    return lead or begin_to_lead(letter, by, by=by)


def _save_pause(letter: Letter) -> None:
    letter.save(update_fields=["paused_at", "paused_by", "pause_reason", "changed_at"])


def _must_be_able_to_lead(user: Any, letter: Letter) -> None:
    """Raise Refused unless `user` coordinates the network and does not lead the letter yet."""
    if not coordinates(user, letter):
        raise Refused(_("Only coordinators of the network can lead its letters."))
    if lead_of(user, letter):
        raise Refused(_("This person leads the letter already."))


def _others(letter: Letter, lead: LetterLead) -> set[Any]:
    """Return the ids of the network's present coordinators without the lead."""
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    return set(rows.exclude(user=lead.user_id).values_list("user_id", flat=True))


def _waiting(replacement: LeadReplacement, letter: Letter, by: Any) -> LeadReplacement:
    """Return the ask as it waits, for one of the network's other coordinators."""
    rows = LeadReplacement.objects.unguarded(WHY).waiting().select_related("lead", "successor")
    asked = rows.filter(pk=replacement.pk).first()
    if asked is None:
        raise WrongState(_("This ask does not wait any more."))
    if by.pk not in _others(letter, asked.lead):
        raise NotYours(_("Only the network's other coordinators may do this."))
    return asked


def _replace(letter: Letter, asked: LeadReplacement, seconded_by: Any) -> LeadReplacement:
    """Do what was asked: the one lead ends, the other begins, both are told."""
    _must_be_able_to_lead(asked.successor, letter)
    by = seconded_by or asked.asked_by
    asked.seconded_by, asked.seconded_at = seconded_by, timezone.now()
    asked.save(update_fields=["seconded_by", "seconded_at"])
    _end(asked.lead, by)
    begin_to_lead(letter, asked.successor, by=by)
    people = [asked.lead.user_id]
    tell_people(people, letter, "letters.lead_replaced", dedupe=str(asked.pk))
    tell_people(
        [asked.successor_id], letter, "letters.lead_appointed", but=by, dedupe=str(asked.pk)
    )
    return asked


def _end(lead: LetterLead, by: Any) -> LetterLead:
    lead.ended_at, lead.ended_by = timezone.now(), by
    lead.save(update_fields=["ended_at", "ended_by"])
    record("letters.lead_ended", lead.letter, by=by, lead=lead.user_id)
    return lead
