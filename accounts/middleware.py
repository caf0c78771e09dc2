"""What an account asks of every request: language, time zone, and a second factor for staff."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251
from django.urls import reverse
from django.utils import timezone, translation

Answer = Callable[[HttpRequest], HttpResponse]


class PersonalTimeZone:
    """Show times in the signed-in person's zone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "")
        if not zone:
            timezone.deactivate()
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)


class PersonalLanguage:
    """Speak the signed-in person's language; what the browser asks for is for strangers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if language := getattr(request.user, "language", ""):
            translation.activate(
                language
            )  # LocaleMiddleware, further out, reads it on the way back
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
        return self.get_response(request)


class StaffNeedSecondFactor:
    """Send staff without a second factor to the page where they set one up, and nowhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.must_set_up(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def must_set_up(self, request: HttpRequest) -> bool:
        """Tell whether this request must wait until a second factor stands."""
        if not settings.STAFF_NEED_SECOND_FACTOR or not request.user.is_authenticated:
            return False
        if request.path_info.startswith(("/accounts/", "/static/", "/health/")):
            return False
        return request.user.has_role() and not is_mfa_enabled(request.user)
