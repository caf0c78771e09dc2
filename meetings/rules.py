"""Small named questions about a person and a meeting, and the words of its machine."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from accounts.models import User
from foundation.confidentiality import Level, SystemActor, person
from foundation.web.policies import Predicate, signed_in, staff
from meetings.enums import OPEN, InvitationStyle, Side
from meetings.enums import MeetingState as S
from meetings.models import Meeting, NamedReader, Note, Participant, Slot
from meetings.transitions import MEETING
from organizations.models import Expert, Membership, Network, NetworkCoordinator, Organization
from organizations.models import NetworkMembership as Joined
from organizations.querysets.parts import is_approver
from organizations.rules import (
    OWN,
    Hat,
    coordinates,
    is_owner,
    owners_of,
)
from organizations.rules import is_member as belongs_to

WHY = "a rule asks about the person's own standing; nothing of it is shown"
OFFICE = staff(StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
APPROVER = staff(StaffRole.APPROVER)


@MEETING.roles
def roles_of(user: Any, meeting: Meeting) -> set[str]:
    """Return the words of the transition table that hold for `user` towards `meeting`.

    Who belongs to whoever asked never works on it for the Office, whatever staff role they have.
    """
    if isinstance(user, SystemActor):
        return {"system"}
    if person(user) is None:
        return set()
    if is_member(user, meeting):
        return {"requester"} if acts_for(user, meeting) else {"contributor"}
    return {"officer"} if works_on(user, meeting) else set()


def is_member(user: Any, meeting: Meeting) -> bool:
    """Tell whether the meeting is the person's own: of their organization, of the network that
    they coordinate, or the expert's."""
    if meeting.network_id:
        held = NetworkCoordinator.objects.unguarded(WHY).present()
        return held.filter(user_id=user.pk, network_id=meeting.network_id).exists()
    return belongs_to(user, meeting.sender)


def acts_for(user: Any, meeting: Meeting) -> bool:
    """Tell whether the person acts for whoever asks: a present representative, the expert, or a
    coordinator of the network as long as it stands."""
    if meeting.network_id:
        return coordinates(user, meeting.sender)
    return is_owner(user, meeting.sender)


def has_stake(user: Any, meeting: Meeting) -> bool:
    """Tell whether the meeting is the person's own, or of a network of which their organization is
    a member: then they do not work on it for the Office."""
    if is_member(user, meeting):
        return True
    if not meeting.network_id:
        return False
    own = Membership.objects.unguarded(WHY).of(user).values("organization_id")
    joined = Joined.objects.unguarded(WHY).present().filter(network_id=meeting.network_id)
    return joined.filter(organization_id__in=own).exists()


def works_on(user: Any, meeting: Meeting) -> bool:
    """Tell whether the person may work on the meeting for the Office: sent, within reach of its
    level, and without a stake in it."""
    if not user.is_active or not user.is_office or meeting.requested_at is None:
        return False
    if has_stake(user, meeting):
        return False
    if meeting.level < Level.NAMED_OFFICERS or is_approver(user):
        return True
    return NamedReader.objects.unguarded(WHY).about(meeting).filter(user_id=user.pk).exists()


def may_see(user: Any, meeting: Meeting) -> bool:
    """Tell whether the person can see the meeting today: whether mails about it may go to them."""
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


def side_of(user: Any, meeting: Meeting) -> Side | None:
    """Return on which side of the table the person acts, or None where they do not act."""
    words = roles_of(user, meeting)
    if "officer" in words:
        return Side.OFFICE
    return Side.REQUESTER if "requester" in words else None


# In whose name -------------------------------------------------------------------------------


def hats_of(user: Any) -> list[Hat]:
    """Return the names in which `user` may ask today: vetted organizations, the vetted expert,
    networks that they coordinate.

    A contributor writes drafts; a representative sends them.
    """
    hats = []
    for one in Organization.objects.owned_by(user).vetted().order_by("name", "pk"):
        level = max(one.level, Level.OFFICE)
        hats.append(Hat(str(one.pk), one.printed_name(), level, organization=one))
    own = Expert.objects.signable_by(user).first()
    if own is not None:
        hats.append(Hat(OWN, own.printed_name(), max(own.level, Level.OFFICE), expert=own))
    for network in Network.objects.coordinated_by(user).order_by("name", "pk"):
        hats.append(Hat(str(network.pk), network.printed_name(), Level.OFFICE, network=network))
    return hats


def may_meet_today(user: Any, meeting: Meeting) -> bool:
    """Tell whether whoever asks is vetted today and the person has the mandate to act for it."""
    if meeting.network_id:
        return coordinates(user, meeting.sender)
    if meeting.expert_id:
        return Expert.objects.signable_by(user).filter(pk=meeting.expert_id).exists()
    own: Any = meeting.organization_id  # one of the three is there: CHECK
    return Organization.objects.signable_by(user).filter(pk=own).exists()


takes_part = signed_in & Predicate("asks for somebody vetted", lambda user: bool(hats_of(user)))


# Who is told, and what is still missing -------------------------------------------------------
def requesters_of(meeting: Meeting) -> list[Any]:
    """Return the people who asked: those who act for whoever asks, and who wrote it while they
    still belong to it."""
    if meeting.network_id:
        held = NetworkCoordinator.objects.unguarded(WHY).present()
        held = held.filter(network_id=meeting.network_id).select_related("user")
        return [one.user for one in held]
    people = owners_of(meeting.sender)
    if meeting.created_by not in people and belongs_to(meeting.created_by, meeting.sender):
        people.append(meeting.created_by)
    return people


def people_of(meeting: Meeting, side: str) -> list[Any]:
    """Return who of a side may be a participant with an account: who can see the meeting. For an
    organization its present members, for a network its coordinators, for the Office its staff
    without a stake in it. Others stand on the list without an account."""
    if side == Side.OFFICE:
        return office_for(meeting, StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER)
    if meeting.organization_id:
        members = Membership.objects.unguarded(WHY).filter(
            organization_id=meeting.organization_id, ended_at__isnull=True
        )
        return [one.user for one in members.select_related("user") if one.user.is_active]
    return [one for one in requesters_of(meeting) if one.is_active]


def office_for(meeting: Meeting, *roles: str) -> list[Any]:
    """Return the staff with one of `roles` who may see the meeting and have no stake in it."""
    return [one for one in User.objects.with_role(*roles) if "officer" in roles_of(one, meeting)]


def triage_for(meeting: Meeting) -> list[Any]:
    """Return who finds an owner for a new ask: the officers, above their level the approvers."""
    if meeting.level == Level.NAMED_OFFICERS:
        return office_for(meeting, StaffRole.APPROVER)
    return office_for(meeting, StaffRole.ENGAGEMENT_OFFICER)


def missing(meeting: Meeting) -> list[str]:
    """Return what a draft still lacks before it can be sent, in words for its writer."""
    found = []
    if not meeting.purpose:
        found.append(_("the purpose, in one line"))
    if not meeting.text:
        found.append(_("what you want to speak about"))
    windows = Slot.objects.unguarded(WHY).about(meeting).asked()
    if not windows.filter(ends_at__gt=timezone.now()).exists():
        found.append(_("a time that suits you and is still to come"))
    people = Participant.objects.unguarded(WHY).about(meeting).present()
    if not people.filter(side=Side.REQUESTER).exists():
        found.append(_("who takes part"))
    return found


def may_edit(meeting: Meeting) -> bool:
    """Tell whether what is asked may still change: until it is sent."""
    return meeting.state == S.DRAFT


def may_list(user: Any, meeting: Meeting) -> bool:
    """Tell whether the person may put people on the list and take them off now: a draft's whole
    own side; later who acts for a side, until the meeting was held."""
    words = roles_of(user, meeting)
    if meeting.state == S.DRAFT:
        return bool(words & {"requester", "contributor"})
    return meeting.state in OPEN and bool(words & {"requester", "officer"})


def has_begun(meeting: Meeting) -> bool:
    """Tell whether the moment of meeting has come: before it nobody writes down who came."""
    return meeting.starts_at is not None and meeting.starts_at <= timezone.now()


def note_is_ready(meeting: Meeting) -> bool:
    """Tell whether the note says at least what was spoken about."""
    return Note.objects.unguarded(WHY).about(meeting).exclude(points="").exists()


def want_no_mail(meeting_id: Any) -> set[Any]:
    """Return the keys of the people who want no mail at all about this meeting: what each of them
    said last, also where they were taken off the list, and put on it again, since."""
    rows = Participant.objects.unguarded(WHY).filter(meeting_id=meeting_id).with_account()
    said = rows.exclude(style=InvitationStyle.NOT_ASKED).order_by("added_at", "pk")
    last = dict(said.values_list("user_id", "style"))
    return {user for user, style in last.items() if style == InvitationStyle.NO_MAIL}
