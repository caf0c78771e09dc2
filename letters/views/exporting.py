"""Asking for the sealed PDF of a letter."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from foundation.web.policies import policy, signed_in
from letters.actions.exporting import request_copy
from letters.views.writing import own_letter


@policy(signed_in)
@require_POST
def export(request: HttpRequest, pk: uuid.UUID, copy: str) -> HttpResponse:
    """Ask for a copy of the letter (`public` or `office`); leads to its progress page."""
    letter = own_letter(request, pk)
    document = request_copy(letter=letter, copy=copy, by=request.user)
    return HttpResponseRedirect(document.get_absolute_url())
