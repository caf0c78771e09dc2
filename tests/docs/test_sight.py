"""docs/who-sees-what.md says what the database answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tests.docs.sight import write

PAGE = Path(settings.BASE_DIR) / "docs" / "who-sees-what.md"


@pytest.mark.django_db
def test_page_says_who_sees_what() -> None:
    with translation.override("en"):
        asked = write()
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(asked, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == asked
