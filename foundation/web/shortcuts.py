"""Short names for what views do all day."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

M = TypeVar("M", bound=Model)


def get_visible_or_404(queryset: QuerySet[M], **lookup: Any) -> M:
    """Return the one row of an already restricted queryset; Http404 where there is none.

    What may not be seen and what does not exist give the same answer.
    """
    try:
        return queryset.get(**lookup)
    except (ObjectDoesNotExist, ValidationError, ValueError) as error:
        raise Http404 from error


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Redirect to the form's `next` if it is on this site, else to `fallback` (a path)."""
    target = request.POST.get("next", "")
    safe = (
        url_has_allowed_host_and_scheme(target, allowed_hosts=None) and not urlsplit(target).netloc
    )
    return HttpResponseRedirect(target if safe else fallback)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render the page, or for htmx only the partial that `?_fragment=` names.

    Page and fragment share one template: `{% partialdef name %}` in it. A partial that it does
    not have gives the whole page: anybody can type a name there.
    """
    htmx = getattr(request, "htmx", None)
    partial = request.GET.get("_fragment", "") if htmx else ""
    names = [f"{template}#{partial}", template] if partial.isidentifier() else [template]
    return render(request, names, context, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: the posted data, even when it is empty, or None for a GET."""
    return request.POST if request.method == "POST" else None
