"""What every page knows: the name of the place, the way round it, whom to call in danger."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.navigation import navigation


def place(request: HttpRequest) -> dict[str, Any]:
    """Return the context of base.html."""
    return {
        "site_name": settings.SITE_NAME,
        "office_name": settings.OFFICE_NAME,
        "reprisals_contact": settings.REPRISALS_CONTACT,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "navigation": navigation(request),
    }
