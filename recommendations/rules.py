"""Small named questions about a person and a recommendation, and the words of its machine."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import Level, SystemActor, person
from foundation.web.policies import Predicate, signed_in, staff
from organizations.models import Expert, Organization
from organizations.querysets.parts import is_approver
from organizations.rules import OWN, Hat, is_owner, owners_of
from organizations.rules import is_member as belongs_to
from recommendations.enums import OPEN, Source
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, NamedReader, Recommendation, SenderLink
from recommendations.transitions import LINK, RECOMMENDATION

WHY = "a rule asks about the person's own standing; nothing of it is shown"
OFFICE = staff(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
APPROVER = staff(StaffRole.APPROVER)


@RECOMMENDATION.roles
def roles_of(user: Any, item: Recommendation) -> set[str]:
    """Return the words of the transition table that hold for `user` towards `item`.

    Who belongs to the sender never works on it for the Office, whatever staff role they have.
    """
    if isinstance(user, SystemActor):
        return {"system"}
    if person(user) is None:
        return set()
    if item.sender is not None and is_member(user, item):
        return {"submitter"} if is_owner(user, item.sender) else {"contributor"}
    if not works_on(user, item):
        return set()
    words = {"officer"}
    if item.is_entered and item.sender is None:
        words.add("submitter")
    if user.has_role(StaffRole.APPROVER) and not wrote_answer(user, item):
        words.add("clearer")
    return words


@LINK.roles
def link_roles_of(user: Any, link: SenderLink) -> set[str]:
    """Return the words of the links' table that hold for `user`: those named decide for
    themselves; the Office's staff without a stake in them say and check who sent it."""
    if person(user) is None:
        return set()
    if belongs_to(user, link.sender):
        return {"sender"} if is_owner(user, link.sender) else set()
    if not works_on(user, link.recommendation):
        return set()
    words = {"officer"}
    if user.pk != link.proposed_by_id:
        words.add("checker")
    return words | ({"approver"} if is_approver(user) else set())


def is_member(user: Any, item: Recommendation) -> bool:
    """Tell whether the item is the person's own: of their organization, or the expert's."""
    return item.sender is not None and belongs_to(user, item.sender)


def has_stake(user: Any, item: Recommendation) -> bool:
    """Tell whether the person does not work on it for the Office: it is their own, or is asked in a
    letter that they signed or coordinate."""
    if is_member(user, item):
        return True
    if item.source != Source.LETTER:
        return False
    asked = Recommendation.objects.unguarded(WHY).asked_along_by(user)
    return asked.filter(pk=item.pk).exists()


def works_on(user: Any, item: Recommendation) -> bool:
    """Tell whether the person may see the item for the Office; a draft only who enters it."""
    if not user.is_office or (item.source == Source.LETTER and has_stake(user, item)):
        return False
    if item.submitted_at is None:
        return item.is_entered and item.created_by_id == user.pk
    if item.level < Level.NAMED_OFFICERS or is_approver(user):
        return True
    return NamedReader.objects.unguarded(WHY).about(item).filter(user_id=user.pk).exists()


def wrote_answer(user: Any, item: Recommendation) -> bool:
    """Tell whether the person wrote any word of the answer in work: then another one clears it."""
    answers = Answer.objects.unguarded(WHY).about(item).in_work()
    return answers.filter(writers=user.pk).exists()


def answers_for_others(item: Recommendation) -> bool:
    """Tell whether an open item is answered together with others; its authors learn no more."""
    joined = Recommendation.objects.unguarded(WHY).joined_to(item).in_state(S.JOINED)
    return item.state in OPEN and joined.exists()


def may_look_into(user: Any, item: Recommendation) -> bool:
    """Tell whether the person may see the sender and the inside of an item they can see."""
    if person(user) is None:
        return False
    return Recommendation.objects.seen_inside_by(user).filter(pk=item.pk).exists()


# In whose name -------------------------------------------------------------------------------


def hats_of(user: Any) -> list[Hat]:
    """Return the names in which `user` may write today: vetted organizations, the vetted expert.

    A contributor writes drafts; a representative sends them.
    """
    organizations = Organization.objects.owned_by(user).vetted().order_by("name", "pk")
    hats = [
        Hat(str(one.pk), one.printed_name(), one.level, organization=one) for one in organizations
    ]
    own = Expert.objects.signable_by(user).first()
    if own is not None:
        hats.append(Hat(OWN, own.printed_name(), own.level, expert=own))
    return hats


def may_send_today(user: Any, item: Recommendation) -> bool:
    """Tell whether the sender is vetted today and the person has the mandate to send for it."""
    if item.is_entered or item.sender is None:
        return item.is_entered
    if item.expert_id:
        return Expert.objects.signable_by(user).filter(pk=item.expert_id).exists()
    return Organization.objects.signable_by(user).filter(pk=item.sender.pk).exists()


takes_part = signed_in & Predicate("writes for somebody vetted", lambda user: bool(hats_of(user)))


# Who is told, and what is still missing -------------------------------------------------------
def submitters_of(item: Recommendation) -> list[Any]:
    """Return the people who submitted: those who act for the sender, and who wrote it while they
    still belong to it. Nobody for what came by mail or on paper."""
    if item.sender is None:
        return []
    people = owners_of(item.sender)
    writer = item.created_by
    if writer is not None and writer not in people and belongs_to(writer, item.sender):
        people.append(writer)
    return people


def office_for(item: Recommendation, *roles: str) -> list[Any]:
    """Return the staff with one of `roles` who may see the item and have no stake in it."""
    return [one for one in User.objects.with_role(*roles) if "officer" in roles_of(one, item)]


def triage_for(item: Recommendation) -> list[Any]:
    """Return who finds an owner for a new item: the officers, above their level the approvers."""
    if item.level == Level.NAMED_OFFICERS:
        return office_for(item, StaffRole.APPROVER)
    return office_for(item, StaffRole.ENGAGEMENT_OFFICER)


def missing(item: Recommendation) -> list[str]:
    """Return what a draft still lacks before it can be sent, in words for its writer."""
    found = []
    if not item.title:
        found.append(_("what you ask, in one line"))
    if not item.text:
        found.append(_("the text"))
    if item.addressee_id is None:
        found.append(_("who is asked"))
    if not item.is_offer and not item.pillars.exists() and not item.topics.exists():
        found.append(_("a pillar or a topic"))
    return found


def may_edit(item: Recommendation) -> bool:
    """Tell whether the text may still change: until it is sent."""
    return item.state == S.DRAFT
