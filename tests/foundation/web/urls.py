"""A small tree of addresses for the tests of the web foundation."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts.enums import StaffRole
from accounts.models import User
from foundation.web.policies import declared_include, policy, public, signed_in, staff


@public("a test")
def hello(request: HttpRequest) -> HttpResponse:
    """Answer with what the query says."""
    return HttpResponse(f"hello {request.GET.get('q', '')}")


@policy(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """Answer people who are signed in."""
    return HttpResponse("mine")


@policy(staff(StaffRole.AUDITOR, StaffRole.APPROVER) & signed_in)
def desk(request: HttpRequest) -> HttpResponse:
    """Answer auditors and approvers."""
    return HttpResponse("desk")


@public("a test of writing")
def write(request: HttpRequest) -> HttpResponse:
    """Write, whatever the method."""
    User.objects.create_user("written@portal.example")
    return HttpResponse("written")


@public("a test of what may be written")
def session(request: HttpRequest) -> HttpResponse:
    """Write to the session and save it at once."""
    request.session["seen"] = True
    request.session.save()
    return HttpResponse("kept")


urlpatterns = [
    path("", hello, name="home"),
    path("mine/", mine),
    path("desk/", desk),
    path("write/", write),
    path("session/", session),
    path("people/", include("accounts.urls")),
    path("accounts/", declared_include(public("sign-in"), "allauth.urls")),
    path("admin/", declared_include(policy(staff(StaffRole.ADMINISTRATOR)), admin.site.urls)),
]
