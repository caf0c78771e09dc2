"""Noting a new version of a letter's public list."""

from __future__ import annotations

from typing import cast

from foundation.confidentiality import Level
from letters.documents.names import names_for, withheld
from letters.documents.printing import list_of
from letters.enums import Kind, ListReason
from letters.models import FrozenText, Letter, ListVersion
from letters.text import fingerprint


def note_list_version(letter: Letter, reason: str) -> ListVersion:
    """Note the public list as it stands as a new version; the caller holds the letter's lock.

    How many names are not public is counted when the list becomes final, and stays as the
    delivered letter says it: a number that goes down by one would point at a person.
    """
    versions = ListVersion.objects.unguarded("the next number").of(letter)
    before = versions.last()
    names = names_for(letter, Level.PUBLIC)
    if reason == ListReason.WITHDRAWN and before is not None:
        left_out = before.withheld
    else:
        left_out = withheld(letter, Level.PUBLIC)
    return ListVersion.objects.create(
        letter=letter,
        number=before.number + 1 if before else 1,
        text=cast(FrozenText, letter.frozen),  # a list is final under a fixed text only
        reason=reason,
        sha256=fingerprint(list_of(names)),
        organizations=sum(name.kind == Kind.ORGANIZATION for name in names),
        individuals=sum(name.kind == Kind.INDIVIDUAL for name in names),
        withheld=left_out,
    )
