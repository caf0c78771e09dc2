"""Requests to sign that looked like a program's: listed for coordinators, who let them through."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from foundation.audit.recording import record_read
from foundation.web.guarding import CODES
from letters.actions.own_name import name_asked_for
from letters.enums import Mode
from letters.models import Letter, SignOnRequest


def held_requests(request: HttpRequest, letter: Letter) -> list[dict[str, Any]]:
    """Return the requests that are held, with why; the line as it would be printed where it is for
    the coordinators' eyes. Reading them goes on record."""
    rows = SignOnRequest.objects.visible_to(request.user).of(letter).to_release()
    found = [one for one in rows.order_by("created_at") if not one.is_over]
    if found:
        record_read("letters.held_read", letter, by=request.user, names=len(found))
    return [_row(one, letter) for one in found]


def _row(one: SignOnRequest, letter: Letter) -> dict[str, Any]:
    one.letter = letter
    name = name_asked_for(one)
    return {
        "pk": one.pk,
        "line": "" if name.mode == Mode.NOT_COUNTED else name.display_line(),
        "on": one.created_at,
        "why": [str(CODES[code]) for code in one.held_because if code in CODES],
    }
