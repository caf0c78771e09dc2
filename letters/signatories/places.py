"""Places: which words, taken whole, are a country, a city, a region or a disputed name."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from letters.signatories.text import fold, is_chinese, table

_ARTICLES = re.compile(r"^(?:the|la|le|les|el|los|las|l'|republic of|republique du|rep\.? of)\s*")
_LINKS = re.compile(r"\s*(?:/|&|\+|;|\s-\s|–|—)\s*|\s+(?:and|et|y|e|и|و)\s+|\s+و(?=\w)|[和及、]")
_OFFICE = re.compile(
    r"^(.+?)\s+(?:country\s+|national\s+|regional\s+|liaison\s+|field\s+)?"
    r"(?:office|branch|chapter|bureau|section|headquarters|hq)$",
    re.IGNORECASE,
)
_BASED = re.compile(r"^(?:based in|basée? à|con sede en|in|from|of|de|из|г\.|г)\s+", re.IGNORECASE)
# Formal names: "Federal Democratic Republic of …", "Reino de …", "جمهورية …".
_FORMAL = re.compile(
    r"^(?:the )?(?:(?:(?:federal|federative|democratic|peoples|islamic|arab|socialist|united|independent|oriental|cooperative|"
    r"hashemite|plurinational|bolivarian)\s+)*(?:republic|kingdom|state|commonwealth|union|principality|sultanate|federation|"
    r"grand duchy)\s+of\s+(?:the\s+)?|(?:republique|royaume|etat|principaute)\s+(?:\w+\s+){0,2}?(?:de la |de |du |des |d)"
    r"|(?:republica|reino|estado)\s+(?:\w+\s+){0,2}?(?:de la |de los |de |del )|(?:\w+ская\s+)?республика\s+|королевство\s+"
    r"|(?:جمهوريه|دوله|مملكه|سلطنه)\s+)"
)
_COMPASS = re.compile(
    r"^(?:(?:north|south|east|west|central|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west)"
    r"(?:ern)?\s+|(?:nord|sud|est|ouest|norte|sur|este|oeste|centro)(?:-est|-ouest)?\s+(?:de la |du |de |de l['’]|del |d['’])"
    r"|(?:северн|южн|восточн|западн|центральн)(?:ая|ый|ое)\s+|(?:شمال|جنوب|شرق|غرب)\s+)",
    re.IGNORECASE,
)
_RANKS = ("country", "contested", "region", "city", "area")


@dataclass(frozen=True)
class Place:
    """A place as printed: alpha-2 codes, the words, and what they are.

    `rank` is country, contested, region, city or area (larger than a State).
    """

    countries: tuple[str, ...]
    words: str
    rank: str

    @property
    def stated(self) -> str:
        """Return the printed words when they are more or less than a country's name."""
        return "" if self.rank == "country" else self.words


@lru_cache(maxsize=512)
def _key(text: str) -> str:
    folded = fold(text).replace("&", " and ").replace("-", " ").replace("—", " ")
    folded = re.sub(r"[.'\"«»“”]", "", folded)
    return re.sub(r"^st ", "saint ", " ".join(folded.split()))


def _official_names() -> list[tuple[str, str]]:
    """Return (alpha-2, name) for the UN's names, in every language of that table."""
    try:
        countries = import_module("organizations.countries").COUNTRIES
    except ImportError:
        return []
    return [(code, name) for code, row in countries.items() for name in row.names.values()]


@cache
def _gazetteer() -> dict[str, tuple[str, str]]:
    """Return key → (alpha-2 or "", rank). An earlier rank wins over a later one."""
    rows = [("country", code, name) for code, name in _official_names()]
    sources = (
        ("country", "country_names"),
        ("country", "country_aliases"),
        ("contested", "contested_places"),
        ("region", "regions"),
        ("city", "cities"),
        ("area", "areas"),
        ("region", "territory_names"),
    )
    for rank, source in sources:
        rows += [(rank, row[0].strip("-"), name) for row in table(source) for name in row[1:]]
    found: dict[str, tuple[str, str]] = {}
    for rank, code, name in rows:
        for spelling in _spellings(name):
            found.setdefault(_key(spelling), (code, rank))
    return found


def _spellings(name: str) -> list[str]:
    """Return the name itself, and a name in parentheses without them ("Myanmar (Burma)")."""
    short = re.sub(r"\s*[(（].*?[)）]", "", name).strip()
    # "Congo (Kinshasa)" and "Korea (Republic of)" need their parentheses to be told apart.
    ambiguous = _key(short) in {"congo", "korea", "micronesia", "刚果", ""}
    return [name] if ambiguous or short == name else [name, short]


def coded_place(text: str) -> Place | None:
    """Read a bare alpha-2 code of a State ("KE"), which may as well be an acronym."""
    return Place((text,), text, "country") if text in _codes() else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(row[0] for row in table("country_names"))


def _lookup(text: str) -> tuple[str, str] | None:
    key = _key(text)
    if text.replace(" ", "") in ("M.D.", "M.A.", "B.A.", "P.A.", "L.A."):
        return None
    if len(key) < 2 or (
        len(key) == 2 and text.isascii() and not text.isupper() and "." not in text
    ):
        return None
    found = _gazetteer().get(key)
    for pattern in (_ARTICLES, _FORMAL):
        found = found or _gazetteer().get(pattern.sub("", key))
    return found


def _trimmed(text: str) -> str:
    """Take off punctuation at the edges; the last stop of "D.C." stays."""
    bare = text.strip(" ,;:*|")
    return bare if re.search(r"\b\w\.$", bare) else bare.rstrip(" .")


def single_place(text: str) -> Place | None:
    """Return the place that the whole text names, one place only."""
    text = _trimmed(text)
    bare = re.sub(r"^\((.*)\)$", r"\1", text)
    found = _lookup(bare)
    if found:
        return Place((found[0],) if found[0] else (), bare, found[1])
    return (
        _with_abbreviation(bare)
        or _office_or_base(bare)
        or _quarter(bare)
        or _border(bare)
        or _in_exile(bare)
    )


def _in_exile(text: str) -> Place | None:
    """Read "Nicaragua en el exilio": the State, the words as printed."""
    match = re.fullmatch(
        r"(.+?),?\s+\(?(?:in exile|en exil|en el exilio|в изгнании|في المنفى|diaspora)\)?",
        text,
        re.I,
    )
    found = _lookup(match[1]) if match else None
    return Place((found[0],), text, "region") if found and found[0] else None


def _border(text: str) -> Place | None:
    """Read "Thailand-Burma border": the two States, the words as printed."""
    match = re.fullmatch(r"(.+?)\s+(?:border|borderlands|borders)(?: (?:area|region))?", text)
    sides = re.split(r"\s*[-–/]\s*|\s+and\s+", match[1]) if match else []
    found = [_lookup(side) for side in sides]
    codes = [side[0] for side in found if side and side[1] == "country"]
    return Place(tuple(codes), text, "region") if codes and len(codes) == len(found) else None


def _quarter(text: str) -> Place | None:
    """Read "Northern Nigeria", "Est de la RDC": a part of a country by the compass."""
    match = _COMPASS.match(text)
    found = _lookup(text[match.end() :]) if match else None
    if found is None or found[1] not in ("country", "contested"):
        return None
    return Place((found[0],) if found[0] else (), text, "region")


def _with_abbreviation(text: str) -> Place | None:
    """Read "Democratic Republic of Congo (DRC)", "London (UK)", "Россия (РФ)"."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if not match:
        return None
    outer, inner = _lookup(match[1]), _lookup(match[2])
    if outer is None:
        return None
    if inner is None or (inner[0] and outer[0] and inner[0] != outer[0]):
        abbreviation = re.fullmatch(r"[A-ZА-Я.]{2,4}|FYROM", match[2])
        alike = match[1][:1].isascii() == match[2].isascii()
        known = abbreviation and alike and outer[0]
        return Place((outer[0],), text, outer[1]) if known else None
    code = outer[0] or inner[0]
    rank = outer[1] if outer[1] != "area" else inner[1]
    return Place((code,) if code else (), text, rank)


def _office_or_base(text: str) -> Place | None:
    """Read "Nairobi Office", "based in Nairobi", "г. Москва": a city said in more words."""
    for pattern, group in ((_OFFICE, 1), (_BASED, 0)):
        match = pattern.match(text)
        rest = "" if not match else match[1] if group else text[match.end() :]
        found = _lookup(rest) if rest else None
        if found and (pattern is _BASED or found[1] in ("city", "country", "region")):
            rank = "city" if pattern is _OFFICE else found[1]
            return Place((found[0],) if found[0] else (), text, rank)
    return None


def read_place(text: str) -> Place | None:
    """Return the place or places that the whole text names, or None.

    "Libya/Morocco" and "Kenya and Uganda" give two countries; "London, UK" one, with the words.
    """
    text = _trimmed(text)
    if not text or len(text) > 120:
        return None
    return single_place(text) or _several(text) or _listed(text) or _chinese_address(text)


def _several(text: str) -> Place | None:
    parts = [p for p in _LINKS.split(text) if p and p.strip()]
    if not 2 <= len(parts) <= 8 or len(parts) != len(_LINKS.findall(text)) + 1:
        parts = text.split("-")
        if len(parts) != 2:
            return None
    return _joined([read_place(p) for p in parts], text)


def _listed(text: str) -> Place | None:
    """Read places with commas between them: a city and its country, or several countries."""
    parts = [p.strip() for p in text.split(",")]
    if len(parts) < 2 or not all(parts):
        return None
    return _joined([_state(p, parts) or single_place(p) or _several(p) for p in parts], text)


def _state(text: str, parts: list[str]) -> Place | None:
    """Read "CA" or "Georgia" as a part of the United States where that country is named too."""
    american = any(_lookup(p) == ("US", "country") for p in parts if p != text)
    known = american and (text == "Georgia" or text in _american_states())
    return Place(("US",), text, "region") if known else None


@cache
def _american_states() -> frozenset[str]:
    rows = [row for row in table("regions") if row[0] == "US"]
    return frozenset(name for row in rows for name in row[1:] if len(name) == 2)


def _chinese_address(text: str) -> Place | None:
    """Read "中国北京": a country and a city without anything between them."""
    if not is_chinese(text):
        return None
    for cut in range(2, len(text) - 1):
        first, second = _lookup(text[:cut]), _lookup(text[cut:])
        if first and second and first[0] == second[0] and first[0]:
            return Place((first[0],), text, second[1])
    return None


def _joined(places: list[Place | None], text: str) -> Place | None:
    known = [p for p in places if p is not None]
    if len(known) != len(places):
        return None
    if any(_is_letters_of_another(p, known) for p in known):
        return None
    codes = dict.fromkeys(code for place in _without_namesakes(known) for code in place.countries)
    rank = max((p.rank for p in known), key=_RANKS.index)
    if any(p.rank == "contested" for p in known):
        rank = "contested"
    return Place(tuple(codes), text, rank)


def _without_namesakes(places: list[Place]) -> list[Place]:
    """Leave out a town that lies elsewhere by the same name ("Tripoli, Libya", "Paris, Texas")."""
    larger = [p for p in places if p.rank in ("country", "contested")]
    larger = larger or [p for p in places if p.rank == "region"]
    codes = {code for place in larger for code in place.countries}
    if not codes:
        return places
    return [p for p in places if p in larger or set(p.countries) & codes]


def _is_letters_of_another(place: Place, all_places: list[Place]) -> bool:
    """Say whether two letters mean a part of one State while another is named ("MD, Canada")."""
    letters = len(place.words) == 2 and place.words.isupper() and place.rank == "region"
    return letters and not any(
        set(place.countries) & set(p.countries) for p in all_places if p is not place
    )


@cache
def _words_of_countries() -> frozenset[str]:
    # Cities are left out: many of them are names of people as well ("Sydney", "Rosario").
    return frozenset(
        key
        for key, (_, rank) in _gazetteer().items()
        if " " not in key and rank != "city" and (len(key) > 3 or not key.isascii())
    )


def names_a_place(word: str) -> bool:
    """Say whether one word is the name of a place; evidence against a person's name."""
    return _key(word) in _words_of_countries()
