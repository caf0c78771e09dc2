"""Signing, and taking one's name back."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, NamePartField
from foundation.web.forms import TokenForm
from letters.enums import Capacity
from letters.forms.choices import ModeField
from letters.text.declarations import declaration_for
from organizations.rules import OWN, Hat

IS_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class HatField(forms.ChoiceField):
    """The name that one signs in. Any organization's id may be posted: the action asks for the
    mandate, and its answer is the only one that counts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)
        self.error_messages["invalid_choice"] = gettext_lazy("You cannot sign in this name.")

    def valid_value(self, value: str) -> bool:
        """Tell whether `value` is one's own name or reads like an id."""
        return value == OWN or IS_ID.fullmatch(value) is not None


class StyleFields(forms.Form):
    """How a name is printed, beyond what is registered. All of it may stay empty."""

    other_script = NamePartField(
        label=gettext_lazy("The name in a second script"),
        required=False,
        help_text=gettext_lazy("For example in Arabic beside English. Printed behind the name."),
    )
    organization_name = NamePartField(
        label=gettext_lazy("Your affiliation, if you want it printed"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where you sign in your own name."),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("You sign"),
        choices=[("", gettext_lazy("Without saying")), *Capacity.choices],
        required=False,
    )
    affiliation_only = forms.BooleanField(
        label=gettext_lazy("The affiliation is for identification only"), required=False
    )

    def style(self) -> dict[str, Any]:
        """Return how the name is printed, for `actions.sign`."""
        return {name: self.cleaned_data[name] for name in StyleFields.base_fields}


class SignForm(TokenForm, StyleFields):
    """Who may see it, in which name, how it is printed, and the declaration."""

    mode = ModeField(label=gettext_lazy("Who may see that you signed?"))
    hat = HatField(label=gettext_lazy("Sign as"))
    declared = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the declaration to sign.")}
    )

    def look_first(self) -> None:
        """Let the form pass without the declaration: the person only wants to see the name."""
        self.fields["declared"].required = False

    def offer(self, hats: list[Hat]) -> None:
        """Show the names that the person may sign in, with the declaration that fits them."""
        hat, declared = self.fields["hat"], self.fields["declared"]
        hat.choices = [(offered.key, offered.line) for offered in hats]
        if len(hats) == 1:
            hat.widget = forms.HiddenInput()
            hat.initial = hats[0].key
            declared.label = declaration_for(hats[0].organization)
        else:
            declared.label = _(
                "I have the mandate to sign this text for the organization, or sign in my own name."
            )
        self["declared"].label = declared.label  # a form that was validated keeps an earlier one

    def organization_id(self) -> uuid.UUID | None:
        """Return the organization that the person signs for, None for the own name."""
        chosen = self.cleaned_data["hat"]
        return None if chosen == OWN else uuid.UUID(chosen)


class WithdrawForm(TokenForm):
    """Why a signature is taken back; may stay empty."""

    reason = CleanCharField(
        label=gettext_lazy("Why? You need not say."), max_length=300, required=False
    )


class ModeForm(TokenForm):
    """Who may see one's name from now on."""

    mode = ModeField(label=gettext_lazy("Who may see that you signed?"))
