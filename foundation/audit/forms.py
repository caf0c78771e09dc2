"""The filters of the log's list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.audit.presenting import actions, names_of
from foundation.audit.recording import WORD
from foundation.web.fields import CleanCharField

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def one_word(value: str) -> None:
    """Raise ValidationError for what is neither an id nor a code: nothing in the log is."""
    if not WORD.fullmatch(value):
        raise ValidationError(_("Give an id or a code, without spaces."))


class FilterForm(forms.Form):
    """Which events to show; every field may stay empty."""

    action = forms.ChoiceField(label=_("Action"), required=False)
    object_type = CleanCharField(
        label=_("Kind of object"), required=False, max_length=80, validators=[one_word]
    )
    object_id = CleanCharField(
        label=_("Id of the object"), required=False, max_length=64, validators=[one_word]
    )
    actor = CleanCharField(
        label=_("Actor: id, or e-mail address of staff"), required=False, max_length=254
    )
    since = forms.DateField(label=_("From"), required=False, widget=DATE)
    until = forms.DateField(label=_("Until"), required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("any"))] + [(name, name) for name in actions()]  # type: ignore[attr-defined]

    def clean_actor(self) -> str:
        """Return the actor's id; an address is looked up, for the log knows ids only.

        Only for those whom the log names: who is not staff is a number to auditors, and an address
        must not undo that (nor tell whether it has an account).
        """
        value: str = self.cleaned_data["actor"]
        if "@" in value:
            user = get_user_model()._default_manager.filter(email__iexact=value).first()
            if user is None or not names_of([str(user.pk)]):
                raise ValidationError(gettext("Nobody of the staff has this address."))
            return str(user.pk)
        one_word(value)
        return value

    def clean(self) -> dict[str, Any]:
        """Refuse years that no calendar arithmetic survives."""
        for name in ("since", "until"):
            day = self.cleaned_data.get(name)
            if day and not 1990 <= day.year <= 2990:
                self.add_error(name, gettext("Give a year between 1990 and 2990."))
        return self.cleaned_data

    def asked(self) -> dict[str, Any]:
        """Return the filters that were set (after is_valid)."""
        return {name: value for name, value in self.cleaned_data.items() if value}
