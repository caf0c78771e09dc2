"""Saying who sent what came by mail or on paper.

A wrong link would show one sender to another. So it takes three words: an officer says who sent it
and how that is known, a second one looks, and those who are named accept it without having read
more than the day on which it came. Until then all of it can be undone and nobody has seen anything.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.workflow import Refused, WrongState
from organizations.models import Expert, Organization
from organizations.rules import is_member as belongs_to
from organizations.rules import owners_of
from recommendations.actions.parts import WHY, Incomplete, lock, must_be
from recommendations.enums import LinkCheck, LinkState, Source
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation, SenderLink
from recommendations.notifications import tell
from recommendations.rules import office_for
from recommendations.transitions import LINK

ENTERED = (Source.MAIL, Source.PAPER)


@transaction.atomic
def propose_link(
    *, recommendation: Recommendation, sender: Organization | Expert, how: str, by: Any
) -> SenderLink:
    """Say that `sender`, a vetted entry, sent the item, and how that is known (LinkCheck).

    Raises NotYours, WrongState, Incomplete, and Refused for an entry that `by` may not see, that is
    not vetted today, to which the owner belongs, or that is hidden from who reads the item.
    """
    item = lock(recommendation.pk)
    must_be("officer", by, item)
    if not can_be_linked(item):
        raise WrongState(_("Only what came by mail or on paper, and is nobody's yet, is linked."))
    if how not in LinkCheck.values:
        raise Incomplete(_("Say how you made sure that they sent it."))
    known = type(sender).objects.visible_to(by).vetted().filter(pk=sender.pk).exists()
    if not known or belongs_to(by, sender):
        raise Refused(_("Choose a vetted organization or expert in whom you have no stake."))
    if sender.level > Level.OFFICE and item.level < sender.level:
        raise Refused(
            _("Only named officers may know of them. Close this to named officers first.")
        )
    _owner_must_have_no_stake(item, sender)
    if SenderLink.objects.unguarded(WHY).about(item).in_force().exists():
        raise WrongState(_("Somebody has already said who sent it."))
    column = "expert" if isinstance(sender, Expert) else "organization"
    link = SenderLink(recommendation=item, how=how, proposed_by=by, **{column: sender})
    link.save()
    record("recommendations.link_proposed", item, by=by, how=how, sender=sender.pk)
    officers = office_for(item, StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
    checkers = [one for one in officers if not belongs_to(one, sender)]
    tell("recommendations.link_to_check", checkers, item, but=by)
    return link


def can_be_linked(item: Recommendation) -> bool:
    """Tell whether the item came by mail or on paper, was sent, and is nobody's yet."""
    sent = item.submitted_at is not None and item.state != S.WITHDRAWN
    return item.source in ENTERED and item.sender is None and sent


def _owner_must_have_no_stake(item: Recommendation, sender: Organization | Expert) -> None:
    if item.owner is not None and belongs_to(item.owner, sender):
        raise Refused(_("The owner belongs to them. Assign it to somebody else first."))


@transaction.atomic
def confirm_link(*, link: SenderLink, by: Any) -> SenderLink:
    """Confirm as the second person; those who are named are asked whether it is theirs."""
    item, link = _lock(link.pk)
    LINK.move(link, "confirm", by=by)
    link.confirmed_by, link.confirmed_at = by, timezone.now()
    link.save()
    record("recommendations.link_confirmed", item, by=by)
    tell("recommendations.link_offered", owners_of(link.sender), link)
    return link


@transaction.atomic
def accept_link(*, link: SenderLink, by: Any) -> SenderLink:
    """Accept the item as one's own: from now on the members read it and act for it.

    Refused for who is not vetted today: who acts for it may not be whom the Office once looked at.
    """
    item, link = _lock(link.pk)
    LINK.move(link, "accept", by=by)
    if not can_be_linked(item):
        raise WrongState(_("It is not open to be linked any more."))
    if not link.sender.is_vetted:
        raise Refused(_("A vetted organization or expert accepts it. See your registration."))
    _owner_must_have_no_stake(item, link.sender)
    item.organization, item.expert = link.organization, link.expert
    item.save()
    _decided(item, link, by)
    record("recommendations.link_accepted", item, by=by)
    return link


@transaction.atomic
def decline_link(*, link: SenderLink, by: Any) -> SenderLink:
    """Say that the item is not one's own; nothing of it was shown."""
    item, link = _lock(link.pk)
    LINK.move(link, "decline", by=by)
    _decided(item, link, by)
    record("recommendations.link_declined", item, by=by)
    return link


def _decided(item: Recommendation, link: SenderLink, by: Any) -> None:
    link.decided_by, link.decided_at = by, timezone.now()
    link.save()
    officers = [link.proposed_by, link.confirmed_by, item.owner]
    tell("recommendations.link_decided", officers, item)


@transaction.atomic
def undo_link(*, link: SenderLink, by: Any) -> SenderLink:
    """Undo a link: an officer while nobody outside has read the item; after that an approver."""
    item, link = _lock(link.pk)
    readable = link.state == LinkState.ACCEPTED
    LINK.move(link, "unlink" if readable else "undo", by=by)
    link.undone_by, link.undone_at = by, timezone.now()
    link.save()
    if readable:
        item.organization = item.expert = None
        item.save()
    record("recommendations.link_undone", item, by=by, readable=readable)
    return link


def _lock(link_id: uuid.UUID) -> tuple[Recommendation, SenderLink]:
    """Return the item and its link, the item locked: it guards the link too."""
    links = SenderLink.objects.unguarded(WHY).select_related("organization", "expert")
    item = lock(links.get(pk=link_id).recommendation_id)
    return item, links.get(pk=link_id)
