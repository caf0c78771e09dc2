"""The pages of this package."""

from __future__ import annotations

from django.urls import path

from foundation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("<uuid:pk>/open/", views.open_notice, name="open"),
    path("outbox/", views.list_parked, name="parked"),
    path("outbox/<slug:lane>/<uuid:pk>/retry/", views.retry, name="retry"),
    path("outbox/<slug:lane>/<uuid:pk>/dismiss/", views.dismiss, name="dismiss"),
]
