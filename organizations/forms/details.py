"""What an organization or an expert says of itself, in two short steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField, NamePartField
from foundation.web.forms import VersionedForm
from organizations.actions.registrations import LIVING
from organizations.enums import EcosocStatus, OfficialLanguage, Scope
from organizations.enums import RegistrationState as S
from organizations.forms.fields import CleanURLField, country_field
from organizations.models import Network, OrganizationKind, Pillar, Registration
from organizations.naming import CountryListField

LANGUAGES = (("", gettext_lazy("Not said, or another one")), *OfficialLanguage.choices)
MORE_NAMES = (1, 2, 3)


class DetailsForm(VersionedForm):
    """Edits some fields of an entry; of a vetted one only those that live."""

    def __init__(self, *args: Any, entry: Registration, **kwargs: Any) -> None:
        self.entry = entry
        initial = {**self.initial_of(entry), "version": entry.version, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in self.fields.items():
            if entry.state == S.VETTED and name not in LIVING | {"token", "version"}:
                field.disabled = True
                field.required = False

    def initial_of(self, entry: Registration) -> dict[str, Any]:
        """Return what the entry says now, by field of this form."""
        return {
            name: getattr(entry, name)
            for name in self.base_fields
            if hasattr(entry, name) and name not in ("kinds", "pillars", "token")
        }

    def values(self) -> dict[str, Any]:
        """Return what to write into the entry, by its field."""
        own = {field.name for field in (*self.entry._meta.fields, *self.entry._meta.many_to_many)}
        return {
            name: value for name, value in self.cleaned_data.items() if name in own - {"version"}
        }


class NamesForm(DetailsForm):
    """The name in the language it is best known in, and up to three others."""

    name = NamePartField(
        label=gettext_lazy("Name"),
        max_length=250,
        help_text=gettext_lazy("As it is printed in letters, in its own script. Never translated."),
    )
    name_language = forms.ChoiceField(
        label=gettext_lazy("Language of this name"), choices=LANGUAGES, required=False
    )

    def first_fields(self) -> list[Any]:
        """Return what is always shown."""
        return [field for field in self.visible_fields() if not field.name.startswith("other_")]

    def more_fields(self) -> list[Any]:
        """Return the names in other languages, shown when asked for."""
        return [field for field in self.visible_fields() if field.name.startswith("other_")]

    def initial_of(self, entry: Registration) -> dict[str, Any]:
        """Return the fields, with the other names one by one."""
        found = super().initial_of(entry)
        for number, other in zip(MORE_NAMES, entry.other_names, strict=False):
            found[f"other_name_{number}"] = other["name"]
            found[f"other_language_{number}"] = other["language"]
        return found

    def values(self) -> dict[str, Any]:
        """Return the fields, the other names as one list."""
        found = super().values()
        found["other_names"] = [
            {
                "name": self.cleaned_data[f"other_name_{number}"],
                "language": self.cleaned_data[f"other_language_{number}"],
            }
            for number in MORE_NAMES
            if self.cleaned_data.get(f"other_name_{number}")
        ]
        return found


for _number in MORE_NAMES:
    NamesForm.base_fields[f"other_name_{_number}"] = NamePartField(
        label=gettext_lazy("The name in another language or script"), max_length=250, required=False
    )
    NamesForm.base_fields[f"other_language_{_number}"] = forms.ChoiceField(
        label=gettext_lazy("Language of it"), choices=LANGUAGES, required=False
    )


def about_field(label: Any, help_text: Any) -> CleanTextField:
    """Return the field in which the work is described."""
    return CleanTextField(label=label, help_text=help_text, max_length=2000, rows=5)


class OrganizationNamesForm(NamesForm):
    """Who the organization is, and who said that you may act for it."""

    acronym = NamePartField(label=gettext_lazy("Acronym"), max_length=40, required=False)
    kinds = forms.ModelMultipleChoiceField(
        label=gettext_lazy("What kind of organization is it?"),
        help_text=gettext_lazy("Several may apply."),
        queryset=OrganizationKind.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    about = about_field(
        gettext_lazy("What you do"), gettext_lazy("A few lines, in any language. Officers read it.")
    )
    website = CleanURLField(label=gettext_lazy("Web site"), required=False)
    mandate_by = CleanCharField(
        label=gettext_lazy("Who gave you the mandate to act for it?"),
        help_text=gettext_lazy("For example: the board, the general assembly, its founders."),
        max_length=200,
    )
    mandate_on = forms.DateField(
        label=gettext_lazy("When?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ["name", "name_language", "acronym", "kinds", "about", "mandate_by", "mandate_on"]

    def __init__(self, *args: Any, membership: Any = None, **kwargs: Any) -> None:
        self.membership = membership
        super().__init__(*args, **kwargs)
        self.fields["kinds"].queryset = OrganizationKind.objects.filter(retired=False)
        self.initial["kinds"] = list(self.entry.kinds.values_list("pk", flat=True))
        if membership is None or not membership.is_representative:
            del self.fields["mandate_by"], self.fields["mandate_on"]
        else:
            self.initial |= {
                "mandate_by": membership.mandate_by,
                "mandate_on": membership.mandate_on,
            }

    def clean_mandate_on(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["mandate_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def mandate(self) -> dict[str, Any] | None:
        """Return who gave the mandate and when, where it was asked and said."""
        if self.entry.state == S.VETTED or not self.cleaned_data.get("mandate_on"):
            return None
        return {
            "given_by": self.cleaned_data["mandate_by"],
            "given_on": self.cleaned_data["mandate_on"],
        }


class ExpertNamesForm(NamesForm):
    """Who the expert is."""

    title = NamePartField(
        label=gettext_lazy("Title or work"),
        help_text=gettext_lazy("Printed after your name. You speak for yourself, not for a body."),
        max_length=160,
        required=False,
    )
    about = about_field(
        gettext_lazy("What you know and do"), gettext_lazy("A few lines, in any language.")
    )
    website = CleanURLField(label=gettext_lazy("Web page"), required=False)
    field_order = ["name", "name_language", "title", "about"]


class WorkForm(DetailsForm):
    """Where and in which languages."""

    place_as_stated = NamePartField(
        label=gettext_lazy("Place in your own words"),
        help_text=gettext_lazy("If none of the UN's countries says it. Kept as you write it."),
        max_length=120,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you work in"),
        choices=OfficialLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pillars = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Pillars of the Strategy that your work touches"),
        help_text=gettext_lazy("Of the Global Counter-Terrorism Strategy. Several may apply."),
        queryset=Pillar.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pillars"].queryset = Pillar.objects.filter(retired=False)
        self.fields["pillars"].label_from_instance = lambda one: f"{one.numeral}. {one}"
        self.initial["pillars"] = list(self.entry.pillars.values_list("pk", flat=True))


class OrganizationWorkForm(WorkForm):
    """Where the organization is, works and belongs."""

    country_of_registration = country_field(
        gettext_lazy("Country of registration"), gettext_lazy("Not registered with a State")
    )
    without_papers = forms.BooleanField(
        label=gettext_lazy("We cannot show papers of registration"),
        help_text=gettext_lazy("Two vetted organizations can vouch for you instead."),
        required=False,
    )
    countries_of_work = CountryListField(
        label=gettext_lazy("Countries where you work"),
        help_text=gettext_lazy("Their names, with commas between them: Kenya, Mali."),
        required=False,
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("How far your work reaches"),
        choices=[("", gettext_lazy("Not said")), *Scope.choices],
        required=False,
    )
    networks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Networks you belong to"),
        help_text=gettext_lazy("Their coordinators will see your name, and say whether it is so."),
        queryset=Network.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ecosoc_status = forms.ChoiceField(
        label=gettext_lazy("Consultative status with ECOSOC"),
        help_text=gettext_lazy("Recorded, never required."),
        choices=EcosocStatus.choices,
        required=False,
    )
    field_order = [
        "country_of_registration",
        "without_papers",
        "countries_of_work",
        "place_as_stated",
        "scope",
        "languages",
        "pillars",
        "networks",
        "ecosoc_status",
    ]

    def __init__(self, *args: Any, networks: Any, chosen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["networks"].queryset = networks
        self.fields["networks"].label_from_instance = lambda network: network.printed_name()
        self.initial["networks"] = list(chosen)
        if not networks.exists():
            del self.fields["networks"]

    def clean_ecosoc_status(self) -> str:
        """Nothing chosen is none."""
        return self.cleaned_data["ecosoc_status"] or EcosocStatus.NONE


class ExpertWorkForm(WorkForm):
    """Where the expert lives and works."""

    country_of_residence = country_field(gettext_lazy("Country"), gettext_lazy("Not said"))
    field_order = ["country_of_residence", "place_as_stated", "languages", "pillars"]
