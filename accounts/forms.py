"""What people say about themselves, and administrators about roles; cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.enums import StaffRole
from accounts.models import User
from accounts.roles import ROLES
from accounts.zones import zone_choices
from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import TokenForm, VersionedForm


class PreferencesForm(VersionedForm):
    """Name, language, time zone, mail."""

    name = CleanCharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_(
            "Seen by the members of your organization and by the Office, nowhere else. "
            "You may leave it empty: then they see your e-mail address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Of these pages and of our e-mails to you.")
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times are shown for this place, beside the place of the event."),
    )
    wants_mail = forms.BooleanField(
        label=_("Send me an e-mail when something waits for me"),
        required=False,
        help_text=_(
            "Our e-mails name nobody and say only that there is something new. Without them "
            "nothing is lost: the same notices wait for you here. Codes for sign-in and warnings "
            "about your account are always sent."
        ),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        fields = ("name", "language", "time_zone", "wants_mail", "version")
        kwargs.setdefault("initial", {name: getattr(user, name) for name in fields})
        super().__init__(*args, **kwargs)
        # Named in their own language: who reads no English must find the way back.
        self.fields["language"].choices = [
            (code, own_name(code)) for code, _name in settings.LANGUAGES
        ]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(user.time_zone)  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Return the cleaned choices as `save_preferences` takes them."""
        return {
            name: self.cleaned_data[name]
            for name in ("name", "language", "time_zone", "wants_mail", "version")
        }


def own_name(code: str) -> str:
    """Return the name of a language in itself."""
    from django.utils.translation import get_language_info

    return str(get_language_info(code)["name_local"]).capitalize()


class ReasonForm(TokenForm):
    """Why a role is given or taken: kept with the decision."""

    reason = CleanTextField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        help_text=_(
            "Kept ten years; seen by administrators. For example: new colleague of the unit."
        ),
    )


def role_choices() -> list[tuple[str, str]]:
    """Return the staff roles, each with its sentence on a second line."""
    return [
        (role.word, f"{role.label}\n{role.sentence}")
        for role in ROLES
        if role.word in StaffRole.values
    ]


class GiveRoleForm(ReasonForm):
    """Whom to give which role."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        max_length=254,
        help_text=_("The person makes the account first and confirms the address."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)

    field_order = ("email", "role", "reason")

    def clean_email(self) -> User:
        """Return the account with this address, whatever its case."""
        user = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return user

    def clean_role(self) -> StaffRole:
        """Return the role as an enum."""
        return StaffRole(self.cleaned_data["role"])
