"""What several pages do: find the item, ask what its reader may do."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest

from foundation.web.shortcuts import get_visible_or_404
from recommendations.models import Recommendation
from recommendations.rules import is_member, roles_of, works_on
from recommendations.transitions import RECOMMENDATION

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


def must_be_possible(request: HttpRequest, item: Recommendation, step: str) -> None:
    """Raise Http404 for a page whose step this person can never take; a wrong state is told."""
    must_have(request, item, *RECOMMENDATION.transition(step).who)
