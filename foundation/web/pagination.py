"""The one paginator: numbered pages, a bad page number is the nearest good one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paginate(request: HttpRequest, items: Any, per_page: int = 25) -> Page:
    """Return the page that `?page=` asks for; `page.query` keeps the other parameters."""
    chosen = Paginator(items, per_page).get_page(request.GET.get("page"))
    others = request.GET.copy()
    others.pop("page", None)
    chosen.query = others.urlencode()  # type: ignore[attr-defined]
    return chosen
