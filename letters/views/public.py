"""The page of a letter that is the same for everybody, and its numbers; kept by every cache.

A separate address, not letters:detail for strangers: what is at one address for one reader must
never be kept for another, and a cache that does not know cookies tells readers apart by the address.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from foundation.web.caching import Kept, answer_everybody
from foundation.web.pagination import paginate
from foundation.web.policies import public
from foundation.web.shortcuts import get_visible_or_404
from letters import actions
from letters.documents.verifying import withdrawals_of
from letters.models import Letter, LetterCount
from letters.text import parse_body, parse_notes, spaced
from letters.text.arranging import Group, arrange

EVERYBODY = AnonymousUser()
NAMES_ON_PAGE = 200
KEPT = Kept(64, lambda: settings.PUBLIC_LETTER_SECONDS)


@public("a letter that everyone may read, without anything of the reader")
@require_safe
def public_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the letter, its numbers and its public names. `?in=` says the language of the page."""
    language = request.GET.get("in", "")
    language = language if language in dict(settings.LANGUAGES) else ""
    key = (settings.ROOT_URLCONF, reference, language, request.GET.get("page", "")[:6])
    body = KEPT.get(key, lambda: _page(request, reference, language))
    return answer_everybody(request, body, seconds=settings.LETTER_COUNT_SECONDS)


@public("numbers that everyone may read")
@require_safe
def count(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the numbers of a letter as JSON, as the job counted them last."""
    letter = _letter(reference)
    counted = getattr(letter, "count", None)
    return answer_everybody(
        request,
        json.dumps(_numbers(letter, counted)).encode(),
        seconds=settings.LETTER_COUNT_SECONDS,
        content_type="application/json",
        moved_at=counted.counted_at if counted else None,
    )


def _letter(reference: str) -> Letter:
    """Return the letter, if a stranger may see it; Http404 otherwise."""
    letters = Letter.objects.visible_to(EVERYBODY).select_related("network", "frozen", "count")
    return get_visible_or_404(letters, reference=reference)


def _numbers(letter: Letter, counted: LetterCount | None) -> dict[str, Any]:
    numbers: dict[str, Any] = {"reference": letter.reference}
    if counted is None:  # it was delivered a moment ago
        return {**numbers, "as_of": None}
    return {
        **numbers,
        "organizations": counted.organizations,
        "individuals": counted.individuals,
        "withheld": counted.withheld,
        "total": counted.total,
        "as_of": counted.counted_at.isoformat(timespec="seconds"),
    }


def _page(request: HttpRequest, reference: str, language: str) -> bytes:
    letter = _letter(reference)
    with translation.override(language or _spoken(letter.language)):
        request.LANGUAGE_CODE = translation.get_language()
        return render_to_string("letters/public.html", _context(request, letter), request).encode()


def _spoken(language: str) -> str:
    """Return the language of pages that a letter in `language` is shown in: its own."""
    known = (code for code, _name in settings.LANGUAGES if code.split("-")[0] == language)
    return next(known, settings.LANGUAGE_CODE)


def _context(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    text = letter.text()
    notes = parse_notes(text.notes)
    groups = arrange(
        actions.read_names(letter=letter, by=EVERYBODY),
        letter.arrangement,
        letter.grouped,
        letter.language,
    )
    lines = [(group.title, name) for group in groups for name in group.names]
    page = paginate(request, lines, NAMES_ON_PAGE)
    return {
        "letter": letter,
        "text": text,
        "blocks": parse_body(text.body),
        "notes": notes,
        "numbers": {note.number for note in notes},
        "fingerprint": spaced(letter.frozen.sha256),
        "counted": getattr(letter, "count", None),
        "page": page,
        "groups": _grouped(page.object_list),
        "entered": any(name.is_entered_for_somebody for _title, name in page.object_list),
        "withdrawals": withdrawals_of(letter, named=True) if letter.is_at_the_office else [],
    }


def _grouped(lines: Any) -> list[Group]:
    """Return the names of one page of the list, again under their headings."""
    found: dict[str, list[Any]] = {}
    for title, name in lines:
        found.setdefault(title, []).append(name)
    return [Group(title, names) for title, names in found.items()]
