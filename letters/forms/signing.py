"""Signing, and taking one's name back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField
from foundation.web.forms import TokenForm
from letters.forms.choices import NAME_LEVELS, LevelField
from letters.rules import Hat
from letters.text.declarations import declaration_for


class SignForm(TokenForm):
    """Who may see it, in which name, and the declaration. `hats` are the names one may sign in."""

    level = LevelField(NAME_LEVELS, label=gettext_lazy("Who may see that you signed?"))
    hat = forms.ChoiceField(label=gettext_lazy("Sign as"), widget=forms.RadioSelect)
    declared = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the declaration to sign.")}
    )

    def __init__(self, *args: Any, hats: list[Hat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hats = {hat.key: hat for hat in hats}
        self.fields["hat"].choices = [(hat.key, hat.line) for hat in hats]
        self.fields["hat"].error_messages["invalid_choice"] = _("You cannot sign in this name.")
        if len(hats) == 1:
            self.fields["hat"].widget = forms.HiddenInput()
            self.fields["hat"].initial = hats[0].key
            self.fields["declared"].label = declaration_for(hats[0].organization)
        else:
            self.fields["declared"].label = _(
                "I have the mandate to sign this text for the organization, or sign in my own name."
            )

    def chosen(self) -> Hat:
        """Return the name that the person signs in."""
        return self.hats[self.cleaned_data["hat"]]


class WithdrawForm(TokenForm):
    """Why a signature is taken back; may stay empty."""

    reason = CleanCharField(
        label=gettext_lazy("Why? You need not say."), max_length=300, required=False
    )
