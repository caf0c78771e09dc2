"""Pasting names, correcting a parsed line, taking a name off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField, NamePartField
from foundation.web.forms import TokenForm, VersionedForm
from letters.enums import Capacity, Kind, Mode, Source
from letters.forms.choices import ENTERED_MODES, CountryField, ListFile, ModeField
from letters.models import BatchLine


class PasteForm(TokenForm):
    """A list of signatories, one a line, as a file or pasted."""

    mode = ModeField(
        ENTERED_MODES, label=gettext_lazy("Who may see these names?"), initial=Mode.OFFICE
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What do you bring?"),
        choices=Source.choices,
        initial=Source.LIST,
        required=False,
    )
    file = ListFile(
        label=gettext_lazy("The list as a file"),
        help_text=gettext_lazy("Text, CSV, or a workbook (.xlsx): its first sheet is read."),
    )
    text = CleanTextField(
        label=gettext_lazy("Or paste the list"),
        max_length=400_000,
        rows=12,
        required=False,
        help_text=gettext_lazy(
            "One signatory a line, in any form and language. You look at every line before it is "
            "added."
        ),
    )

    evidence = CleanTextField(
        label=gettext_lazy("How do you know that they sign?"),
        max_length=20_000,
        rows=4,
        required=False,
        help_text=gettext_lazy(
            "For example the forwarded mail. Kept encrypted with the batch, read by the "
            "coordinators only. The names are marked as entered by the coordinators."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Take the file's text, else the pasted one; one of them is needed."""
        data = super().clean() or self.cleaned_data
        data["source"] = data.get("file") or data.get("text") or ""
        if not data["source"] and "file" not in self.errors and "text" not in self.errors:
            self.add_error("text", ValidationError(_("Choose a file, or paste the names.")))
        file: Any = self.fields["file"]
        if data.get("file") and file.is_table:
            data["what"] = Source.TABLE
        data["what"] = data.get("what") or Source.LIST
        return data


SAID = ("other_script", "capacity", "affiliation_only")


class LineForm(VersionedForm):
    """The parts of one line."""

    kind = forms.ChoiceField(
        label=gettext_lazy("This line is"), choices=Kind.choices, widget=forms.RadioSelect
    )
    honorific = NamePartField(label=gettext_lazy("Form of address"), max_length=60, required=False)
    person = NamePartField(label=gettext_lazy("Person"), required=False)
    role = NamePartField(label=gettext_lazy("Title or role"), max_length=300, required=False)
    organization_name = NamePartField(
        label=gettext_lazy("Organization"), max_length=300, required=False
    )
    acronym = NamePartField(label=gettext_lazy("Acronym"), max_length=40, required=False)
    country = CountryField(label=gettext_lazy("Country"))
    second_country = CountryField(label=gettext_lazy("Second country"))
    place_as_stated = NamePartField(
        label=gettext_lazy("Place, in their own words"),
        required=False,
        help_text=gettext_lazy("A city, a region, or a name that is not in the list."),
    )
    other_script = NamePartField(label=gettext_lazy("The name in a second script"), required=False)
    capacity = forms.ChoiceField(
        label=gettext_lazy("Signs"),
        choices=[("", gettext_lazy("Without saying")), *Capacity.choices],
        required=False,
    )
    affiliation_only = forms.BooleanField(
        label=gettext_lazy("The affiliation is for identification only"), required=False
    )

    def __init__(self, *args: Any, line: BatchLine, **kwargs: Any) -> None:
        countries = [*line.countries, "", ""]
        initial = {
            name: getattr(line, name)
            for name in self.base_fields
            if hasattr(line, name) and name != "version"
        }
        initial |= {"country": countries[0], "second_country": countries[1]}
        super().__init__(*args, initial={**initial, "version": line.version}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """An organization has a name, an individual is a person."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Kind.ORGANIZATION and not data.get("organization_name"):
            self.add_error("organization_name", _("Write the organization's name."))
        if data.get("kind") == Kind.INDIVIDUAL and not data.get("person"):
            self.add_error("person", _("Write the person's name."))
        return data

    def parts(self) -> dict[str, Any]:
        """Return the parts for `correct_line`."""
        data = self.cleaned_data
        names = ("kind", "honorific", "person", "role", "organization_name", "acronym")
        codes = dict.fromkeys(code for code in (data["country"], data["second_country"]) if code)
        return {
            **{name: data[name] for name in (*names, "place_as_stated", *SAID)},
            "countries": list(codes),
        }


class ReasonForm(TokenForm):
    """Why a name is taken off; kept with its row."""

    reason = CleanCharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Kept on record, seen by the coordinators."),
    )


class OrderForm(TokenForm):
    """A number beside each name; the names are printed by their numbers."""

    def __init__(self, *args: Any, names: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"at_{name.pk}": name for name in names}
        for at, (key, name) in enumerate(self.names.items(), start=1):
            self.fields[key] = forms.DecimalField(
                label=name.display_line(), initial=at, min_value=0, max_value=100_000
            )

    def in_order(self) -> list[Any]:
        """Return the ids of the names by their numbers; equal ones stay as they stood."""
        keys = sorted(self.names, key=lambda key: self.cleaned_data[key])
        return [self.names[key].pk for key in keys]
