"""Asking to see a name that is not counted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import TokenForm


class UnsealForm(TokenForm):
    """Which name, and why."""

    code = CleanCharField(
        label=_("Code of the name"),
        max_length=8,
        help_text=_(
            "Eight letters and digits. Its owner can tell you, or an auditor who reads the log."
        ),
    )
    reason = CleanTextField(
        label=_("Why must it be seen?"),
        max_length=2000,
        help_text=_(
            "The person who decides reads it, and the person whose name it is. It is kept encrypted."
        ),
    )
