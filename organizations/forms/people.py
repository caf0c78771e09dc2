"""Members, coordinators, networks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanCharField, CleanTextField, NamePartField
from foundation.web.forms import TokenForm, VersionedForm
from organizations.enums import MemberRole
from organizations.forms.fields import CleanEmailField

ROLE_CHOICES = (
    (
        MemberRole.CONTRIBUTOR.value,
        gettext_lazy(
            "Contributor\nWrites drafts and reads what the organization may read. Never signs."
        ),
    ),
    (
        MemberRole.REPRESENTATIVE.value,
        gettext_lazy("Representative\nActs for the organization: signs, invites, edits."),
    ),
)


def role_field() -> forms.ChoiceField:
    """Return the choice of a member's role."""
    return forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=ROLE_CHOICES,
        initial=MemberRole.CONTRIBUTOR.value,
        widget=forms.RadioSelect,
    )


class InviteForm(TokenForm):
    """Whom to invite, and as what."""

    email = CleanEmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The mail says nothing about you. Only this address can accept."),
    )
    role = role_field()


class RoleForm(TokenForm):
    """Another role for a member."""

    role = role_field()


class MandateForm(TokenForm):
    """Who gave a representative the mandate, and when."""

    given_by = CleanCharField(label=gettext_lazy("Mandate given by"), max_length=200)
    given_on = forms.DateField(
        label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class NetworkForm(VersionedForm):
    """A network, as an officer makes or edits it."""

    name = NamePartField(label=gettext_lazy("Name"), max_length=250)
    acronym = NamePartField(label=gettext_lazy("Acronym"), max_length=40, required=False)
    about = CleanTextField(
        label=gettext_lazy("What it is"), max_length=2000, rows=4, required=False
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Who may see that there is this network?"),
        choices=(
            (
                Level.OFFICE.value,
                gettext_lazy("The Office, its members and coordinators\nNobody else learns of it."),
            ),
            (Level.PUBLIC.value, gettext_lazy("Everyone\nOrganizations can ask to be in it.")),
        ),
        coerce=int,
        initial=Level.OFFICE.value,
        widget=forms.RadioSelect,
    )
    field_order = ["level", "name", "acronym", "about"]

    def values(self) -> dict[str, Any]:
        """Return what to write into the network."""
        return {name: self.cleaned_data[name] for name in ("name", "acronym", "about", "level")}


class CoordinatorForm(TokenForm):
    """Names a coordinator by address; officers only, so it may say that there is no account."""

    email = CleanEmailField(label=gettext_lazy("Address of the account"))

    def clean_email(self) -> Any:
        """Find the account."""
        people = get_user_model()._default_manager.filter(is_active=True)
        self.user = people.filter(email__iexact=self.cleaned_data["email"]).first()
        if self.user is None:
            raise ValidationError(
                _("There is no account with this address yet. Ask them to make one.")
            )
        return self.cleaned_data["email"]


class ProposeForm(TokenForm):
    """Asks an organization by the reference that it gave."""

    reference = CleanCharField(
        label=gettext_lazy("Reference of the organization"),
        help_text=gettext_lazy(
            "It stands on their own page, for example ORG-2026-7K3QXP. Ask them."
        ),
        max_length=20,
    )


class VouchCodeForm(forms.Form):
    """The code that an organization without papers gave."""

    code = CleanCharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy(
            "The organization that asks you has it, for example 7K3Q-9F2M-4KBR-C97D."
        ),
        max_length=40,
    )
