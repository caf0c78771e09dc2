"""The app of the leases: an abstract model, no table of its own, the command `relay`."""

from __future__ import annotations

from django.apps import AppConfig


class LeasesConfig(AppConfig):
    """Brings the command `manage.py relay`."""

    name = "foundation.leases"
    label = "leases"
