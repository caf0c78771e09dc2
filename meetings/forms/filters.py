"""The filters of the Office's list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.web.fields import CleanCharField
from meetings.enums import Format, MeetingState
from meetings.transitions import MEETING
from organizations.enums import OfficialLanguage

STATES = [
    (name, state.staff) for name, state in MEETING.states.items() if name != MeetingState.DRAFT
]


class SearchFilter(django_filters.CharFilter):
    """Words in any script; broken characters are an error of the form, not of the page."""

    field_class = CleanCharField


class DeskFilter(django_filters.FilterSet):
    """What the list of the Office can be filtered by."""

    q = SearchFilter(method="search", label=_("Words or reference"))
    state = django_filters.ChoiceFilter(
        choices=STATES, label=_("State"), empty_label=_("Any state")
    )
    format = django_filters.ChoiceFilter(
        choices=Format.choices, label=_("Format"), empty_label=_("Any format")
    )
    language = django_filters.ChoiceFilter(
        method="interpreted",
        choices=OfficialLanguage.choices,
        label=_("Language needed"),
        empty_label=_("Any language"),
    )
    owner = django_filters.ChoiceFilter(label=_("Owner"), empty_label=_("Any owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("owner", ((one.pk, one.display_name()) for one in User.objects.of_the_office()))

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Read the choices once: shown and checked from the same list, with one query."""
        self.form.fields[name].choices = list(choices)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Keep meetings that match every word."""
        return queryset.matching(value, senders=True)

    def interpreted(self, queryset: Any, name: str, value: str) -> Any:
        """Keep meetings in which this language is spoken."""
        return queryset.filter(languages__contains=[value])
