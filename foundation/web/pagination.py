"""The one paginator: numbered pages, a bad page number is the nearest good one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


class LongPaginator(Paginator):
    """For long tables: finds the ids of a page first, which an index alone can answer, and reads
    only the rows of that page. `total`, where it is known already, is not asked again."""

    def __init__(self, rows: Any, per_page: int, total: int | None = None) -> None:
        super().__init__(rows, per_page)
        if total is not None:
            self.count = total  # type: ignore[misc]  # it takes the place of the cached property

    def page(self, number: Any) -> Page:
        """Return the page of that number. Raises as Django's."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        ids = self.object_list.values("pk")[first : first + self.per_page]  # type: ignore[union-attr]
        return self._get_page(self.object_list.filter(pk__in=ids), number, self)  # type: ignore[union-attr]


def paginate(request: HttpRequest, items: Any, per_page: int = 25) -> Page:
    """Return the page that `?page=` asks for; `page.query` keeps the other parameters."""
    return _chosen(request, Paginator(items, per_page))


def paginate_long(
    request: HttpRequest, rows: Any, per_page: int = 25, total: int | None = None
) -> Page:
    """As `paginate`, for an ordered QuerySet over a long table; `total` as far as it is known."""
    return _chosen(request, LongPaginator(rows, per_page, total))


def _chosen(request: HttpRequest, paginator: Paginator) -> Page:
    chosen = paginator.get_page(request.GET.get("page"))
    others = request.GET.copy()
    others.pop("page", None)
    chosen.query = others.urlencode()  # type: ignore[attr-defined]
    return chosen
