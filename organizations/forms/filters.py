"""The filters of the staff's list."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.web.fields import CleanCharField
from organizations.countries import country_choices
from organizations.enums import RegistrationState
from organizations.models import OrganizationKind
from organizations.transitions import REGISTRATION

SOON = 60  # days
STATES = [
    (name, state.staff)
    for name, state in REGISTRATION.states.items()
    if name != RegistrationState.DRAFT
]


class SearchFilter(django_filters.CharFilter):
    """Words in any script; broken characters are an error of the form, not of the page."""

    field_class = CleanCharField


class EntryFilter(django_filters.FilterSet):
    """What both lists can be filtered by."""

    q = SearchFilter(method="search", label=_("Name, acronym or reference"))
    state = django_filters.ChoiceFilter(
        choices=STATES, label=_("State"), empty_label=_("Any state")
    )
    expiring = django_filters.BooleanFilter(
        method="ending",
        label=_("Ends within 60 days"),
        widget=forms.CheckboxInput,
    )

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Keep entries that match every word."""
        return queryset.matching(value)

    def ending(self, queryset: Any, name: str, value: bool) -> Any:
        """Keep entries whose vetting ends soon."""
        return queryset.expiring_within(SOON) if value else queryset


class OrganizationFilter(EntryFilter):
    """Filters of organizations."""

    country = django_filters.ChoiceFilter(
        method="in_country",
        label=_("Country"),
        choices=lambda: country_choices(get_language() or "en"),
        empty_label=_("Any country"),
    )
    kind = django_filters.ModelChoiceFilter(
        field_name="kinds",
        queryset=OrganizationKind.objects.all(),
        label=_("Kind"),
        empty_label=_("Any kind"),
    )

    def in_country(self, queryset: Any, name: str, value: str) -> Any:
        """Keep organizations registered or at work there."""
        return queryset.filter(
            Q(country_of_registration=value) | Q(countries_of_work__contains=[value])
        )


class ExpertFilter(EntryFilter):
    """Filters of experts."""

    country = django_filters.ChoiceFilter(
        field_name="country_of_residence",
        label=_("Country"),
        choices=lambda: country_choices(get_language() or "en"),
        empty_label=_("Any country"),
    )
