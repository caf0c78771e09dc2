"""Signing without an account: what one types, and what comes from the mailbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, NamePartField
from foundation.web.forms import TokenForm
from foundation.web.guarding import GuardedForm
from letters.enums import Capacity, Kind
from letters.forms.choices import CountryField, ModeField

PARTS = (
    "kind",
    "person",
    "role",
    "organization_name",
    "other_script",
    "place_as_stated",
    "capacity",
    "affiliation_only",
)


class OutsideForm(GuardedForm):
    """The parts of the line, who may see it, and the address that confirms it."""

    mode = ModeField(label=gettext_lazy("Who may see that you signed?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Who signs?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    person = NamePartField(label=gettext_lazy("Your name"), required=False)
    role = NamePartField(label=gettext_lazy("Your title or role"), max_length=300, required=False)
    organization_name = NamePartField(
        label=gettext_lazy("Organization"), max_length=300, required=False
    )
    other_script = NamePartField(
        label=gettext_lazy("The name in a second script"),
        required=False,
        help_text=gettext_lazy("For example in Arabic beside English. Printed behind the name."),
    )
    country = CountryField(label=gettext_lazy("Country"))
    place_as_stated = NamePartField(
        label=gettext_lazy("Place, in your own words"),
        required=False,
        help_text=gettext_lazy("A city, a region, or a name that is not in the list."),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("You sign"),
        choices=[("", gettext_lazy("Without saying")), *Capacity.choices],
        required=False,
    )
    affiliation_only = forms.BooleanField(
        label=gettext_lazy("The organization is named for identification only"), required=False
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "Nothing is signed before you open the link that we send there. The address is kept "
            "encrypted, is shown to nobody, and goes six months after the delivery."
        ),
    )
    wants_news = forms.BooleanField(
        label=gettext_lazy("Tell me what becomes of the letter"), required=False
    )

    def look_first(self) -> None:
        """Let the form pass without an address: the person only wants to see the name."""
        self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        """An organization has a name, an individual is a person."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Kind.ORGANIZATION and not data.get("organization_name"):
            self.add_error("organization_name", _("Write the organization's name."))
        if data.get("kind") == Kind.INDIVIDUAL and not data.get("person"):
            self.add_error("person", _("Write your name."))
        return data

    def parts(self) -> dict[str, Any]:
        """Return the parts of the line."""
        data = self.cleaned_data
        parts = {name: data[name] for name in PARTS}
        if data["kind"] == Kind.ORGANIZATION:
            parts |= {"capacity": "", "affiliation_only": False}
        return parts | {"countries": [data["country"]] if data["country"] else []}


class CodeForm(TokenForm):
    """The code of the mail, for those whose mailbox eats links."""

    code = CleanCharField(
        label=gettext_lazy("The code from the mail"),
        max_length=20,
        help_text=gettext_lazy("Eight digits. It can be tried five times."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr",
        }  # fmt: skip


class SignByLinkForm(TokenForm):
    """That one signs the text which was shown: `text` is its id."""

    text = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    declared = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick the declaration to sign.")}
    )
