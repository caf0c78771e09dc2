"""The front page of the public: the same for everybody, cheap, and never older than what it shows.

What is on it is looked up anew once a second at most (three short queries, their SQL made once), so
that what somebody takes back is gone within that second, and a rush of visitors costs the database
nothing. Only the making of the page is saved: a page is kept as long as every row that it was made
from is the same.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from foundation.confidentiality.prepared import PreparedRows
from letters.models import Letter
from organizations.querysets.parts import today
from portal.figures.showing import headline, tables
from portal.models import PublicFigures
from recommendations.models import Recommendation
from recommendations.views.showing import public_rows

NEWEST = 5  # answers and letters on the page
EVERYONE = AnonymousUser()


def newest_answers() -> Any:
    """Return the answers that everyone may read, whoever asks."""
    seen = Recommendation.objects.visible_to(EVERYONE).published().newest_first()
    return seen.select_related("organization", "expert")[:NEWEST]


def newest_letters() -> Any:
    """Return the letters that everyone may read, whoever asks."""
    seen = Letter.objects.visible_to(EVERYONE).order_by("-delivered_at", "pk")
    return seen.select_related("network")[:NEWEST]


LOOKED_UP = (
    PreparedRows(PublicFigures.objects.standing),
    PreparedRows(newest_answers, valid_for=today),
    PreparedRows(newest_letters, valid_for=today),
)
"""What the page is made from: it is made anew as soon as a column of one of these rows differs."""


@dataclass(frozen=True)
class Page:
    """A page that was made: its bytes, the same compressed, and its mark."""

    body: bytes
    small: bytes
    mark: str


def front_page(request: HttpRequest) -> HttpResponse:
    """Return the page. To a visitor without cookies it may be kept, if it is asked for anew."""
    if not is_stranger(request):
        return HttpResponse(_render(request))
    key = (settings.ROOT_URLCONF, get_language(), request.path, timezone.localdate())
    page = KEPT.get(key, lambda: _make(request))
    answer = get_conditional_response(request, etag=page.mark) or _answer(request, page)
    answer["ETag"] = page.mark
    answer["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ("Accept-Language", "Accept-Encoding", "Cookie"))
    return answer


def is_stranger(request: HttpRequest) -> bool:
    """Tell whether nothing of the visitor can be on the page: no cookie but that of the language."""
    return set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME}


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Compressed already where the browser can read it: there is no secret in it to guess at."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(page.body)
    return HttpResponse(page.small, headers={"Content-Encoding": "gzip"})


def _make(request: HttpRequest) -> Page:
    body = _render(request)
    mark = hashlib.sha256(body).hexdigest()[:24]
    return Page(body, gzip.compress(body, mtime=0), f'W/"{mark}"')


def _render(request: HttpRequest) -> bytes:
    figures = PublicFigures.objects.newest()
    context: dict[str, Any] = {
        "answers": public_rows(newest_answers()),
        "letters": [_letter_row(letter) for letter in newest_letters()],
    }
    if figures:
        shown = {"headline": headline(figures), "tables": tables(figures)}
        context |= {"figures": figures, **shown}
    return render_to_string("portal/front.html", context, request).encode()


def _letter_row(letter: Letter) -> dict[str, Any]:
    return {
        "url": letter.get_absolute_url(),
        "sentence": letter.subject,
        "lang": letter.language,
        "about": f"{letter.reference} · {letter.network.printed_name()}",
    }


def _rows() -> str:
    return repr([rows.read() for rows in LOOKED_UP])


class Kept:
    """The pages made last in this process, with the rows that each was made from."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pages: OrderedDict[Hashable, tuple[str, Page]] = OrderedDict()
        self.looked: tuple[float, str] | None = None

    def get(self, key: Hashable, make: Callable[[], Page]) -> Page:
        """Return the page of `key`; `make` it where none is kept or a row is another one.

        Threads may make it twice. What changes while a page is made keeps it from being kept.
        """
        rows = self._look()
        found = self.pages.get(key)
        if found is not None and found[0] == rows:
            return found[1]
        page = make()
        if rows == _rows():
            self.pages[key] = (rows, page)
            while len(self.pages) > self.most:
                self.pages.popitem(last=False)
        return page

    def _look(self) -> str:
        """Return the rows as they were found, settings.FRONT_PAGE_SECONDS ago at most."""
        now, looked = time.monotonic(), self.looked
        if looked is None or now - looked[0] >= settings.FRONT_PAGE_SECONDS:
            self.looked = looked = (now, _rows())
        return looked[1]

    def clear(self) -> None:
        """Forget everything."""
        self.pages.clear()
        self.looked = None


KEPT = Kept(2 * len(settings.LANGUAGES))
