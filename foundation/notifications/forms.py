"""What comes from people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.notifications.enums import DismissReason


class DismissForm(forms.Form):
    """Why a piece of work is given up."""

    reason = forms.TypedChoiceField(
        label=_("Reason"), choices=DismissReason.choices, coerce=DismissReason
    )
