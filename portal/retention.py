"""What the roof keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from portal.models import PublicFigures

register(
    "portal",
    Row(
        PublicFigures,
        ("numbers",),
        _("for good"),
        _("nothing: nobody can be found in them"),
        _("What the public could read on a day can be looked up later."),
    ),
)
