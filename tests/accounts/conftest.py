"""What several tests of accounts share."""

from __future__ import annotations

import pytest

from accounts.enums import StaffRole
from accounts.models import User
from tests.accounts.people import person


@pytest.fixture
def no_second_factor(settings: object) -> None:
    """Let staff in without a second step, where the test is about something else."""
    settings.STAFF_NEED_SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def boss(db: None) -> User:
    """Return an administrator."""
    return person("boss", StaffRole.ADMINISTRATOR)
