"""Every word that the rooms write into the audit log has a sentence for auditors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from foundation.audit import presenting

ROOMS = ("accounts", "foundation", "letters", "meetings", "organizations", "portal",
         "recommendations")  # fmt: skip
RECORDERS = {"record", "record_read"}


def words_in(source: str) -> Iterator[str]:
    """Yield the actions that a module records by a fixed word."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            word = node.args[0]
            if name in RECORDERS and isinstance(word, ast.Constant) and "." in str(word.value):
                yield str(word.value)


def test_every_recorded_word_has_its_sentence() -> None:
    root = Path(settings.BASE_DIR)
    found = {
        word
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        for word in words_in(path.read_text(encoding="utf-8"))
    }
    assert {"letters.signed", "letters.exported", "audit.opened"} <= found  # the search finds them
    assert found - set(presenting.actions()) == set()


def test_search_sees_both_ways_of_recording() -> None:
    code = 'record("a.b", x, by=y)\naudit.record_read("c.d", x, by=y)\nother("e.f")\nrecord(name)'
    assert list(words_in(code)) == ["a.b", "c.d"]
