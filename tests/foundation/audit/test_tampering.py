"""A thousand single changes by somebody who can switch the triggers off: each one is found."""

# ruff: noqa: S608 (these statements are the attack)
from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from foundation.audit import record
from foundation.audit.models import AuditEvent, AuditSeal
from foundation.audit.sealing import seal_pending
from foundation.audit.verifying import verify
from foundation.confidentiality import SystemActor
from tests.foundation.audit.conftest import without_triggers

TRIALS = 1000
EVENTS = 30
COLUMNS = "at, action, actor_kind, actor_id, object_type, object_id, facts"
Tamper = Callable[[random.Random, list[int]], str]


def fill(events: int = EVENTS) -> list[int]:
    """Write and seal `events` events, each different from all others; return their ids."""
    for number in range(events):
        actor = SystemActor(f"part-{number}")
        record(f"letters.step_{number}", AuditEvent, by=actor, number=number, code=f"C-{number}")
    assert seal_pending() == events
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))


def edit_event(chance: random.Random, ids: list[int]) -> str:
    change = chance.choice(
        [
            "at = at + interval '1 microsecond'",
            "at = '-infinity'",
            "action = action || 'x'",
            "action = left(action, -1)",
            "actor_kind = 'anonymous'",
            "actor_id = ''",
            "actor_id = upper(actor_id)",
            "object_type = 'letters.letter'",
            "object_id = '7'",
            "facts = facts || '{\"number\": 99}'",
            "facts = facts - 'code'",
            "facts = '{}'",
            "facts = jsonb_set(facts, '{number}', to_jsonb((facts->>'number') || ''))",
            "id = id + 100000",
        ]
    )
    return f"UPDATE audit_event SET {change} WHERE id = {chance.choice(ids)}"


def delete_event(chance: random.Random, ids: list[int]) -> str:
    return f"DELETE FROM audit_event WHERE id = {chance.choice(ids)}"


def swap_events(chance: random.Random, ids: list[int]) -> str:
    one, other = chance.sample(ids, 2)
    columns = chance.choice([COLUMNS, "facts", "actor_id", "action"])
    alike = ", ".join(f"o.{name.strip()}" for name in columns.split(","))
    return (
        f"UPDATE audit_event e SET ({columns}) = ROW({alike}) FROM audit_event o "
        f"WHERE (e.id, o.id) IN (({one}, {other}), ({other}, {one}))"
    )


def edit_seal(chance: random.Random, ids: list[int]) -> str:
    change = chance.choice(
        [
            "mac = translate(mac, '0123456789abcdef', '123456789abcdef0')",
            "mac = ''",
            "mac = reverse(mac)",
            "event_id = event_id + 100000",
            "position = position + 100000",
        ]
    )
    return f"UPDATE audit_seal SET {change} WHERE event_id = {chance.choice(ids)}"


def delete_seal(chance: random.Random, ids: list[int]) -> str:
    return f"DELETE FROM audit_seal WHERE event_id = {chance.choice(ids)}"


def swap_seals(chance: random.Random, ids: list[int]) -> str:
    one, other = chance.sample(ids, 2)
    return (
        "UPDATE audit_seal s SET mac = o.mac FROM audit_seal o "
        f"WHERE (s.event_id, o.event_id) IN (({one}, {other}), ({other}, {one}))"
    )


def swap_places(chance: random.Random, ids: list[int]) -> str:
    one, other = chance.sample(ids, 2)
    move = "UPDATE audit_seal SET event_id = {} WHERE event_id = {}; "
    return move.format(-1, one) + move.format(one, other) + move.format(other, -1)


def delete_both(chance: random.Random, ids: list[int]) -> str:
    one = chance.choice(ids)
    return (
        f"DELETE FROM audit_event WHERE id = {one}; DELETE FROM audit_seal WHERE event_id = {one}"
    )


def cut_the_last(chance: random.Random, ids: list[int]) -> str:
    last = ids[-1]
    table, column = chance.choice([("audit_event", "id"), ("audit_seal", "event_id")])
    both = delete_both(random.Random(0), [last])
    return chance.choice([both, f"DELETE FROM {table} WHERE {column} = {last}"])


TAMPERS: list[Tamper] = [
    edit_event, delete_event, swap_events, edit_seal, delete_seal, swap_seals, swap_places,
    delete_both, cut_the_last,
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_single_change_of_a_row_is_always_found() -> None:
    ids = fill()
    chance = random.Random(20180124)
    missed, kinds = [], set()
    for trial in range(TRIALS):
        tamper = TAMPERS[trial % len(TAMPERS)]
        sql = tamper(chance, ids)
        kinds.add(sql.split(" WHERE")[0])
        with transaction.atomic():
            with without_triggers(), connection.cursor() as cursor:
                cursor.execute(sql)
            if verify().holds:
                missed.append(sql)
            transaction.set_rollback(True)
        assert trial % 100 or verify().holds  # the control: without the change it holds
    assert not missed
    assert len(kinds) > 20
    assert verify().holds


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_event", "audit_seal", "both"])
def test_last_row_cut_off_is_found_and_the_sealer_stops(table: str) -> None:
    from foundation.audit.chain import ChainBroken

    ids = fill(3)
    with without_triggers(), connection.cursor() as cursor:
        if table != "audit_seal":
            cursor.execute("DELETE FROM audit_event WHERE id = %s", [ids[-1]])
        if table != "audit_event":
            cursor.execute("DELETE FROM audit_seal WHERE event_id = %s", [ids[-1]])
    assert not verify().holds
    if table != "audit_event":  # it must not write a new end over the cut
        record("letters.frozen", None, by=SystemActor("test"))
        with pytest.raises(ChainBroken, match="newest seals are gone"):
            seal_pending()
        assert AuditSeal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_changes_are_counted_and_the_first_are_named() -> None:
    fill(70)
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
    report = verify()
    assert (report.found, len(report.problems)) == (70, 50)


@pytest.mark.django_db(transaction=True)
def test_trigger_switched_off_is_found() -> None:
    fill(2)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_append_only")
        try:
            report = verify()
        finally:
            cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_append_only")
    assert report.problems == ["Only 3 of 4 triggers that protect the log are in force."]
    assert verify().holds
