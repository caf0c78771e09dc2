"""Three promises kept for every request, whatever the view does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader

Answer = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
GAP = r"(?:\s|/\*.*?\*/|--[^\n]*\n)*"
# What changes rows: as a statement, or inside WITH (then it follows a bracket).
WRITE = re.compile(
    rf'(?:^|[;()]){GAP}(insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?([\w."$]+)',
    re.IGNORECASE | re.DOTALL,
)
# What changes more than rows, or cannot be looked into: never while reading.
NEVER = re.compile(
    rf"(?:^|;){GAP}(truncate|copy|create|alter|drop|lock|grant|revoke|do|call|vacuum|refresh)\b",
    re.IGNORECASE | re.DOTALL,
)
# NUL and lone surrogates (as their UTF-8 bytes, percent-coded or not), other control characters.
BAD_BYTES = re.compile(
    r"%00|%ed%[ab]|%0[1-8bcef]|%1[0-9a-f]|%7f|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", re.I
)


class WriteWhileReading(RuntimeError):
    """A GET tried to write to a table that is not on the short list."""


class ReadingNeverWrites:
    """Refuse every write to the database while a GET is answered.

    The exceptions are settings.READ_ONLY_EXEMPT_TABLES: sessions, limits on tries, housekeeping
    of sign-in, the log of reads.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


def refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Execute `sql` unless it writes to a table that is not exempt."""
    text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
    if match := NEVER.search(text):
        raise WriteWhileReading(f"A GET may not {match[1].lower()}.")
    for match in WRITE.finditer(text):
        table = match[2].replace('"', "").lower().rpartition(".")[2]
        if table not in settings.READ_ONLY_EXEMPT_TABLES:
            raise WriteWhileReading(f"A GET may not {match[1].lower()} {table}.")
    return execute(sql, params, many, context)


class RefuseBadBytes:
    """Answer 400 where path or query carry NUL, lone surrogates or control characters.

    PostgreSQL refuses NUL and UTF-8 refuses surrogates: further in, both would be a 500. A cookie
    with such characters (quoted cookies may spell them) is dropped: the person starts afresh.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raw = request.META.get("QUERY_STRING", "") + request.path_info
        if BAD_BYTES.search(raw) or any("\ud800" <= char <= "\udfff" for char in raw):
            return HttpResponseBadRequest(loader.render_to_string("400.html", request=request))
        cookies = request.COOKIES.items()
        request.COOKIES = {k: v for k, v in cookies if not BAD_BYTES.search(k + v)}
        return self.get_response(request)


class ClearedHeaders:
    """Headers that Django does not set: no caching of anything personal, no powers of the browser.

    Static files keep their own caching: their answer carries Cache-Control already.
    """

    PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", self.PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Origin-Agent-Cluster", "?1")
        return response
