"""Addresses of which two say nothing about who may call them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from foundation.web.policies import public


@public("a test")
def declared(request: HttpRequest) -> HttpResponse:
    """Say who may call it."""
    return HttpResponse()


def silent(request: HttpRequest) -> HttpResponse:
    """Say nothing."""
    return HttpResponse()


urlpatterns = [
    path("declared/", declared),
    path("silent/", silent),
    path("deep/", include([path("er/", include([path("silent/", silent)]))])),
]
