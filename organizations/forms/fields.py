"""Fields of this room: clean addresses, one country, the choice of who may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import clean_text
from organizations.countries import country_choices

LEVEL_CHOICES = (
    (
        Level.OFFICE,
        gettext_lazy(
            "The Office only\nStaff who vet, read and answer. The public and other organizations "
            "see nothing."
        ),
    ),
    (
        Level.PUBLIC,
        gettext_lazy(
            "Everyone\nOnce vetted, your name and country stand on a public page. Papers and "
            "people never do."
        ),
    ),
    (
        Level.NAMED_OFFICERS,
        gettext_lazy(
            "Named officers only\nThe head of section, and the officers named for you. Fewer "
            "people know; it may take longer."
        ),
    ),
)


class CleanEmailField(forms.EmailField):
    """An address without control characters; at most 254 characters."""

    def to_python(self, value: Any) -> str:
        """Return the clean address; ValidationError for what cannot be stored."""
        return clean_text(super().to_python(value) or "", lines=False).strip()


class CleanURLField(forms.URLField):
    """A web address; https is assumed where none is said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=300, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the clean address; ValidationError for what cannot be stored."""
        cleaned = clean_text(str(value or ""), lines=False).strip()
        return super().to_python(cleaned) or ""


def country_field(label: Any, nothing: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a list of the UN's countries in the reader's language; "" says `nothing`."""
    return forms.ChoiceField(
        label=label,
        choices=lambda: [("", nothing), *country_choices(get_language() or "en")],
        required=False,
        **kwargs,
    )
