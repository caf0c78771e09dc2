"""The portal's addresses and, beside them, those of the demo."""

from __future__ import annotations

from django.urls import include, path

from demo import views
from portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

demo = [
    path("", views.home, name="home"),
    path("sign-in/<slug:box>/", views.sign_in, name="sign_in"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/files/<int:pk>/", views.mail_file, name="mail_file"),
]

urlpatterns = [
    path("demo/", include((demo, "demo"))),
    path("components/", views.components, name="components"),
    path("", include("portal.urls")),
]
