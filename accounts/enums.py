"""Named sets of this room; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """Roles of the Office's staff and of those who run the portal. One person may have several."""

    ENGAGEMENT_OFFICER = "engagement_officer", _("Engagement officer")
    APPROVER = "approver", _("Approver")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


OFFICE = frozenset({StaffRole.ENGAGEMENT_OFFICER, StaffRole.APPROVER})
