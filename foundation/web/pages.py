"""Pages that every room has: one form, accepted once, nothing typed is lost; one step, asked
before it is taken; the views of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from foundation.web.forms import EditConflict, TokenForm, VersionedForm, once, once_in_secret
from foundation.web.shortcuts import page, posted
from foundation.workflow import Refused, Transition

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def form_page(
    request: HttpRequest,
    form: TokenForm,
    do: Callable[[], str],
    template: str,
    context: dict[str, Any],
    *,
    secretly_to: str = "",
) -> HttpResponse:
    """Show a form; when it is posted and right, run `do` once and go to the path it gives; or to
    `secretly_to`, where no receipt may say who posted it and about what.

    A refusal (`Refused`) or another person's edit (`EditConflict`) is said above the form, and every
    word stays in it. `context["edited"]` is the row that a VersionedForm edits: after a conflict the
    page gets it anew as `stands`. The status is 422 where something is wrong.
    """
    if request.method == "POST" and form.is_valid():
        try:
            if secretly_to:
                return HttpResponseRedirect(once_in_secret(form, request.user, do, secretly_to))
            return HttpResponseRedirect(once(form, request.user, do))
        except EditConflict:
            context = {**context, **_conflict(form, context.get("edited"))}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, {**context, "form": form}, status=status)


def step_page(
    request: HttpRequest,
    step: Transition,
    do: Callable[[], str],
    template: str,
    about: dict[str, Any],
) -> HttpResponse:
    """Ask before a step of the transition table; when it is posted, run `do` once and go on.

    What is refused is said on the same page, with the status 409. `about` is what the page names.
    """
    form = TokenForm(posted(request))
    context = {**about, "step": step, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form, request.user, do))
        except Refused as refusal:
            return page(request, template, {**context, "refusal": str(refusal)}, status=409)
    return page(request, template, context)


def _conflict(form: TokenForm, row: Any) -> dict[str, Any]:
    """Say that somebody was faster; let the form be saved again over what stands now."""
    if isinstance(form, VersionedForm):
        form.add_conflict(row)
    if row is None:
        return {}
    row.refresh_from_db()
    return {"stands": row}


def views_of(
    address: str, labels: Mapping[str, Any], counts: Mapping[str, int], here: str
) -> list[dict[str, Any]]:
    """Return the views of a list as components/views.html wants them: `?view=` and its name.

    `counts` says how many rows a view holds; one that is not counted shows no number.
    """
    return [
        {
            "url": f"{address}?view={name}",
            "label": label,
            "count": counts.get(name),
            "current": name == here,
        }
        for name, label in labels.items()
    ]
