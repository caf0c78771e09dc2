"""A vetted organization gives its word for one that cannot register with papers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from organizations.actions.parts import Incomplete, lock, tell_owners
from organizations.enums import RegistrationState as S
from organizations.models import Membership, Organization, Vouch
from organizations.rules import is_member, is_owner

VOUCHABLE_STATES = (S.DRAFT, S.SUBMITTED, S.MORE_INFORMATION)


@transaction.atomic
def vouch(
    *, organization: Organization, by_organization: Organization, text: str, by: Any
) -> Vouch:
    """Give the word of `by_organization`, for which `by` may sign, for `organization`.

    Raises NotYours (no mandate, or a member of both), WrongState, Incomplete without a text.
    """
    entry = lock(organization)
    if not Membership.objects.may_sign_for(by).filter(organization=by_organization).exists():
        raise NotYours(_("Only a representative of a vetted organization may vouch."))
    if entry.pk == by_organization.pk or is_member(by, entry):
        raise NotYours(_("You belong to it: somebody else must vouch."))
    if entry.state not in VOUCHABLE_STATES:
        raise WrongState(_("It needs no word now."))
    if not text.strip():
        raise Incomplete(_("Please say how you know it."))
    words = Vouch.objects.unguarded("one word an organization")
    given, created = words.get_or_create(
        organization=entry,
        by_organization=by_organization,
        defaults={"by_user": by, "text": text},
    )
    if not created and given.withdrawn_at is None:
        raise Refused(_("Your organization has vouched already."))
    given.by_user, given.text, given.withdrawn_at = by, text, None
    given.save()
    record("organizations.vouched", given, by=by, organization=entry.pk)
    tell_owners("organizations.vouched", entry)
    return given


@transaction.atomic
def withdraw_vouch(*, given: Vouch, by: Any) -> None:
    """Take the word back. A vetting that rests on it stands until the Office decides."""
    given = lock(given)
    if not is_owner(by, given.by_organization):
        raise NotYours(_("Only a representative of the organization that gave it may do this."))
    if given.withdrawn_at:
        return
    given.withdrawn_at = timezone.now()
    given.save(update_fields=["withdrawn_at"])
    record("organizations.vouch_withdrawn", given, by=by, organization=given.organization_id)
