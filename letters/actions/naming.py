"""Reading the names under a letter: opened for who may see them, and put on record."""

from __future__ import annotations

from foundation.audit.recording import record_read
from foundation.confidentiality import Viewer, person
from letters.models import Letter, Signatory


def read_names(*, letter: Letter, by: Viewer) -> list[Signatory]:
    """Return the standing names under the letter that the viewer may see, opened, as entered.

    A person who is shown hidden names of others is on record with that; one event a reading.
    """
    seen = Signatory.objects.visible_to(by).of(letter)
    return _opened(list(seen.standing().as_entered()), letter, by)


def read_names_asked_again(*, letter: Letter, by: Viewer) -> list[Signatory]:
    """Return the names that stand under an earlier text and not under the one in force, as far as
    the viewer may see them; on record as `read_names`."""
    seen = Signatory.objects.visible_to(by).of(letter)
    again = {key for name in seen.standing() for key in _keys(name)}
    earlier = seen.under_an_earlier_text().as_entered()
    return _opened([name for name in earlier if not _keys(name) & again], letter, by)


def _keys(name: Signatory) -> set[str]:
    """Return what tells that two names are of the same person or body: blind keys, or the line of
    a name that was entered."""
    found = name.organization_key or name.address_key or name.person_key
    if found:
        return {found}
    return set() if name.is_hidden else {name.display_line()}


def _opened(names: list[Signatory], letter: Letter, by: Viewer) -> list[Signatory]:
    """Open the hidden ones among `names`, and put it on record."""
    hidden = [name for name in names if name.is_hidden]
    for name in hidden:
        name.open()
    user = person(by)
    others = [name for name in hidden if user is None or not name.belongs_to(user)]
    if user is not None and others:
        modes = sorted({name.mode for name in others})
        record_read("letters.names_read", letter, by=user, names=len(others), modes=modes)
    return names
