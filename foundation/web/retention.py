"""What the web foundation keeps of people, how long and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from foundation.web.models import FormReceipt, Try

register(
    "web",
    Row(
        FormReceipt,
        ("user_id", "answer"),
        _("seven days"),
        _("the row is deleted"),
        _("a form that is sent twice acts once"),
    ),
    Row(
        Try,
        ("key",),
        _("a day"),
        _("the row is deleted"),
        _("a keyed hash of a network address, never the address: a rush from one place is stopped"),
    ),
)
