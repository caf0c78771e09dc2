"""Blind marks are stable, apart for each purpose, and nothing without the key."""

from __future__ import annotations

import hashlib

from pytest_django.fixtures import Settings

from foundation.confidentiality import vault


def test_mark_is_stable_and_of_64_digits(settings: Settings) -> None:
    settings.BLIND_KEY = "k" * 32
    mark = vault.blind("tests.person", "letter", "person")
    assert mark == vault.blind("tests.person", "letter", "person")
    # A known answer, so that an update of ours never changes marks that lie in databases.
    assert mark == "fd96861495f0d04ca7e91d54a199eb83685245787941f9af6387c9c591122080"


def test_mark_is_apart_for_purpose_parts_and_their_cut() -> None:
    marks = {
        vault.blind("tests.person", "ab", "c"),
        vault.blind("tests.organization", "ab", "c"),
        vault.blind("tests.person", "a", "bc"),
        vault.blind("tests.person", "abc"),
        vault.blind("tests.person", "ab", "c", ""),
        vault.blind("tests.person", "\x00ab", "c"),
        vault.blind("tests.personab", "c"),
    }
    assert len(marks) == 7


def test_mark_needs_the_key(settings: Settings) -> None:
    settings.BLIND_KEY = "k" * 32
    first = vault.blind("tests.person", "ada@example.org")
    settings.BLIND_KEY = "l" * 32
    assert vault.blind("tests.person", "ada@example.org") != first
    assert first != hashlib.sha256(b"ada@example.org").hexdigest()
