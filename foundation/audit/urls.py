"""Addresses of the log."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from foundation.audit import views


class BigIdConverter(IntConverter):
    """An id that a bigint can hold; longer numbers are no address at all."""

    regex = "[0-9]{1,18}"


register_converter(BigIdConverter, "big_id")

app_name = "audit"
urlpatterns = [
    path("", views.list_events, name="list"),
    path("<big_id:pk>/", views.show_event, name="event"),
]
