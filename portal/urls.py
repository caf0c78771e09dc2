"""The addresses of the portal. Every view has a policy; `manage.py check` walks this tree."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from accounts.enums import StaffRole
from foundation.web.policies import declared_include, policy, public, staff
from portal import views

# The admin edits the lists of our own rooms. allauth and Django put addresses, second factors and
# groups there too: whoever could edit them could take over accounts, past roles and their log.
LISTS = frozenset({"organizations", "recommendations"})
for _model in [*admin.site._registry]:
    if _model._meta.app_label not in LISTS:
        admin.site.unregister(_model)

SIGN_IN = "sign-in pages are for strangers; allauth guards each of its own pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("public/", views.front, name="front"),
    path("help/", views.help_page, name="help"),
    path("safety/", views.safety, name="safety"),
    path("reprisals/", views.reprisals, name="reprisals"),
    path("language/", views.set_language, name="set_language"),
    path("health/", views.alive, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("people/", include("accounts.urls")),
    path("organizations/", include("organizations.urls")),
    path("recommendations/", include("recommendations.urls")),
    path("meetings/", include("meetings.urls")),
    path("", include("foundation.documents.urls")),  # documents/ and verify/
    path("", include("letters.urls")),  # letters/ and verify/<secret>/
    path("notices/", include("foundation.notifications.urls")),
    path("audit/", include("foundation.audit.urls")),
    path("accounts/", declared_include(public(SIGN_IN), "allauth.urls")),
    path(
        "admin/",
        declared_include(policy(staff(StaffRole.ADMINISTRATOR)), admin.site.urls),
    ),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
