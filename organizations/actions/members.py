"""People in an organization: invited, joined, given a role, gone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused
from organizations.actions.parts import Incomplete, lock, must_own, tell
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import Invitation, Membership, Organization
from organizations.notifications import send_invitation
from organizations.rules import owners_of
from organizations.signals import membership_ended

INVITATION_DAYS = 14
MOST_OPEN = 20  # invitations of one organization at a time: the portal is no mailing machine
# Mails that one person can have sent in a day, to one address and in all, also by inviting again
# and by beginning another organization.
MOST_TO_ONE_A_DAY, MOST_A_DAY = 3, 40
WHY = "the rules of members are about all rows of the organization"


def token_hash(token: str) -> str:
    """Return what is stored of an invitation's token (SHA-256, hex)."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def invite(*, organization: Organization, email: str, role: str, by: Any) -> Invitation:
    """Invite the address `email` as `role`; a mail with the token leaves once.

    Says nothing about whether the address has an account. An open invitation to the same address
    is replaced. Raises NotYours, or Refused at MOST_OPEN open ones and above the mails of a day.
    """
    organization = lock(organization)
    must_own(by, organization)
    if organization.state == S.ARCHIVED:
        raise Refused(_("The registration is closed."))
    email = email.strip().lower()
    _must_not_flood(email, by)
    waiting = Invitation.objects.unguarded(WHY).filter(
        organization=organization, accepted_at__isnull=True, revoked_at__isnull=True
    )
    waiting.filter(email=email).update(revoked_at=timezone.now())
    if waiting.open().count() >= MOST_OPEN:
        raise Refused(_("Twenty invitations are open. Take one back, or wait for an answer."))
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        organization=organization,
        email=email,
        role=MemberRole(role),
        token_hash=token_hash(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    invitation.save()
    send_invitation(email=email, token=token)
    record("organizations.invited", invitation, by=by, organization=organization.pk, role=role)
    return invitation


def _must_not_flood(email: str, by: Any) -> None:
    """Raise Refused where `by` had too many mails sent today. Counts the person's own only: what
    others did is nobody's business."""
    day = timezone.now() - timedelta(days=1)
    sent = Invitation.objects.unguarded("a limit").filter(invited_by=by, created_at__gt=day)
    if sent.filter(email=email).count() >= MOST_TO_ONE_A_DAY or sent.count() >= MOST_A_DAY:
        raise Refused(_("Enough invitations were sent today. Please try again tomorrow."))


def find_invitation(*, token: str, by: Any) -> Invitation | None:
    """Return the open invitation of this token if it is for `by`, else None.

    For `by` means: sent to an address that `by` has verified. Whatever is wrong, the answer is
    the same None, so that a token tells a stranger nothing.
    """
    addresses = EmailAddress.objects.filter(user=by, verified=True)
    mine = [address.lower() for address in addresses.values_list("email", flat=True)]
    found = Invitation.objects.unguarded("its token and address are the key to it").open()
    return (
        found.filter(token_hash=token_hash(token), email__in=mine)
        .exclude(organization__state=S.ARCHIVED)
        .select_related("organization")
        .first()
    )


@transaction.atomic
def accept_invitation(*, token: str, by: Any) -> Membership:
    """Make `by` a member as the invitation says; NotYours when it is not theirs or is over."""
    found = find_invitation(token=token, by=by)
    if found is None:
        raise NotYours(_("This invitation is not open, or is for another address."))
    lock(found.organization)
    invitation = lock(found)
    if invitation.accepted_at or invitation.revoked_at:
        raise NotYours(_("This invitation is not open, or is for another address."))
    members = Membership.objects.unguarded(WHY).present()
    membership, created = members.get_or_create(
        user=by, organization_id=invitation.organization_id, defaults={"role": invitation.role}
    )
    if not created and membership.role == MemberRole.CONTRIBUTOR:
        membership.role = invitation.role
        membership.save(update_fields=["role"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record("organizations.member_joined", membership, by=by, role=membership.role)
    owners = owners_of(found.organization)
    tell("organizations.members_changed", owners, found.organization, but=by)
    return membership


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Any) -> None:
    """Take an open invitation back."""
    must_own(by, invitation.organization)
    invitation = lock(invitation)
    if invitation.accepted_at or invitation.revoked_at:
        return
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record("organizations.invitation_revoked", invitation, by=by)


@transaction.atomic
def change_member(*, membership: Membership, role: str, by: Any) -> None:
    """Give a member another role; the last representative stays one."""
    organization = lock(membership.organization)
    must_own(by, organization)
    membership = lock(membership)
    if membership.ended_at or membership.role == role:
        return
    if membership.role == MemberRole.REPRESENTATIVE:
        _not_the_last(membership)
    membership.role = MemberRole(role)
    if membership.role == MemberRole.CONTRIBUTOR:
        membership.mandate_by, membership.mandate_on = "", None
    membership.save()
    record("organizations.member_changed", membership, by=by, role=role)
    tell("organizations.members_changed", [membership.user], organization, but=by)


@transaction.atomic
def state_mandate(*, membership: Membership, given_by: str, given_on: date, by: Any) -> None:
    """Say who gave a representative the mandate, and when (today or before).

    One states one's own; a representative may state that of another. Raises NotYours, Incomplete.
    """
    organization = lock(membership.organization)
    must_own(by, organization)
    membership = lock(membership)
    if not membership.is_representative:
        raise NotYours(_("Only representatives have a mandate."))
    if not given_by.strip() or given_on > timezone.now().date() + timedelta(days=1):
        raise Incomplete(_("Please say who gave the mandate, and a day that is not to come."))
    membership.mandate_by, membership.mandate_on = given_by, given_on
    membership.save(update_fields=["mandate_by", "mandate_on"])
    record("organizations.mandate_stated", membership, by=by, given_on=given_on)


@transaction.atomic
def end_membership(*, membership: Membership, by: Any) -> None:
    """Remove a member, or leave oneself. The last representative cannot go."""
    organization = lock(membership.organization)
    if membership.user_id != by.pk:
        must_own(by, organization)
    membership = lock(membership)
    if membership.ended_at:
        return
    if membership.role == MemberRole.REPRESENTATIVE:
        _not_the_last(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record("organizations.member_ended", membership, by=by, organization=organization.pk)
    tell("organizations.membership_ended", [membership.user], membership, but=by)
    tell("organizations.members_changed", owners_of(organization), organization, but=by)
    membership_ended.send(Membership, membership=membership, by=by)


def _not_the_last(membership: Membership) -> None:
    """Refuse to lose the last representative; the organization is locked by the caller."""
    others = Membership.objects.unguarded(WHY).representatives().exclude(pk=membership.pk)
    if not others.filter(organization_id=membership.organization_id).exists():
        raise Refused(
            _(
                "This is the last representative. Invite another one first, or close the registration."
            )
        )
