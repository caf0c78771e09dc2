"""The way of a registration: who may take which step from which state, and what each leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level, SystemActor
from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from organizations import actions
from organizations.enums import MemberRole
from organizations.enums import RegistrationState as S
from organizations.models import Organization, VettingDecision
from organizations.transitions import REGISTRATION
from tests.factories import (
    make_approver,
    make_decision,
    make_expert,
    make_membership,
    make_officer,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db

# step -> (states it starts from, people who may take it)
TABLE = {
    "submit": ({"draft", "more_information"}, {"owner"}),
    "accept": ({"submitted"}, {"officer", "approver", "judge"}),
    "ask_more": ({"submitted"}, {"officer", "approver", "judge"}),
    "refuse": ({"submitted"}, {"officer", "approver", "judge"}),
    "appeal": ({"refused"}, {"owner"}),
    "grant_appeal": ({"appealed"}, {"judge"}),
    "dismiss_appeal": ({"appealed"}, {"judge"}),
    "extend": ({"vetted"}, {"officer", "approver", "judge"}),
    "revoke": ({"vetted"}, {"approver", "judge"}),
    "expire": ({"vetted"}, {"system"}),
    "renew": ({"expired"}, {"owner"}),
    "revise": ({"refused"}, {"owner"}),
    "archive": (set(S.values) - {"archived"}, {"owner"}),
    "reopen": ({"archived"}, set()),
}


def cast_for(organization: Organization) -> dict[str, Any]:
    """Return one person of each kind; "approver" has decided on it before, "judge" has not."""
    cast: dict[str, Any] = {
        "owner": make_user(),
        "contributor": make_user(),
        "former": make_user(),
        "stranger": make_user(),
        "officer": make_officer(),
        "approver": make_approver(),
        "judge": make_approver(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "officer_of_theirs": make_officer(),
        "system": SystemActor("tests"),
    }
    make_membership(cast["owner"], organization)
    make_membership(cast["contributor"], organization, role=MemberRole.CONTRIBUTOR)
    make_membership(cast["former"], organization, ended=True)
    make_membership(cast["officer_of_theirs"], organization, role=MemberRole.CONTRIBUTOR)
    make_decision(organization, cast["approver"])
    return cast


@pytest.mark.parametrize("state", S.values)
def test_table_of_states_and_people_is_kept(state: str) -> None:
    organization = make_organization(state=state)
    for who, user in cast_for(organization).items():
        allowed = {step.name for step in REGISTRATION.available(organization, user)}
        expected = {
            name for name, (states, people) in TABLE.items() if state in states and who in people
        }
        assert allowed == expected, who


def test_table_names_every_step() -> None:
    assert set(TABLE) == {step.name for step in REGISTRATION.transitions}


@pytest.mark.parametrize("state", S.values)
def test_expert_decides_on_own_entry_never(state: str) -> None:
    officer_and_expert = make_approver()
    expert = make_expert(user=officer_and_expert, state=state)
    steps = {step.name for step in REGISTRATION.available(expert, officer_and_expert)}
    assert not steps & {"accept", "refuse", "grant_appeal", "dismiss_appeal", "extend", "revoke"}


def test_expert_who_closed_the_entry_registers_again_in_the_same_one() -> None:
    user = make_user()
    expert = make_expert(user=user)
    actions.archive(registration=expert, by=user)
    again = actions.begin_expert(level=Level.PUBLIC, by=user)
    assert (again.pk, again.state, again.level) == (expert.pk, S.DRAFT, Level.PUBLIC)
    assert actions.submit(registration=again, by=user).state == S.SUBMITTED


def test_submitted_entry_has_a_clock_a_receipt_and_an_event() -> None:
    owner, officer = make_user(), make_officer()
    organization = make_organization(state=S.DRAFT, representative=owner)
    entry = actions.submit(registration=organization, by=owner)
    assert entry.state == S.SUBMITTED
    assert entry.decide_by == timezone.now().date() + timedelta(days=30)
    told = set(Notice.objects.values_list("kind", "recipient_id"))
    assert told == {("organizations.received", owner.pk), ("organizations.to_vet", officer.pk)}
    assert AuditEvent.objects.filter(action="organizations.submitted").count() == 1


def test_named_officers_level_tells_approvers_only() -> None:
    owner, officer, approver = make_user(), make_officer(), make_approver()
    organization = make_organization(
        state=S.DRAFT, representative=owner, level=Level.NAMED_OFFICERS
    )
    actions.submit(registration=organization, by=owner)
    told = set(Notice.objects.filter(kind="organizations.to_vet").values_list("recipient_id"))
    assert told == {(approver.pk,)} and officer.pk


@pytest.mark.parametrize(
    ("change", "words"),
    [({"name": ""}, "the name"), ({"about": ""}, "what you do"), ({"mandate": False}, "mandate")],
)
def test_incomplete_entry_is_not_sent_and_says_what_lacks(change: dict, words: str) -> None:
    owner = make_user()
    mandate = change.pop("mandate", True)
    organization = make_organization(state=S.DRAFT, **change)
    make_membership(owner, organization, mandate=mandate)
    with pytest.raises(Refused, match=words):
        actions.submit(registration=organization, by=owner)
    assert _state(organization) == S.DRAFT


def test_clock_stops_while_the_owner_is_asked() -> None:
    owner, officer = make_user(), make_officer()
    organization = make_organization(state=S.SUBMITTED, representative=owner)
    actions.decide(registration=organization, step="ask_more", reason="Which board?", by=officer)
    paused = Organization.objects.unguarded("test").get(pk=organization.pk)
    assert paused.state == S.MORE_INFORMATION and paused.paused_at
    paused.paused_at -= timedelta(days=5)
    paused.save()
    again = actions.submit(registration=paused, by=owner)
    assert again.decide_by == organization.decide_by + timedelta(days=5)
    assert again.paused_at is None


def test_accepted_entry_is_vetted_for_two_years_and_its_owner_told() -> None:
    owner, officer = make_user(), make_officer()
    organization = make_organization(state=S.SUBMITTED, representative=owner)
    decision = actions.decide(registration=organization, step="accept", reason="Met.", by=officer)
    entry = Organization.objects.unguarded("test").get(pk=organization.pk)
    assert entry.is_vetted
    assert entry.valid_until == decision.valid_until == timezone.now().date() + timedelta(days=730)
    assert Notice.objects.filter(kind="organizations.decided", recipient_id=owner.pk).exists()


@pytest.mark.parametrize("step", ["accept", "refuse", "ask_more"])
def test_decision_without_a_reason_is_refused(step: str) -> None:
    organization = make_organization(state=S.SUBMITTED)
    with pytest.raises(Refused, match="reason"):
        actions.decide(registration=organization, step=step, reason="  ", by=make_officer())
    assert _state(organization) == S.SUBMITTED


@pytest.mark.parametrize("days", [-1, 0, 366 * 6])
def test_vetting_ends_between_tomorrow_and_five_years(days: int) -> None:
    organization = make_organization(state=S.SUBMITTED)
    ends = timezone.now().date() + timedelta(days=days)
    with pytest.raises(Refused, match="five years"):
        actions.decide(
            registration=organization,
            step="accept",
            reason="x",
            by=make_officer(),
            valid_until=ends,
        )


def test_appeal_is_decided_by_an_approver_who_was_not_the_first_reviewer() -> None:
    owner, first, second = make_user(), make_approver(), make_approver()
    organization = make_organization(state=S.SUBMITTED, representative=owner)
    actions.decide(registration=organization, step="refuse", reason="No.", unmet=["real"], by=first)
    actions.appeal(registration=organization, text="Here are the papers.", by=owner)
    told = Notice.objects.filter(kind="organizations.appeal_to_decide")
    assert set(told.values_list("recipient_id", flat=True)) == {second.pk}
    with pytest.raises(NotYours):
        actions.decide(registration=organization, step="grant_appeal", reason="x", by=first)
    actions.decide(registration=organization, step="grant_appeal", reason="Right.", by=second)
    assert _state(organization) == S.VETTED


def test_dismissed_appeal_cannot_be_appealed_again_but_may_be_revised() -> None:
    owner, judge = make_user(), make_approver()
    organization = make_organization(state=S.APPEALED, representative=owner)
    actions.decide(registration=organization, step="dismiss_appeal", reason="No.", by=judge)
    with pytest.raises(NotYours):
        actions.appeal(registration=organization, text="again", by=owner)
    actions.revise(registration=organization, by=owner)
    assert _state(organization) == S.DRAFT


def test_without_papers_two_standing_vouches_are_needed() -> None:
    officer = make_officer()
    organization = make_organization(state=S.SUBMITTED, without_papers=True)
    for number in range(2):
        with pytest.raises(Refused, match="two vetted"):
            actions.decide(registration=organization, step="accept", reason="x", by=officer)
        voucher = make_user()
        vouching = make_organization(representative=voucher)
        actions.vouch(
            organization=organization, by_organization=vouching, text="We know it.", by=voucher
        )
        assert number < 2
    actions.decide(registration=organization, step="accept", reason="Vouched for.", by=officer)
    assert _state(organization) == S.VETTED


def test_vouch_of_an_organization_that_expired_does_not_count() -> None:
    organization = make_organization(state=S.SUBMITTED, without_papers=True)
    for _number in range(2):
        voucher = make_user()
        vouching = make_organization(representative=voucher)
        actions.vouch(organization=organization, by_organization=vouching, text="Yes.", by=voucher)
    vouching.valid_until = timezone.now().date() - timedelta(days=1)
    vouching.save()
    with pytest.raises(Refused, match="two vetted"):
        actions.decide(registration=organization, step="accept", reason="x", by=make_officer())


def test_nobody_vouches_for_an_organization_of_their_own() -> None:
    both = make_user()
    vouching = make_organization(representative=both)
    organization = make_organization(state=S.SUBMITTED, representative=both)
    with pytest.raises(NotYours):
        actions.vouch(organization=organization, by_organization=vouching, text="x", by=both)


def test_expiry_ends_the_vetting_whose_day_is_over_only() -> None:
    over, holds = make_organization(expired=True), make_organization()
    system = SystemActor("expiry")
    actions.expire(registration=over, by=system)
    with pytest.raises(Refused):
        actions.expire(registration=holds, by=system)
    assert (_state(over), _state(holds)) == (S.EXPIRED, S.VETTED)


def test_refused_step_leaves_no_trace() -> None:
    organization = make_organization(state=S.SUBMITTED)
    with pytest.raises(NotYours):
        actions.decide(registration=organization, step="accept", reason="x", by=make_user())
    with pytest.raises(WrongState):
        actions.decide(registration=organization, step="extend", reason="x", by=make_officer())
    assert not AuditEvent.objects.exists() and not Notice.objects.exists()
    assert not VettingDecision.objects.unguarded("test").exists()


def test_closed_registration_stays_closed() -> None:
    owner = make_user()
    organization = make_organization(representative=owner)
    actions.archive(registration=organization, by=owner)
    assert REGISTRATION.available(organization.__class__.objects.unguarded("t").get(), owner) == []


def _state(organization: Organization) -> str:
    return Organization.objects.unguarded("test").get(pk=organization.pk).state
