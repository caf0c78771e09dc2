"""Asking for the sealed PDF of a letter."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.web.policies import policy, signed_in
from foundation.workflow import Refused
from letters.actions.exporting import request_copy
from letters.views.parts import own_letter


@policy(signed_in)
@require_POST
def export(request: HttpRequest, pk: uuid.UUID, copy: str) -> HttpResponse:
    """Ask for a copy of the letter (`public` or `office`); leads to its progress page."""
    letter = own_letter(request, pk)
    try:
        document = request_copy(letter=letter, copy=copy, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(letter.get_absolute_url())
    except KeyError as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("documents:progress", args=[document.pk]))
