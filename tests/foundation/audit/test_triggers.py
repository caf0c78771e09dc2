"""Rows are added and never touched: not through Django, not by SQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit import record
from foundation.audit.models import AuditEvent, AuditSeal
from foundation.confidentiality import SystemActor

BY = SystemActor("test")
WRITES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {column} IS NOT NULL",
]


def fill() -> None:
    event = record("letters.frozen", None, by=BY)
    AuditSeal.objects.create(position=1, event_id=event.pk, mac="0" * 64)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", WRITES)
@pytest.mark.parametrize(("table", "column"), [("audit_event", "action"), ("audit_seal", "mac")])
def test_row_that_is_written_cannot_be_changed(sql: str, table: str, column: str) -> None:
    fill()
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table=table, column=column))
    assert AuditEvent.objects.count() == AuditSeal.objects.count() == 1


@pytest.mark.django_db
def test_event_cannot_be_changed_through_its_model() -> None:
    event = record("letters.frozen", None, by=BY)
    event.action = "letters.opened"
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(action="x")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_table_is_emptied_only_where_test_settings_say_so(table: str) -> None:
    fill()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.audit_allow_truncate', 'off', false)")
        try:
            with pytest.raises(IntegrityError, match="TRUNCATE refused"):
                cursor.execute(f"TRUNCATE {table}")
        finally:
            cursor.execute("SELECT set_config('portal.audit_allow_truncate', 'on', false)")
        cursor.execute(f"TRUNCATE {table}")


@pytest.mark.django_db(transaction=True)
def test_table_of_a_real_database_is_not_emptied_whatever_the_session_says() -> None:
    fill()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_refuse'::regproc)")
        (body,) = cursor.fetchone()
        # The same function, as it would run in a database of another name.
        cursor.execute(body.replace("current_database()", "'portal'::text"))
        try:
            with pytest.raises(IntegrityError, match="TRUNCATE refused"):
                cursor.execute("TRUNCATE audit_event")
        finally:
            cursor.execute(body)
