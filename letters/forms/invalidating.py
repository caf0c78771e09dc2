"""Choosing a wave of names, and saying why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField
from foundation.web.forms import TokenForm
from letters.actions.invalidating import Conditions
from letters.enums import Method

LOCAL = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        input_formats=[LOCAL, f"{LOCAL}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )


class WaveForm(TokenForm):
    """The conditions; all that are filled in must hold. `shown` is the number seen before."""

    since = _moment(gettext_lazy("Signed from"))
    until = _moment(gettext_lazy("Until before"))
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("How they came"),
        choices=Method.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    batch: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("From one list that was pasted"), required=False
    )
    domain = CleanCharField(
        label=gettext_lazy("From one mail domain"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of those who signed by mail, for example mail.example."),
    )
    hidden = forms.BooleanField(
        label=gettext_lazy("Also names that are not public, by the day: their hour is not kept"),
        required=False,
    )
    reason = CleanCharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Kept on record, seen by the coordinators."),
    )
    shown = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, batches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One condition at least; moments by the clock that the person sees everywhere."""
        data = super().clean() or self.cleaned_data
        given = [data.get(name) for name in ("since", "until", "methods", "batch", "domain")]
        if not any(given) and not self.errors:
            raise ValidationError(_("Say which names: fill in one condition at least."))
        since, until = data.get("since"), data.get("until")
        if since and until and since >= until:
            self.add_error("until", _("This lies before the beginning."))
        return data

    def conditions(self) -> Conditions:
        """Return the conditions as the action takes them."""
        data = self.cleaned_data
        return Conditions(
            since=data["since"],
            until=data["until"],
            methods=tuple(data["methods"]),
            batch=data["batch"].pk if data["batch"] else None,
            domain=data["domain"],
            hidden=data["hidden"],
        )

    @property
    def clock(self) -> str:
        """Return the name of the clock by which moments are read."""
        return timezone.get_current_timezone_name()
