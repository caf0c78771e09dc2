"""Reading the names under a letter: opened for who may see them, and put on record."""

from __future__ import annotations

from foundation.audit.recording import record_read
from foundation.confidentiality import Viewer, person
from letters.models import Letter, Signatory


def read_names(*, letter: Letter, by: Viewer) -> list[Signatory]:
    """Return the standing names under the letter that the viewer may see, opened, as entered.

    A person who is shown hidden names of others is on record with that; one event a reading.
    """
    names = list(Signatory.objects.visible_to(by).of(letter).standing().as_entered())
    hidden = [name for name in names if name.is_hidden]
    for name in hidden:
        name.open()
    user = person(by)
    others = [name for name in hidden if user is None or not name.belongs_to(user)]
    if user is not None and others:
        modes = sorted({name.mode for name in others})
        record_read("letters.names_read", letter, by=user, names=len(others), modes=modes)
    return names
