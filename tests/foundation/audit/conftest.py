"""A head file of its own for every test, and hands that can do what triggers refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def head_file(settings: Settings, tmp_path: Path) -> Path:
    """Return the head file of this test."""
    settings.AUDIT_HEAD_FILE = tmp_path / "outside" / "audit-head.json"
    return settings.AUDIT_HEAD_FILE


@contextmanager
def without_triggers() -> Iterator[None]:
    """Be somebody who can switch triggers off: a superuser of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")
