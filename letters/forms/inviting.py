"""Whom to invite, and why somebody declines."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import TokenForm

MOST_ADDRESSES = 50
KEY = re.compile(r"(organization|expert):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class InvitedField(forms.MultipleChoiceField):
    """Organizations and experts by key. Any may be posted: the action takes only whom the person
    may see and who is vetted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Tell whether `value` reads like a key."""
        return KEY.fullmatch(value) is not None


class InviteForm(TokenForm):
    """Some of those who are offered, or with the button `everyone` all members of the network."""

    whom = InvitedField(label=gettext_lazy("Whom to invite"))
    everyone = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def offer(self, found: list[Any]) -> None:
        """Show these organizations and experts to choose from."""
        field: Any = self.fields["whom"]
        field.choices = [(f"{one.column}:{one.pk}", one.printed_name()) for one in found]

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen, or everyone."""
        data = super().clean() or self.cleaned_data
        if not data.get("whom") and not data.get("everyone"):
            self.add_error("whom", _("Choose at least one."))
        return data

    def chosen(self, column: str) -> list[uuid.UUID]:
        """Return the ids that were chosen: of "organization" or of "expert"."""
        keys = (value.partition(":") for value in self.cleaned_data["whom"])
        return [uuid.UUID(pk) for kind, _colon, pk in keys if kind == column]


class DeclineForm(TokenForm):
    """Why one does not sign; may stay empty."""

    reason = CleanCharField(
        label=gettext_lazy("Why? You need not say."),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Seen by the coordinators of the letter, and by nobody else."),
    )


class AddressesForm(TokenForm):
    """Mail addresses to invite, one a line."""

    addresses = CleanTextField(
        label=gettext_lazy("E-mail addresses, one a line"),
        max_length=20_000,
        rows=8,
        help_text=gettext_lazy(
            "Fifty at most. Each gets one mail with the address of the letter, which names no letter "
            "and no organization, and reminders unless it says no. Invite only people you know."
        ),
    )

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once; ValidationError with the lines that are none."""
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        wrong = [line for line in lines if not _is_address(line)]
        if wrong:
            raise ValidationError(
                _("Not an address: %(lines)s") % {"lines": ", ".join(wrong[:5])[:300]}
            )
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(_("These are too many addresses."))
        return lines


def _is_address(line: str) -> bool:
    try:
        validate_email(line)
    except ValidationError:
        return False
    return True
