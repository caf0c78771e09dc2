"""The floor of the desk: Django's own list view of the same table, which asks nobody who looks."""

from __future__ import annotations

from typing import Any

from django.views.generic import ListView

from recommendations.enums import OPEN
from recommendations.models import Recommendation

LOOKUPS = {"pillar": "pillars", "topic": "topics", "addressee": "addressee", "language": "language"}
JOINED = ("organization", "expert", "addressee", "owner")
WHY = "the floor of a measure shows every row"


class BareList(ListView):
    """Same table, columns, ordering, filters, page size and count as the desk; no form, no view
    counts, nobody's right to see asked."""

    template_name = "bench/list.html"
    joined: tuple[str, ...] = JOINED
    paginate_by = 25

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """As Django's, but a number beyond the last page is the last page, as at the desk."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_queryset(self) -> Any:
        """Return the rows that view, filters and words ask for, the most urgent first."""
        asked = self.request.GET
        rows = Recommendation.objects.unguarded(WHY)
        if asked.get("view", "open") == "open":
            rows = rows.filter(state__in=OPEN)
        rows = rows.filter(**{LOOKUPS[name]: asked[name] for name in LOOKUPS if name in asked})
        if "q" in asked:
            rows = rows.matching(asked["q"], senders=True)
        return (rows.select_related(*self.joined) if self.joined else rows).order_by(
            "answer_by", "pk"
        )


class OwnColumns(BareList):
    """The same with the columns of the table alone: nobody's name, no addressee, no owner."""

    template_name = "bench/own.html"
    joined = ()
