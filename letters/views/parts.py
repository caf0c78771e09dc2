"""What several pages do: find the letter, accept a form once, keep what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from foundation.web.forms import TokenForm, once
from foundation.web.shortcuts import get_visible_or_404, page
from foundation.workflow import Refused
from letters.models import Ask, Letter

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def desk_letter(request: HttpRequest, pk: uuid.UUID) -> Letter:
    """Return a delivered letter on which the reader works for the Office; Http404 otherwise."""
    letters = Letter.objects.visible_to(request.user).for_the_desk(request.user)
    return get_visible_or_404(letters.select_related("network", "frozen", "owner"), pk=pk)


def desk_ask(request: HttpRequest, pk: uuid.UUID) -> Ask:
    """Return an ask that stands, of a letter on which the reader works; Http404 otherwise."""
    asks = Ask.objects.visible_to(request.user).standing().with_recommendation()
    ask = get_visible_or_404(asks, pk=pk)
    ask.letter = desk_letter(request, ask.letter_id)
    return ask


def form_page(
    request: HttpRequest,
    form: TokenForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form; when it is posted and right, run `do` once and go to the path it gives. A
    refusal is said above the form, and every word stays in it."""
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, {**context, "form": form}, status=status)
