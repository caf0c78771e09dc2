"""Addresses of documents, and of the page on which anyone checks one."""

from __future__ import annotations

from django.urls import path

from foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:pk>/", views.progress, name="progress"),
    path("documents/<uuid:pk>/file", views.download, name="download"),
    path("documents/<uuid:pk>/again", views.retry, name="retry"),
    path("verify/", views.verify, name="verify"),
    path("verify/certificates/<str:fingerprint>.pem", views.certificate, name="certificate"),
]
