"""Leads, what they approve, and who comments on a draft."""

from __future__ import annotations

from typing import Any

from letters.enums import APPROVALS, ApprovedStep, LetterState
from letters.models import Approval, Correction, Letter, LetterLead, Translation
from letters.querysets import belongs_to_network
from letters.rules.people import coordinates
from letters.text import fingerprint
from organizations.models import NetworkCoordinator

LEADING = "who answers for the letter is asked for the asking person"


def leads_of(letter: Letter) -> list[LetterLead]:
    """Return who leads the letter today, the first first: coordinators of its network."""
    rows = LetterLead.objects.unguarded(LEADING).of(letter).standing()
    return list(rows.select_related("user"))


def coordinators_of(letter: Letter) -> list[Any]:
    """Return the ids of the present coordinators of the letter's network."""
    rows = NetworkCoordinator.objects.unguarded(LEADING).present()
    return list(rows.filter(network=letter.network_id).values_list("user_id", flat=True))


def lead_of(user: Any, letter: Letter) -> LetterLead | None:
    """Return the row by which `user` leads the letter, or None."""
    return next((lead for lead in leads_of(letter) if lead.user_id == user.pk), None)


def approvals_needed(letter: Letter) -> int:
    """Return how many leads approve a step: two of several, one of one, none of an imported one."""
    return 0 if letter.imported else max(1, min(APPROVALS, len(leads_of(letter))))


def fingerprint_to_approve(letter: Letter, step: str, language: str = "") -> str:
    """Return the fingerprint of the text that the leads approve for `step`; "" where there is none.

    `language`: of the translation, for the step "translate".
    """
    if step == ApprovedStep.OPEN:
        return fingerprint(letter.drafted_text().canonical())
    if step == ApprovedStep.DELIVER:
        return letter.frozen.sha256 if letter.frozen else ""
    drafts: Any = Correction.objects.unguarded(LEADING).of(letter).under_way()
    if step == ApprovedStep.TRANSLATE:
        drafts = Translation.objects.unguarded(LEADING).of(letter).in_language(language)
    draft = drafts.first()
    return fingerprint(draft.drafted_text().canonical()) if draft else ""


def approvals_of(letter: Letter, step: str, language: str = "") -> list[Approval]:
    """Return the approvals that count for `step` today: of exactly this text, by present leads."""
    leads = [lead.pk for lead in leads_of(letter)]
    sha256 = fingerprint_to_approve(letter, step, language)
    rows = Approval.objects.unguarded(LEADING).of(letter).to_take(step, sha256)
    return list(rows.filter(lead__in=leads).select_related("lead__user"))


def is_approved(letter: Letter, step: str, language: str = "") -> bool:
    """Tell whether enough leads approved `step` with exactly the text that stands now."""
    return len(approvals_of(letter, step, language)) >= approvals_needed(letter)


def may_approve(user: Any, letter: Letter) -> bool:
    """Tell whether the person's word counts: of a lead, or of any coordinator where nobody leads."""
    leads = leads_of(letter)
    if leads:
        return any(lead.user_id == user.pk for lead in leads)
    return coordinates(user, letter)


def may_take(user: Any, letter: Letter, step: str) -> bool:
    """Tell whether `step` would pass if `user` took it: a lead who takes it approves it by that."""
    given = approvals_of(letter, step)
    own = any(approval.lead.user_id == user.pk for approval in given)
    more = 1 if not own and may_approve(user, letter) else 0
    return len(given) + more >= approvals_needed(letter)


# In which state the leads approve which step.
APPROVED_IN = {
    ApprovedStep.OPEN: (LetterState.DRAFT,),
    ApprovedStep.CORRECT: (LetterState.OPEN, LetterState.CLOSED),
    ApprovedStep.DELIVER: (LetterState.CLOSED,),
}


def waits_for_word(user: Any, letter: Letter) -> bool:
    """Tell whether another lead approved a step, and the word of `user` is still wanted for it."""
    for step, states in APPROVED_IN.items():
        given = approvals_of(letter, step) if letter.state in states else []
        own = any(approval.lead.user_id == user.pk for approval in given)
        if given and not own and len(given) < approvals_needed(letter):
            return True
    return False


def is_for_comment(letter: Letter) -> bool:
    """Tell whether members of the network may comment on the draft now."""
    return letter.state == LetterState.DRAFT and letter.comments_open


def may_comment(user: Any, letter: Letter) -> bool:
    """Tell whether the person may comment: members of the network while the draft is open to them,
    and its coordinators as long as it is a draft."""
    if letter.state != LetterState.DRAFT or not user.is_authenticated or not user.is_active:
        return False
    if coordinates(user, letter):
        return True
    rows = Letter.objects.unguarded("a question about the asking person").filter(pk=letter.pk)
    return is_for_comment(letter) and rows.filter(belongs_to_network(user)).exists()
