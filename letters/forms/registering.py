"""How the public register is searched and sorted, and what is asked at delivery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField
from foundation.web.forms import TokenForm
from letters.enums import AT_THE_OFFICE
from letters.transitions import LETTER

SORTS = {
    "newest": (gettext_lazy("Newest first"), ("-delivered_at", "reference")),
    "oldest": (gettext_lazy("Oldest first"), ("delivered_at", "reference")),
    "title": (gettext_lazy("By title"), ("subject", "reference")),
}


class RegisterFilter(forms.Form):
    """Network, year, state, words of the title. What is asked for comes with the address."""

    q = CleanCharField(label=gettext_lazy("Words in the title"), required=False)
    network = forms.ChoiceField(label=gettext_lazy("Network"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("Any state")),
            *((state, LETTER.states[state].public) for state in AT_THE_OFFICE),
        ],
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[(name, label) for name, (label, _order) in SORTS.items()],
    )

    def __init__(self, data: Any, *, networks: list[tuple[str, str]], years: list[int]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["network"].choices = [("", gettext_lazy("Any network")), *networks]
        fields["year"].choices = [
            ("", gettext_lazy("Any year")),
            *((str(year), str(year)) for year in years),
        ]

    def narrow(self, letters: Any) -> Any:
        """Return the letters that are asked for, in order; what makes no sense narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            letters = letters.titled(asked["q"])
        if asked.get("network"):
            letters = letters.filter(network=asked["network"])
        if asked.get("year"):
            letters = letters.delivered_in(int(asked["year"]))
        if asked.get("state"):
            letters = letters.in_state(asked["state"])
        return letters.order_by(*SORTS[asked.get("sort") or "newest"][1])


class DeliverForm(TokenForm):
    """What a coordinator decides at delivery."""

    list_it = forms.BooleanField(
        label=gettext_lazy("Put it on the public register, once the Office agrees too"),
        required=False,
        help_text=gettext_lazy(
            "Title, network, day and state can be found there by everybody. You can take that "
            "back on the letter\u2019s page at any time."
        ),
    )

    def __init__(self, *args: Any, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not public:
            del self.fields["list_it"]
