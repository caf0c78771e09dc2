"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/end/", views.end_sessions, name="end_other_sessions"),
    path("sessions/<slug:handle>/end/", views.end_sessions, name="end_session"),
    path("staff/", views.staff_list, name="staff"),
    path("staff/give/", views.give_role, name="give_role"),
    path("staff/<uuid:pk>/<slug:role>/take/", views.take_role, name="take_role"),
]
