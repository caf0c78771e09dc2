"""The pages above all rooms: home, help, health, and what is said when something goes wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from accounts.actions import choose_language
from foundation.web.policies import public
from portal.first_steps import first_steps
from portal.front import front_page
from portal.home import waiting_for


@public("the front door")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the signed-in person, or what this place is."""
    if not request.user.is_authenticated:
        return front_page(request)
    context = {"groups": waiting_for(request.user), "steps": first_steps(request.user)}
    return render(request, "portal/home.html", context)


@public("what everyone may read, the same for everybody")
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show those who are signed in what the public sees."""
    return front_page(request)


@public("help is for everyone")
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say how things work here."""
    return render(request, "portal/help.html")


@public("who is in danger must know this before signing in")
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Say what is seen, kept and logged, and what we cannot protect against."""
    return render(request, "portal/safety.html")


@public("the reprisals contact is for everyone")
@require_safe
def reprisals(request: HttpRequest) -> HttpResponse:
    """Say whom to call in danger."""
    return render(request, "portal/reprisals.html")


@public("everyone reads in their own language")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Set the language cookie, keep the choice of who is signed in, and go back."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        choose_language(user=request.user, language=language)
    return django_set_language(request)


@public("asked by machines: is the process alive?")
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer without touching the database."""
    return JsonResponse({"alive": True})


@public("asked by machines: can it serve?")
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503. Redis is not asked: pages work without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"ready": False, "database": False}, status=503)
    return JsonResponse({"ready": True, "database": True})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, in words."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, in words."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same for what is missing and for what may not be seen."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without the database, without the context of the place."""
    from django.template import loader

    return HttpResponse(loader.render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form that came too late or from elsewhere; says what was not lost."""
    target = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=set(settings.ALLOWED_HOSTS))
    return render(request, "403_csrf.html", {"back": target if safe else "/"}, status=403)
