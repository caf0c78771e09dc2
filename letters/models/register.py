"""Where both sides agree, a letter stands in the public register."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from foundation.confidentiality import Level


def _person() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class OnTheRegister(models.Model):
    """The two consents, each with who gave it and when; empty where it was not given, or was taken
    back (the audit log knows)."""

    network_lists_at = models.DateTimeField(null=True, blank=True)
    network_lists_by = _person()
    office_lists_at = models.DateTimeField(null=True, blank=True)
    office_lists_by = _person()

    class Meta:
        abstract = True

    @property
    def may_be_listed(self) -> bool:
        """Tell whether the register is open to it: a letter for the Office only never stands there."""
        return bool(self.level == Level.PUBLIC)  # type: ignore[attr-defined]

    @property
    def is_listed(self) -> bool:
        """Tell whether both sides have agreed (the queryset `listed` asks the rest)."""
        return self.network_lists_at is not None and self.office_lists_at is not None
