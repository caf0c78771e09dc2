"""Staff roles: given and taken by another administrator, with a reason, never the last one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.enums import StaffRole
from accounts.models import RoleDecision, RoleGrant, User
from accounts.roles import ROLES
from foundation.audit import sentence
from foundation.audit.models import AuditEvent
from foundation.audit.presenting import actor_names
from foundation.confidentiality import SystemActor
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.registry import notification
from tests.accounts.people import person
from tests.races import together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
CONSOLE = SystemActor("console")
OFFICER, ADMINISTRATOR = StaffRole.ENGAGEMENT_OFFICER, StaffRole.ADMINISTRATOR
WHY = "new colleague of the unit"


def roles_of(user: User) -> set[str]:
    return set(RoleGrant.objects.filter(user=user).values_list("role", flat=True))


def test_giving_and_taking_leave_a_decision_an_event_and_a_notice(boss: User) -> None:
    amina = person("amina")
    actions.give_role(user=amina, role=OFFICER, reason=WHY, by=boss)
    assert roles_of(amina) == {OFFICER}
    actions.take_role(user=amina, role=OFFICER, reason="left the unit", by=boss)
    assert roles_of(amina) == set()
    given, taken = RoleDecision.objects.order_by("pk")
    assert (given.given, given.by, given.reason) == (True, boss, WHY)
    assert (taken.given, taken.by, taken.reason) == (False, boss, "left the unit")
    events = AuditEvent.objects.filter(object_id=str(amina.pk)).order_by("pk")
    assert [event.action for event in events] == ["accounts.role_given", "accounts.role_taken"]
    assert "“Engagement officer”" in sentence(events[0])
    assert WHY not in str(events[0].facts)
    assert Notice.objects.filter(recipient_id=amina.pk).count() == 2
    assert Outbox.objects.filter(recipient_id=amina.pk).count() == 2


def test_the_message_names_neither_role_nor_person(boss: User) -> None:
    message = notification("accounts.roles_changed")
    text = message.subject() + message.body(boss, "") + message.notice()
    for word in ("officer", "administrator", boss.email):
        assert word not in text.lower()


# who asks, about whom → refused?
REFUSALS = ["stranger", "officer", "auditor", "closed administrator", "oneself"]


@pytest.mark.parametrize("who", REFUSALS)
def test_nobody_else_changes_roles(who: str, boss: User) -> None:
    cast = {
        "stranger": person("stranger"),
        "officer": person("officer", OFFICER),
        "auditor": person("auditor", StaffRole.AUDITOR),
        "closed administrator": person("closed", ADMINISTRATOR, is_active=False),
        "oneself": boss,
    }
    target = boss if who == "oneself" else person("amina")
    with pytest.raises(actions.RoleRefused) as refused:
        actions.give_role(user=target, role=StaffRole.APPROVER, reason=WHY, by=cast[who])
    assert str(refused.value)
    assert StaffRole.APPROVER not in roles_of(target)
    assert not RoleDecision.objects.exists()


def test_nobody_takes_an_own_role(boss: User) -> None:
    person("other", ADMINISTRATOR)
    with pytest.raises(actions.RoleRefused, match="their own"):
        actions.take_role(user=boss, role=ADMINISTRATOR, reason=WHY, by=boss)


def test_the_last_administrator_stays_even_against_the_console(boss: User) -> None:
    person("closed", ADMINISTRATOR, is_active=False)  # does not count: nobody can sign in with it
    with pytest.raises(actions.RoleRefused, match="last administrator"):
        actions.take_role(user=boss, role=ADMINISTRATOR, reason=WHY, by=CONSOLE)
    assert roles_of(boss) == {ADMINISTRATOR}


def test_the_console_makes_the_first_administrator() -> None:
    amina = person("amina")
    decision = actions.give_role(user=amina, role=ADMINISTRATOR, reason="first", by=CONSOLE)
    assert decision.by is None
    assert User.objects.get(pk=amina.pk).has_role(ADMINISTRATOR)


def test_an_account_without_a_confirmed_address_gets_no_role(boss: User) -> None:
    for user in (User.objects.create_user("raw@portal.example"), person("shut", is_active=False)):
        with pytest.raises(actions.RoleRefused, match="never confirmed"):
            actions.give_role(user=user, role=OFFICER, reason=WHY, by=boss)


def test_what_is_held_is_not_given_and_what_is_not_held_is_not_taken(boss: User) -> None:
    amina = person("amina", OFFICER)
    with pytest.raises(actions.RoleRefused, match="already"):
        actions.give_role(user=amina, role=OFFICER, reason=WHY, by=boss)
    with pytest.raises(actions.RoleRefused, match="does not have"):
        actions.take_role(user=amina, role=StaffRole.AUDITOR, reason=WHY, by=boss)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_take_each_others_role_at_once() -> None:
    pair = [person("one", ADMINISTRATOR), person("two", ADMINISTRATOR)]
    assert all(one.has_role(ADMINISTRATOR) for one in pair), "roles are read before the race"

    def take(number: int) -> bool:
        by = pair[number]
        try:
            actions.take_role(user=pair[1 - number], role=ADMINISTRATOR, reason=WHY, by=by)
        except actions.RoleRefused:
            return False
        return True

    assert sorted(together(take, threads=2)) == [False, True]
    assert RoleGrant.objects.filter(role=ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("threads", [20])
@pytest.mark.django_db(transaction=True)
def test_twenty_administrators_cannot_remove_all_of_each_other(threads: int) -> None:
    ring = [person(f"admin{number}", ADMINISTRATOR) for number in range(threads)]

    def take(number: int) -> bool:
        target = ring[(number + 1) % threads]
        try:
            actions.take_role(user=target, role=ADMINISTRATOR, reason=WHY, by=ring[number])
        except actions.RoleRefused:
            return False
        return True

    together(take, threads=threads)
    assert RoleGrant.objects.filter(role=ADMINISTRATOR).exists()


def test_the_database_itself_refuses_own_grants_unknown_roles_and_silence(boss: User) -> None:
    wrong = [
        lambda: RoleGrant.objects.create(user=boss, role=OFFICER, granted_by=boss),
        lambda: RoleGrant.objects.create(user=boss, role="emperor"),
        lambda: RoleGrant.objects.create(user=boss, role=ADMINISTRATOR),
        lambda: RoleDecision.objects.create(user=boss, role=OFFICER, given=True, reason=""),
        lambda: RoleDecision.objects.create(
            user=boss, role=OFFICER, given=True, reason=WHY, by=boss
        ),
    ]
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_auditors_see_the_names_of_staff_and_of_nobody_else(boss: User) -> None:
    amina = person("amina", name="Amina El-Khoury")
    actions.give_role(user=amina, role=OFFICER, reason=WHY, by=boss)
    visitor = person("visitor", name="A Visitor")
    ids = [amina, visitor]
    events = [AuditEvent(action="a.b", actor_kind="user", actor_id=str(user.pk)) for user in ids]
    assert actor_names(events) == {str(amina.pk): "Amina El-Khoury"}


def test_every_staff_role_has_a_sentence() -> None:
    words = [role.word for role in ROLES]
    assert len(words) == len(set(words)) == 8
    assert set(StaffRole.values) <= set(words)
    assert all(str(role.sentence).endswith(".") and str(role.given) for role in ROLES)
