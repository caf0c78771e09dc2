"""Small named questions about a person and a letter."""

from __future__ import annotations

from typing import Any

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import Level, SystemActor
from foundation.web.policies import Predicate, signed_in, staff
from letters.enums import APPROVALS, ApprovedStep, LetterState, Mode, UnsealingSide
from letters.models import (
    Approval,
    Correction,
    Letter,
    LetterLead,
    Reply,
    Signatory,
    SignOnInvitation,
    Translation,
    Unsealing,
    parts_of_expert,
    parts_of_organization,
)
from letters.querysets import belongs_to_network
from letters.secrecy import organization_key, own_names
from letters.text import fingerprint
from letters.transitions import LETTER, REPLY
from organizations.models import Expert, NetworkCoordinator, Organization
from organizations.rules import (
    OWN,
    Hat,
    is_coordinator,
    is_owner,
    is_vetted_participant,
)

OFFICE = staff(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
APPROVER = staff(StaffRole.APPROVER)
coordinates_some_network = signed_in & Predicate("coordinates a network", is_coordinator)


@LETTER.roles
def roles_of(user: Any, letter: Letter) -> set[str]:
    """Return the words of the transition table that hold for `user` towards `letter`."""
    if isinstance(user, SystemActor):
        return {"system"}
    if not user.is_authenticated or not user.is_active:
        return set()
    roles = set()
    if coordinates(user, letter):
        roles.add("coordinator")
    if user.is_office and not has_stake(user, letter):
        roles.add("officer")
        if user.has_role(StaffRole.APPROVER):
            roles.add("approver")
    if is_vetted_participant(user):
        roles.add("participant")
    return roles


@REPLY.roles
def reply_roles_of(user: Any, reply: Reply) -> set[str]:
    """Return the words of the reply's table that hold for `user`: nobody clears what they wrote."""
    roles = roles_of(user, reply.letter)
    words = roles & {"officer"}
    if "approver" in roles and not reply.writers.filter(pk=user.pk).exists():
        words.add("clearer")
    return words


def coordinates(user: Any, letter: Letter) -> bool:
    """Tell whether `user` coordinates the network of `letter`."""
    return (
        NetworkCoordinator.objects.unguarded("a question about the asking person")
        .present()
        .filter(network_id=letter.network_id, user_id=user.pk)
        .exists()
    )


def has_stake(user: Any, letter: Letter) -> bool:
    """Tell whether the letter is the person's own: who signed or coordinates it does not work on it
    for the Office."""
    own = Signatory.objects.unguarded("a question about the asking person").of(letter).standing()
    return own.signed_by_person(user).exists() or coordinates(user, letter)


def works_on(user: Any, letter: Letter) -> bool:
    """Tell whether the person works on the letter for the Office."""
    return letter.is_at_the_office and "officer" in roles_of(user, letter)


def may_follow(user: Any, letter: Letter) -> bool:
    """Tell whether the person sees all that the letter asks: who signed or coordinates it, and the
    Office; others see what is public."""
    return user.is_office or has_stake(user, letter)


def office_for(letter: Letter, *roles: str) -> list[Any]:
    """Return the staff with one of `roles` who may work on the letter."""
    return [one for one in User.objects.with_role(*roles) if works_on(one, letter)]


def accepts_signatures(letter: Letter) -> bool:
    """Tell whether the letter collects signatures at this moment."""
    return letter.state == LetterState.OPEN and not letter.is_past_deadline and not letter.is_paused


def may_withdraw(user: Any, signatory: Any) -> bool:
    """Tell whether `user` may take this name back: who signed it, until the letter is delivered."""
    return (
        signatory.belongs_to(user)
        and signatory.withdrawn_at is None
        and signatory.letter.state in (LetterState.OPEN, LetterState.CLOSED)
    )


def may_withdraw_after_delivery(user: Any, signatory: Any) -> bool:
    """Tell whether `user` may take this name back from a delivered letter: who signed it here, and
    stands under the text that was delivered."""
    return (
        signatory.belongs_to(user)
        and signatory.was_signed_here
        and signatory.withdrawn_at is None
        and signatory.letter.is_at_the_office
        and signatory.text_id == signatory.letter.frozen_id
    )


def may_answer(user: Any, invitation: SignOnInvitation) -> bool:
    """Tell whether `user` says yes or no for who is invited: a representative, or the expert."""
    return invitation.invited is not None and is_owner(user, invitation.invited)


# What a line under a letter is made of; an organization's other fields are left where they are.
PRINTED = (
    "name",
    "acronym",
    "level",
    "place_as_stated",
    "country_of_registration",
    "countries_of_work",
)


def hats_of(user: Any) -> list[Hat]:
    """Return the names in which `user` may sign letters today."""
    hats = [
        _hat(str(organization.pk), parts_of_organization(organization), organization)
        for organization in Organization.objects.signable_by(user).only(*PRINTED)
    ]
    own = next(iter(Expert.objects.signable_by(user)), None)
    if own:
        hats.append(_hat(OWN, parts_of_expert(own), None, own.level))
    return hats


def unused_hats(user: Any, letter: Letter) -> list[Hat]:
    """Return the names in which `user` may still sign `letter`."""
    standing = list(Signatory.objects.visible_to(user).of(letter).standing())
    taken = {name.organization_id for name in standing if name.organization_id}
    hidden = {name.organization_key for name in standing if name.organization_key}
    own = [name for name in standing if name.belongs_to(user)]
    alone = any(not (name.organization_id or name.organization_key) for name in own)

    def used(hat: Hat) -> bool:
        if hat.organization is None:
            return alone
        key = organization_key(letter.pk, hat.organization.pk)
        return hat.organization.pk in taken or key in hidden

    return [hat for hat in hats_of(user) if not used(hat)]


def _hat(
    key: str, parts: dict[str, Any], organization: Organization | None, level: int | None = None
) -> Hat:
    stands_at = organization.level if organization is not None else level
    shown = Level.PUBLIC if stands_at == Level.PUBLIC else Level.OFFICE
    return Hat(key, Signatory(**parts).display_line(), shown, organization)


# Leads and what they approve --------------------------------------------------------------------
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


def usual_mode(hats: list[Hat]) -> str:
    """Return the mode that is offered first: as closed as the most closed of the names."""
    public = bool(hats) and all(hat.level == Level.PUBLIC for hat in hats)
    return Mode.PUBLIC if public else Mode.OFFICE


# Never an administrator: who keeps the machine and its roles must not be one of the two.
unseals = signed_in & Predicate(
    "a coordinator of some network, or an approver; no administrator",
    lambda user: (
        (is_coordinator(user) or user.has_role(StaffRole.APPROVER))
        and not user.has_role(StaffRole.ADMINISTRATOR)
    ),
)


def unsealing_side(user: Any, letter: Letter) -> str:
    """Return for which side `user` may ask or agree that a name that is not counted is shown: for
    the network's coordinators, or as an approver without a stake in the letter; "" for neither.

    One of each side is needed, so that neither the Office nor the network opens a name alone; and
    only once the Office has the letter: before that, who signed can still take the name back.
    """
    if not unseals(user) or not letter.is_at_the_office:
        return ""
    if coordinates(user, letter):
        return UnsealingSide.COORDINATOR
    if user.has_role(StaffRole.APPROVER) and not has_stake(user, letter):
        return UnsealingSide.APPROVER
    return ""


def may_decide(user: Any, unsealing: Unsealing) -> bool:
    """Tell whether `user` is the other person, of the other side, while the request waits."""
    side = unsealing_side(user, unsealing.letter)
    return (
        unsealing.is_waiting
        and side not in ("", unsealing.asked_as)
        and user.pk != unsealing.asked_by_id
        and unsealing.signatory_id not in own_names(user).rows
    )


def may_look(user: Any, unsealing: Unsealing) -> bool:
    """Tell whether the name is shown to `user` now: one of the two, still of a side, in time."""
    return (
        unsealing.is_open
        and unsealing.concerns(user)
        and bool(unsealing_side(user, unsealing.letter))
    )
