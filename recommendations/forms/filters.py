"""The filters of the triage list and of the public page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.web.fields import CleanCharField
from foundation.web.widgets import QuickSelect
from organizations.countries import country_choices
from organizations.enums import OfficialLanguage
from organizations.models import Pillar
from organizations.models.taxonomies import Taxonomy
from recommendations.enums import Position, Progress, RecommendationState
from recommendations.models import Addressee, Topic
from recommendations.transitions import RECOMMENDATION

STATES = [
    (name, state.staff)
    for name, state in RECOMMENDATION.states.items()
    if name != RecommendationState.DRAFT
]


def words_of(model: type[Taxonomy]) -> Iterator[tuple[int, str]]:
    """Yield the words of a list in its order, in the reader's language."""
    for pk, label in model._default_manager.values_list("pk", "label"):
        yield pk, gettext(label)


class SearchFilter(django_filters.CharFilter):
    """Words in any script; broken characters are an error of the form, not of the page."""

    field_class = CleanCharField


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of a list; written quickly, for the list of countries is long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=QuickSelect, **kwargs)


class ItemFilter(django_filters.FilterSet):
    """What both lists can be filtered by."""

    senders = False
    q = SearchFilter(method="search", label=_("Words or reference"))
    pillar = ChoiceFilter(field_name="pillars", label=_("Pillar"), empty_label=_("Any pillar"))
    topic = ChoiceFilter(field_name="topics", label=_("Topic"), empty_label=_("Any topic"))
    country = ChoiceFilter(
        method="in_country",
        label=_("Country"),
        choices=lambda: country_choices(get_language() or "en"),
        empty_label=_("Any country"),
    )
    addressee = ChoiceFilter(
        field_name="addressee", label=_("Addressee"), empty_label=_("Any addressee")
    )
    language = ChoiceFilter(
        choices=OfficialLanguage.choices, label=_("Language"), empty_label=_("Any language")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("pillar", Pillar), ("topic", Topic), ("addressee", Addressee)):
            self._offer(name, words_of(model))

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Read the choices once: shown and checked from the same list, with one query."""
        self.form.fields[name].choices = list(choices)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Keep items that match every word."""
        return queryset.matching(value, senders=self.senders)

    def in_country(self, queryset: Any, name: str, value: str) -> Any:
        """Keep items that concern the country."""
        return queryset.filter(countries__contains=[value])


class PublicFilter(ItemFilter):
    """Filters of the public page: by what stands on it."""

    position = ChoiceFilter(
        choices=Position.choices[1:], label=_("Position"), empty_label=_("Any position")
    )
    progress = ChoiceFilter(
        choices=Progress.choices, label=_("Progress"), empty_label=_("Any progress")
    )


class TriageFilter(ItemFilter):
    """Filters of the desk; its search knows senders too."""

    senders = True
    state = ChoiceFilter(choices=STATES, label=_("State"), empty_label=_("Any state"))
    owner = ChoiceFilter(label=_("Owner"), empty_label=_("Any owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "owner",
            (
                (one.pk, one.display_name())
                for one in User.objects.of_the_office().only("name", "email")
            ),
        )
