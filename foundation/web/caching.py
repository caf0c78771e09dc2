"""Pages that are the same for everybody, so that anybody's cache may keep them.

Personal pages are sent with `no-store`. A page of this sort must not be able to be personal: its
path stands in settings.SAME_FOR_EVERYBODY, and before anything else looks at the request, its
cookies and the visitor's languages are taken off (`SameForEverybody`). So it is made as for a
stranger, whoever asks, and the answer sets no cookie and varies with nothing but compression.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

Answer = Callable[[HttpRequest], HttpResponse]
PERSONAL = ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_AUTHORIZATION", "HTTP_HX_REQUEST")


class SameForEverybody:
    """Take off what tells visitors apart, and what the answer would say about them.

    Stands before sessions, languages and everything that reads a cookie.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not is_for_everybody(request.path_info):
            return self.get_response(request)
        for name in PERSONAL:
            request.META.pop(name, None)
        vars(request).pop("headers", None)  # made anew from what is left
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        del response["Vary"]  # compression, further out, adds its own
        return response


def is_for_everybody(path: str) -> bool:
    """Tell whether the page at `path` is the same for everybody."""
    return _pattern(tuple(settings.SAME_FOR_EVERYBODY)).fullmatch(path) is not None


@lru_cache(maxsize=4)
def _pattern(paths: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(paths) or "(?!)")


def answer_everybody(
    request: HttpRequest,
    body: bytes,
    *,
    seconds: int,
    content_type: str = "text/html; charset=utf-8",
    moved_at: datetime | None = None,
) -> HttpResponse:
    """Return `body` with leave to keep it, or 304 where the visitor's copy is the same.

    Fresh for `seconds`; for twice as long a cache may give the old one while it asks for a new
    one; for five times as long if we do not answer. `moved_at`: since when it says the same.
    """
    mark = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    since = int(moved_at.timestamp()) if moved_at else None
    answer = get_conditional_response(request, etag=mark, last_modified=since)
    answer = answer or HttpResponse(body, content_type=content_type)
    answer["ETag"] = mark
    if since is not None:
        answer["Last-Modified"] = http_date(since)
    answer["Cache-Control"] = (
        f"public, max-age={seconds}, stale-while-revalidate={2 * seconds},"
        f" stale-if-error={5 * seconds}"
    )
    return answer


class Kept:
    """What was made last in this process: at most `most` things. Each is made anew after
    `seconds()`, so a rush costs one making in that time. Threads may make a thing twice."""

    def __init__(self, most: int, seconds: Callable[[], float]) -> None:
        self.most = most
        self.seconds = seconds
        self.things: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the thing of `key`, made by `make` now or a moment ago. What raises is not kept."""
        found = self.things.get(key)
        if found is not None and time.monotonic() - found[0] < self.seconds():
            return found[1]
        thing = make()
        self.things[key] = (time.monotonic(), thing)
        while len(self.things) > self.most:
            self.things.popitem(last=False)
        return thing
