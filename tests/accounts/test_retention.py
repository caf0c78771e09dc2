"""Every personal field of accounts has its row of law."""

from __future__ import annotations

from accounts.models import User
from foundation.confidentiality.retention import missing, table


def test_every_personal_field_has_a_row() -> None:
    assert [(model, name) for model, name in missing() if model._meta.app_label == "accounts"] == []


def test_the_table_says_how_long_what_then_and_why() -> None:
    rows = [row for row in table() if row.model._meta.app_label == "accounts"]
    assert any(row.model is User and "email" in row.fields for row in rows)
    assert all(str(row.kept) and str(row.then) and str(row.why) for row in rows)
