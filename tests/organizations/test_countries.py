"""The country table is whole, and its names are those of the United Nations."""

import re
from collections import Counter

import pytest

from organizations.countries import (
    COUNTRIES,
    LANGUAGES,
    M49_NAMES,
    RegionalGroup,
    country_choices,
    country_name,
)

SCRIPTS = {
    "ar": re.compile(r"[\u0621-\u064a ()\-]+"),
    "zh": re.compile(r"[\u4e00-\u9fff（）]+"),
    "ru": re.compile(r"[А-Яа-яЁё '()\-—]+"),
    "en": re.compile(r"[A-Za-zÀ-ÿ '()\-]+"),
    "fr": re.compile(r"[A-Za-zÀ-ÿ '()\-]+"),
    "es": re.compile(r"[A-Za-zÀ-ÿ '()\-]+"),
}

# (country, language, the UN's name): in each of these CLDR says something else.
UN_NAMES = [
    ("BN", "en", "Brunei Darussalam"),
    ("BO", "en", "Bolivia (Plurinational State of)"),
    ("CD", "en", "Democratic Republic of the Congo"),
    ("CG", "en", "Congo"),
    ("CV", "en", "Cabo Verde"),
    ("FM", "en", "Micronesia (Federated States of)"),
    ("GB", "en", "United Kingdom of Great Britain and Northern Ireland"),
    ("IR", "en", "Iran (Islamic Republic of)"),
    ("KP", "en", "Democratic People's Republic of Korea"),
    ("KR", "en", "Republic of Korea"),
    ("LA", "en", "Lao People's Democratic Republic"),
    ("MD", "en", "Republic of Moldova"),
    ("MM", "en", "Myanmar"),
    ("NL", "en", "Netherlands (Kingdom of the)"),
    ("NR", "en", "Naoero"),
    ("PS", "en", "State of Palestine"),
    ("RU", "en", "Russian Federation"),
    ("ST", "en", "Sao Tome and Principe"),
    ("SY", "en", "Syrian Arab Republic"),
    ("TZ", "en", "United Republic of Tanzania"),
    ("US", "en", "United States of America"),
    ("VA", "en", "Holy See"),
    ("VE", "en", "Venezuela (Bolivarian Republic of)"),
    ("VN", "en", "Viet Nam"),
    ("BY", "fr", "Bélarus"),
    ("CV", "fr", "Cabo Verde"),
    ("KG", "fr", "Kirghizistan"),
    ("KN", "fr", "Saint-Kitts-et-Nevis"),
    ("NG", "fr", "Nigéria"),
    ("SV", "fr", "El Salvador"),
    ("TR", "fr", "Türkiye"),
    ("VA", "fr", "Saint-Siège"),
    ("BD", "es", "Bangladesh"),
    ("BW", "es", "Botswana"),
    ("BY", "es", "Belarús"),
    ("NZ", "es", "Nueva Zelandia"),
    ("QA", "es", "Qatar"),
    ("TT", "es", "Trinidad y Tabago"),
    ("TZ", "es", "República Unida de Tanzanía"),
    ("BO", "ru", "Боливия (Многонациональное Государство)"),
    ("GB", "ru", "Соединенное Королевство Великобритании и Северной Ирландии"),
    ("KG", "ru", "Кыргызстан"),
    ("TL", "ru", "Тимор-Лешти"),
    ("VA", "ru", "Святой Престол"),
    ("BO", "zh", "多民族玻利维亚国"),
    ("KR", "zh", "大韩民国"),
    ("LA", "zh", "老挝人民民主共和国"),
    ("VE", "zh", "委内瑞拉玻利瓦尔共和国"),
    ("BJ", "ar", "بنن"),
    ("CI", "ar", "كوت ديفوار"),
    ("IR", "ar", "إيران (جمهورية - الإسلامية)"),
    ("KI", "ar", "كيريباس"),
    ("MV", "ar", "ملديف"),
    ("RU", "ar", "الاتحاد الروسي"),
    ("VN", "ar", "فييت نام"),
]

# Names in which the UN and CLDR agree, but other lists do not.
OTHER_NAMES = [
    ("TR", "en", "Türkiye"),
    ("CZ", "en", "Czechia"),
    ("CI", "en", "Côte d'Ivoire"),
    ("MK", "en", "North Macedonia"),
    ("SZ", "en", "Eswatini"),
    ("TR", "es", "Türkiye"),
    ("TR", "ru", "Турция"),
    ("CZ", "ru", "Чехия"),
]


def test_counts_are_193_members_and_2_observers() -> None:
    observers = {code for code, country in COUNTRIES.items() if country.observer}
    assert observers == {"PS", "VA"}
    assert len(COUNTRIES) == 193 + 2


@pytest.mark.parametrize("field", ["alpha2", "alpha3", "m49"])
def test_code_is_unique(field: str) -> None:
    values = [getattr(country, field) for country in COUNTRIES.values()]
    assert len(set(values)) == len(values)


def test_codes_have_their_form() -> None:
    for alpha2, country in COUNTRIES.items():
        assert alpha2 == country.alpha2 and re.fullmatch("[A-Z]{2}", alpha2)
        assert re.fullmatch("[A-Z]{3}", country.alpha3)
        assert re.fullmatch("[0-9]{3}", country.m49)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_present_unique_and_in_their_script(language: str) -> None:
    names = [country.names[language] for country in COUNTRIES.values()]
    wrong = [name for name in names if not SCRIPTS[language].fullmatch(name)]
    assert wrong == []
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if name != name.strip() or "  " in name] == []


@pytest.mark.parametrize(("alpha2", "language", "name"), UN_NAMES + OTHER_NAMES)
def test_name_is_that_of_the_united_nations(alpha2: str, language: str, name: str) -> None:
    assert country_name(alpha2, language) == name


def test_groups_have_their_totals() -> None:
    members = [country for country in COUNTRIES.values() if not country.observer]
    assert Counter(country.group for country in members) == {
        RegionalGroup.AFRICAN: 54,
        RegionalGroup.ASIA_PACIFIC: 54,
        RegionalGroup.EASTERN_EUROPEAN: 23,
        RegionalGroup.LATIN_AMERICAN_AND_CARIBBEAN: 33,
        RegionalGroup.WESTERN_EUROPEAN_AND_OTHERS: 29,
    }


def test_special_memberships_have_a_note() -> None:
    noted = {c.alpha2 for c in COUNTRIES.values() if c.group_note}
    assert noted == {"IL", "KI", "PS", "TR", "US", "VA"}
    assert COUNTRIES["TR"].group is RegionalGroup.WESTERN_EUROPEAN_AND_OTHERS
    assert COUNTRIES["PS"].group is RegionalGroup.ASIA_PACIFIC
    assert COUNTRIES["VA"].group is RegionalGroup.NONE


@pytest.mark.parametrize(("flag", "total"), [("ldc", 44), ("lldc", 32), ("sids", 37)])
def test_development_lists_have_their_totals(flag: str, total: int) -> None:
    assert sum(getattr(country, flag) for country in COUNTRIES.values()) == total


def test_regions_are_those_of_m49() -> None:
    for country in COUNTRIES.values():
        assert country.region and country.subregion
        for name in filter(None, (country.region, country.subregion, country.intermediate)):
            assert name in M49_NAMES


def test_african_group_is_the_region_africa() -> None:
    for country in COUNTRIES.values():
        assert (country.group is RegionalGroup.AFRICAN) == (country.region == "Africa")


def test_language_variant_and_unknown_language_fall_back() -> None:
    assert country_name("DE", "es-mx") == "Alemania"
    assert country_name("DE", "zh-hans") == "德国"
    assert country_name("DE", "sw") == "Germany"


def test_unknown_country_is_an_error() -> None:
    with pytest.raises(KeyError):
        country_name("XK")


def test_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        COUNTRIES["XX"] = COUNTRIES["DE"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        COUNTRIES["DE"].alpha2 = "XX"  # type: ignore[misc]


def test_choices_are_sorted_without_regard_to_accents() -> None:
    names = [name for _, name in country_choices("fr")]
    assert len(names) == 195
    assert names.index("Égypte") < names.index("El Salvador") < names.index("Espagne")
