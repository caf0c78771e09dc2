"""Signing, and taking one's name back."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, LevelField
from foundation.web.forms import TokenForm
from letters.forms.choices import NAME_LEVELS
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


class SignForm(TokenForm):
    """Who may see it, in which name, and the declaration."""

    level = LevelField(NAME_LEVELS, label=gettext_lazy("Who may see that you signed?"))
    hat = HatField(label=gettext_lazy("Sign as"))
    declared = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the declaration to sign.")}
    )

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

    def organization_id(self) -> uuid.UUID | None:
        """Return the organization that the person signs for, None for the own name."""
        chosen = self.cleaned_data["hat"]
        return None if chosen == OWN else uuid.UUID(chosen)


class WithdrawForm(TokenForm):
    """Why a signature is taken back; may stay empty."""

    reason = CleanCharField(
        label=gettext_lazy("Why? You need not say."), max_length=300, required=False
    )
