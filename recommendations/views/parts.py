"""What several pages do: find the item, accept a form once, give back what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from foundation.web.forms import EditConflict, TokenForm, VersionedForm, once
from foundation.web.shortcuts import get_visible_or_404, page
from foundation.workflow import Refused
from recommendations.models import Recommendation
from recommendations.rules import is_member, roles_of, works_on

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
JOINED = ("organization", "expert", "addressee", "action_asked", "owner")


def visible_item(request: HttpRequest, pk: uuid.UUID) -> Recommendation:
    """Return the item if the reader may see it; Http404 otherwise."""
    items = Recommendation.objects.visible_to(request.user).select_related(*JOINED)
    return get_visible_or_404(items, pk=pk)


def own_item(request: HttpRequest, pk: uuid.UUID) -> Recommendation:
    """Return the item if it is the reader's own, or a draft that they enter; else Http404."""
    items = Recommendation.objects.owned_by(request.user).select_related(*JOINED)
    return get_visible_or_404(items, pk=pk)


def desk_item(request: HttpRequest, pk: uuid.UUID) -> Recommendation:
    """Return the item if the reader works on it for the Office; else Http404."""
    items = Recommendation.objects.seen_inside_by(request.user).select_related(*JOINED)
    item = get_visible_or_404(items, pk=pk)
    if is_member(request.user, item) or not works_on(request.user, item):
        raise Http404
    return item


def must_have(request: HttpRequest, item: Recommendation, *words: str) -> None:
    """Raise Http404 unless the reader has one of these words of the table towards the item."""
    if not roles_of(request.user, item) & set(words):
        raise Http404


def form_page(
    request: HttpRequest,
    form: TokenForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; when it is posted and right, run `do` once and go to the path it gives.

    A refusal or another person's edit is said above the form, and every word stays in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except EditConflict:
            context = {**context, **_conflict(form, context)}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, {**context, "form": form}, status=status)


def _conflict(form: TokenForm, context: dict[str, Any]) -> dict[str, Any]:
    """Say that somebody was faster; let the form be saved again over what stands now."""
    row = context.get("edited")
    if isinstance(form, VersionedForm):
        form.add_conflict(row)
    if row is None:
        return {}
    row.refresh_from_db()
    return {"stands": row}
