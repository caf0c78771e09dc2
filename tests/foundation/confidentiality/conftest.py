"""A shelf with one note of each level."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foundation.confidentiality import Level
from tests.foundation.confidentiality.shelf import Note, Shelf, tables


@pytest.fixture
def shelf(db: None) -> Iterator[Shelf]:
    """Return a shelf that holds four notes, one of each level, tagged with the same shelf."""
    with tables():
        shelf = Shelf.objects.create(name="first")
        for level in Level:
            note = Note.objects.create(title=level.name.lower(), level=level, shelf=shelf)
            note.tags.add(shelf)
        yield shelf
