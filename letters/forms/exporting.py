"""How a letter is laid out in print."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.web.forms import VersionedForm
from letters.enums import Layout
from letters.models import Letter


class LayoutForm(VersionedForm):
    """Where the names stand, and whether the network's name stands above the letter."""

    layout = forms.ChoiceField(
        label=gettext_lazy("The names stand"), choices=Layout.choices, widget=forms.RadioSelect
    )
    letterhead = forms.BooleanField(
        label=gettext_lazy("The name of the network above the letter"), required=False
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        initial = {"layout": letter.layout, "letterhead": letter.letterhead}
        super().__init__(*args, initial={**initial, "version": letter.version}, **kwargs)
