"""The one paginator: numbered pages, a bad page number is the nearest good one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


class LongPaginator(Paginator):
    """For long tables: finds the ids of a page, which an index alone can answer, and reads in the
    same statement only the rows of that page.

    `found` is the ordered QuerySet that decides which rows there are; `rows` is the same model,
    open for reading, in the same order, with what a page shows joined. `total`, where it is known
    already, is not asked again.
    """

    def __init__(self, found: Any, rows: Any, per_page: int, total: int | None = None) -> None:
        super().__init__(found, per_page)
        self.rows = rows
        if total is not None:
            vars(self)["count"] = total  # in the place of the cached property

    def page(self, number: Any) -> Page:
        """Return the page of that number. Raises as Django's."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        found: Any = self.object_list
        ids = found.values("pk")[first : first + self.per_page]
        return Page(self.rows.filter(pk__in=ids), number, self)


def paginate(request: HttpRequest, items: Any, per_page: int = 25) -> Page:
    """Return the page that `?page=` asks for; `page.query` keeps the other parameters."""
    return _chosen(request, Paginator(items, per_page))


def paginate_long(
    request: HttpRequest, found: Any, rows: Any, per_page: int = 25, total: int | None = None
) -> Page:
    """As `paginate`, for a long table; see LongPaginator."""
    return _chosen(request, LongPaginator(found, rows, per_page, total))


def _chosen(request: HttpRequest, paginator: Paginator) -> Page:
    chosen = paginator.get_page(request.GET.get("page"))
    others = request.GET.copy()
    others.pop("page", None)
    chosen.query = others.urlencode()  # type: ignore[attr-defined]
    return chosen
