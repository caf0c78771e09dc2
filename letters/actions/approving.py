"""The word of the leads: two of several approve a step, one of one, each exactly one text."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.parts import lock, must_not_be_paused
from letters.models import Approval, Letter, LetterLead
from letters.notifications import tell_people
from letters.rules import (
    approvals_needed,
    approvals_of,
    fingerprint_to_approve,
    is_approved,
    lead_of,
    leads_of,
    may_approve,
)
from letters.transitions import LETTER

WHY = "an action looks at the approvals of the letter that it holds"


class NotApproved(Refused):
    """More leads have to approve this step first; the text says how many."""


@transaction.atomic
def approve(*, letter: Letter, step: str, by: Any) -> Approval:
    """Approve `step` ("open", "correct", "deliver") with exactly the text that stands now.

    Raises NotYours unless `by` leads the letter, WrongState where the step is not possible now,
    and Refused while the letter is paused. The other leads are told.
    """
    letter = lock(letter.pk)
    LETTER.check(letter, step, by=by)
    must_not_be_paused(letter)
    if letter.imported:
        raise WrongState(_("This letter is imported: it was sent before, and needs no approval."))
    approval = put_approval(letter, step, by)
    tell_leads(letter, step, by)
    return approval


def must_be_approved(letter: Letter, step: str, by: Any) -> None:
    """Let a step pass once enough leads approved it with exactly this text; the caller holds the
    lock. A lead who takes the step approves it by that. Raises NotApproved, and Refused while the
    letter is paused. An imported letter needs no approval."""
    must_not_be_paused(letter)
    if letter.imported:
        return
    if may_approve(by, letter):
        put_approval(letter, step, by)
    if not is_approved(letter, step):
        raise NotApproved(
            _("Two leads of this letter approve this step, with the text as it stands now.")
            if approvals_needed(letter) > 1
            else _("The lead of this letter approves this step first.")
        )
    use_approvals(letter, step)


def put_approval(letter: Letter, step: str, by: Any, language: str = "") -> Approval:
    """Write down a lead's approval of the text that stands now, once. The caller holds the lock."""
    if not may_approve(by, letter):
        raise NotYours(_("Only a lead of this letter approves it."))
    sha256 = fingerprint_to_approve(letter, step, language)
    if not sha256:
        raise WrongState(_("There is no text to approve."))
    lead = lead_of(by, letter) or begin_to_lead(letter, by, by=by)
    before = Approval.objects.unguarded(WHY).to_take(step, sha256).filter(lead=lead).first()
    if before is not None:
        return before
    approval = Approval(letter=letter, lead=lead, step=step, sha256=sha256)
    approval.save(force_insert=True)
    record("letters.approved", letter, by=by, step=str(step), sha256=sha256)
    return approval


def use_approvals(letter: Letter, step: str, language: str = "") -> None:
    """Mark the approvals of a step that is taken now: the next time it is approved anew."""
    found = [approval.pk for approval in approvals_of(letter, step, language)]
    Approval.objects.unguarded(WHY).filter(pk__in=found).update(used_at=timezone.now())


def begin_to_lead(letter: Letter, user: Any, *, by: Any) -> LetterLead:
    """Make `user` a lead of the letter; the caller has asked whether that may be."""
    lead = LetterLead(letter=letter, user=user, appointed_by=by)
    lead.save(force_insert=True)
    record("letters.lead_appointed", letter, by=by, lead=user.pk)
    return lead


def tell_leads(letter: Letter, step: str, by: Any, language: str = "") -> None:
    """Tell the other leads that a lead approved: their word is wanted, or enough have spoken."""
    enough = is_approved(letter, step, language)
    kind = "letters.approved" if enough else "letters.approval_wanted"
    sha256 = fingerprint_to_approve(letter, step, language)
    others = [lead.user_id for lead in leads_of(letter)]
    tell_people(others, letter, kind, but=by, dedupe=f"{letter.pk}:{step}:{sha256}")


def tell_of_void_approvals(letter: Letter, step: str, before: str, by: Any) -> int:
    """Tell the leads whose approval of the text `before` (a fingerprint) counts no more, because
    the text is another one now; return how many. The caller holds the lock."""
    if fingerprint_to_approve(letter, step) == before:
        return 0
    void = Approval.objects.unguarded(WHY).of(letter).to_take(step, before)
    people = set(void.values_list("lead__user_id", flat=True))
    if people:
        record("letters.approvals_void", letter, by=by, step=str(step), approvals=len(people))
        tell_people(
            people, letter, "letters.approval_void", but=by, dedupe=f"{letter.pk}:{step}:{before}"
        )
    return len(people)
