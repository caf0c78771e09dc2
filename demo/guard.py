"""Who may press the demo's buttons: only somebody at this machine, only under the demo's settings."""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from foundation.web.policies import View

FORWARDING = ("FORWARDED", "X_REAL_IP", "VIA", "CF_CONNECTING_IP", "TRUE_CLIENT_IP")


def was_forwarded(request: HttpRequest) -> bool:
    """Tell whether a proxy passed the request on: then it may come from anywhere."""
    return any(
        name.startswith("HTTP_X_FORWARDED") or name.removeprefix("HTTP_") in FORWARDING
        for name in request.META
        if name.startswith("HTTP_")
    )


def only_here(view: View) -> View:
    """Answer 404 unless the settings are the demo's, and 403 to whatever a proxy passed on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not getattr(settings, "DEMO", False):
            raise Http404
        if was_forwarded(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
