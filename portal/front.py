"""The front page of the public: the same for everybody, cheap, and never older than what it shows.

What is on it is read anew for each visitor (three short queries), so that what somebody takes back
is gone at once. Only the making of the page from it is saved: a page is kept as long as everything
that it was made from is the same.
"""

from __future__ import annotations

import hashlib
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

from letters.models import Letter
from portal.figures.showing import headline, tables
from portal.models import PublicFigures
from recommendations.models import Recommendation
from recommendations.views.showing import public_rows

NEWEST = 5  # answers and letters on the page
EVERYONE = AnonymousUser()


@dataclass(frozen=True)
class Facts:
    """What the page is made from, as it is now."""

    figures: PublicFigures | None
    answers: list[dict[str, Any]]
    letters: list[dict[str, Any]]

    def key(self) -> Hashable:
        """Return something that differs as soon as the page would."""
        made = self.figures and self.figures.made_at
        rows = (tuple(row.items()) for row in (*self.answers, *self.letters))
        return (made, len(self.answers), *rows)


def facts() -> Facts:
    """Read what everyone may read, whoever asks."""
    answers = Recommendation.objects.visible_to(EVERYONE).published().newest_first()
    letters = Letter.objects.visible_to(EVERYONE)
    newest = letters.select_related("network").order_by("-delivered_at", "pk")[:NEWEST]
    return Facts(
        PublicFigures.objects.newest(),
        public_rows(answers.select_related("organization", "expert")[:NEWEST]),
        [_letter_row(letter) for letter in newest],
    )


def _letter_row(letter: Letter) -> dict[str, Any]:
    return {
        "url": letter.get_absolute_url(),
        "sentence": letter.subject,
        "lang": letter.language,
        "about": f"{letter.reference} · {letter.network.printed_name()}",
    }


def front_page(request: HttpRequest) -> HttpResponse:
    """Return the page. To a visitor without cookies it may be kept, if it is asked for anew."""
    found = facts()
    if not is_stranger(request):
        return HttpResponse(_render(request, found))
    key = (get_language(), request.path, timezone.localdate(), found.key())
    body, etag = KEPT.get(key, lambda: _with_mark(_render(request, found)))
    answer = get_conditional_response(request, etag=etag) or HttpResponse(body)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ("Accept-Language", "Cookie"))
    return answer


def is_stranger(request: HttpRequest) -> bool:
    """Tell whether nothing of the visitor can be on the page: no cookie but that of the language."""
    return set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME}


def _render(request: HttpRequest, found: Facts) -> bytes:
    context: dict[str, Any] = {"answers": found.answers, "letters": found.letters}
    if found.figures:
        context |= {
            "figures": found.figures,
            "headline": headline(found.figures),
            "tables": tables(found.figures),
        }
    return render_to_string("portal/front.html", context, request).encode()


def _with_mark(body: bytes) -> tuple[bytes, str]:
    return body, f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'


class Kept:
    """The pages made last in this process, by what they were made from."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pages: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], tuple[bytes, str]]) -> tuple[bytes, str]:
        """Return the page of `key`; `make` it where it is not kept. Threads may make it twice."""
        found = self.pages.get(key)
        if found is None:
            found = self.pages[key] = make()
            while len(self.pages) > self.most:
                self.pages.popitem(last=False)
        return found


KEPT = Kept(2 * len(settings.LANGUAGES))
