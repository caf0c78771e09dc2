"""Countries typed by name, in any of the six languages: a form field that several rooms use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.web.fields import clean_text
from organizations.countries import COUNTRIES, LANGUAGES, country_name
from organizations.models.registrations import name_key

# Short forms that no UN name holds. Everything else is found in the six languages' names.
SHORT_FORMS = {
    "uk": "GB",
    "greatbritain": "GB",
    "us": "US",
    "america": "US",
    "ivorycoast": "CI",
    "burma": "MM",
    "holland": "NL",
    "palestine": "PS",
    "vatican": "VA",
    "southkorea": "KR",
    "northkorea": "KP",
    "drc": "CD",
    "laos": "LA",
    "turkey": "TR",
    "vietnam": "VN",
}


class CountryListField(forms.CharField):
    """Countries typed by name, one after the other: "Kenya, Mali". Gives alpha-2 codes.

    Names in any of the six languages and ISO codes are known, and parts of a name that fit one
    country only ("Bolivia"). What is not known is said, and nothing typed is lost.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=3000, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")

    def prepare_value(self, value: Any) -> Any:
        """Return stored codes as names, and what was typed as it was typed."""
        if isinstance(value, list):
            language = get_language() or "en"
            return "; ".join(country_name(code, language) for code in value if code in COUNTRIES)
        return value

    def to_python(self, value: Any) -> list[str]:
        """Return the codes in the order typed, each once; ValidationError names the unknown."""
        if isinstance(value, list):
            return value
        text = clean_text(super().to_python(value) or "", lines=True)
        found: list[str] = []
        unknown = []
        for word in filter(None, (part.strip() for part in re.split(r"[;,،、\n]", text))):
            code = find_country(word)
            if code is None:
                unknown.append(word)
            elif code not in found:
                found.append(code)
        if unknown:
            raise ValidationError(
                _(
                    "We do not know: %(names)s. Is it spelt as the United Nations does? Other places "
                    "go under “Place in your own words”."
                ),
                params={"names": ", ".join(unknown[:5])},
                code="unknown_country",
            )
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as typed."""
        return super().has_changed(self.prepare_value(initial), data)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    known = dict(SHORT_FORMS)
    for code, country in COUNTRIES.items():
        for name in (country.alpha2, country.alpha3, *(country.names[lang] for lang in LANGUAGES)):
            known.setdefault(name_key(name), code)
    return known


def find_country(word: str) -> str | None:
    """Return the alpha-2 code of a country that `word` names in one of six languages, or None."""
    key = name_key(word)
    known = _by_name()
    if not key or key in known:
        return known.get(key)
    inside = {code for name, code in known.items() if len(key) > 3 and key in name}
    return inside.pop() if len(inside) == 1 else None
