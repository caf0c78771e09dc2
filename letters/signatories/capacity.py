"""In which capacity someone signs: "in a personal capacity", "on behalf of"."""

import re

_PERSONAL = re.compile(
    r"""[\s,;(–—-]*(?:
      (?:signing\s+|signed\s+)?in\s+(?:(?:his|her|their|my|our|an?)\s+)?(?:(?:own|his/her|purely|strictly)\s+)?
        (?:personal|individual|private)\s+capacit(?:y|ies)
    | (?:in\s+)?(?:personal|individual|private)\s+capacity
    | (?:signing\s+|signed\s+)as\s+an?\s+(?:private\s+)?individual | in\s+a\s+private\s+role
    | [àa]\s+titre\s+(?:strictement\s+|purement\s+)?(?:personnel|individuel|priv[ée])
    | a\s+t[íi]tulo\s+(?:personal|individual|particular|propio)
    | en\s+(?:su\s+|mi\s+)?(?:calidad|capacidad)\s+(?:personal|individual|particular)
    | в\s+(?:своем\s+|своём\s+)?личном\s+качестве | от\s+себя\s+лично | от\s+своего\s+имени
    | (?:как\s+частное\s+лицо|в\s+качестве\s+частного\s+лица)
    | بصف(?:ة|ته|تها|تي|تهم)\s+(?:ال)?(?:شخصية|فردية)
    | 以?个人(?:身份|名义)(?:签署|联署)?
    )\s*[)\]]?""",
    re.IGNORECASE | re.VERBOSE,
)
_AFFILIATION = re.compile(
    r"""[\s,;(\[*–—-]*(?:
      (?:(?:the\s+|his\s+|her\s+|their\s+)?(?:institutional\s+|organi[sz]ational\s+)?(?:titles?|affiliations?|organi[sz]ations?|institutions?)
        (?:\s+(?:and|&|or|/)\s+(?:titles?|affiliations?|organi[sz]ations?|institutions?))?\s+(?:(?:is|are)\s+)?)?
        (?:provided\s+|given\s+|listed\s+|noted\s+|mentioned\s+|included\s+|stated\s+)?(?:only\s+|solely\s+)?
        for\s+(?:the\s+)?(?:purposes?\s+of\s+)?identification(?:\s+purposes?)?(?:\s+only)?
    | (?:(?:l['’])?affiliations?\s+)?(?:(?:est\s+|sont\s+)?(?:donn[ée]+e?s?|indiqu[ée]+e?s?|mentionn[ée]+e?s?)\s+)?
        (?:[àa]\s+titre\s+(?:purement\s+)?indicatif|[àa]\s+des?\s+fins?\s+d['’]identification)(?:\s+(?:seulement|uniquement))?
    | (?:afiliaci[óo]n(?:\s+institucional)?\s+)?(?:s[óo]lo\s+|solo\s+|[úu]nicamente\s+)?(?:a\s+efectos|con\s+fines|para\s+fines|a\s+fines)
        \s+de\s+identificaci[óo]n(?:\s+(?:solamente|[úu]nicamente))?
    | (?:место\s+работы\s+|организация\s+|аффилиация\s+)?(?:указан[аоы]?\s+)?(?:только\s+|исключительно\s+)?для\s+идентификации(?:\s+личности)?
    | (?:الانتماء\s+|الصفة\s+|ذكرت?\s+(?:الجهة|الصفة)\s+)?(?:لغرض\s+|لأغراض\s+)?(?:التعريف|للتعريف)\s+فقط
    | (?:所属)?(?:单位|机构)?仅(?:供识别|作识别|用于识别)(?:之用)?
    )\s*[)\]]?""",
    re.IGNORECASE | re.VERBOSE,
)
_FRAMEWORK = re.compile(
    r"[\s,;(–-]*(?:with)?in\s+the\s+framework\s+of\b.*$|[\s,;(–-]*dans\s+le\s+cadre\s+d(?:e|u|es)\b.*$|"
    r"[\s,;(–-]*en\s+el\s+marco\s+d(?:e|el)\b.*$",
    re.IGNORECASE,
)
_BEHALF = (
    r"(?:(?:signing\s+|signed\s+)?(?:for\s+and\s+)?on\s+behalf\s+of(?:\s+the)?\b|signed\s+for(?:\s+the)?\b|representing(?:\s+the)?\b"
    r"|au\s+nom\s+(?:de\s+l['’]|de\s+la\s|du\s|des\s|de\s|d['’])|en\s+(?:nombre|representaci[óo]n)\s+(?:del\s|de\s+la\s|de\s+los\s|de\s+las\s|de\s)"
    r"|(?:от\s+имени|от\s+лица|за|نيابة\s+عن|بالنيابة\s+عن|باسم|عن)\b|代表)"
)
_LEADING = re.compile(
    rf"^(?:{_BEHALF}|(?:for(?:\s+the\b)?|pour(?:\s+l['’]|\s+la|\s+le)?|por(?:\s+la|\s+el)?)(?=[:\s'’]))[:\s]*(?=\S)",
    re.I,
)
_CARE_OF = re.compile(r"^c/o\s+", re.IGNORECASE)
_INNER = re.compile(rf"(?:^|[\s,，])\(?{_BEHALF}\s*(?=\S)", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|pour|por)\s+(?:the\s+|la\s+|le\s+|l['’]|el\s+)?(?=[A-ZÀ-Þ\"“«])")
_THROUGH = re.compile(
    r"^(?:represented\s+by|signed\s+by|through|by|per|represent[ée]e?\s+par|par|representad[ao]\s+por|"
    r"в\s+лице|представлена?|و?يمثلها|و?يمثله|ممثلة\s+ب|由)\s*:?\s*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s+\(?(?:(?:represented\s+|signed\s+)?by|(?:représent[ée]e?\s+)?par|(?:representad[ao]\s+)?por|в\s+лице)\s+"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)


def without_personal(text: str) -> tuple[str, bool]:
    """Return the text without "in a personal capacity", and whether that was said."""
    return _without(_PERSONAL, text)


def without_affiliation_remark(text: str) -> tuple[str, bool]:
    """Return the text without "affiliation for identification only", and whether that was said."""
    return _without(_AFFILIATION, text)


def says_personal(text: str) -> bool:
    """Say whether a heading or a note tells of a personal capacity."""
    return bool(_PERSONAL.search(text))


def says_affiliation_only(text: str) -> bool:
    """Say whether a heading or a note tells that affiliations serve identification only."""
    return bool(_AFFILIATION.search(text))


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    bare = pattern.sub(" ", text)
    return (
        (re.sub(r"\s+([,;])", r"\1", bare).strip(" ,;–-"), True) if bare != text else (text, False)
    )


def without_framework(text: str) -> tuple[str, bool]:
    """Return the text without "within the framework of the …", and whether that was said."""
    bare = _FRAMEWORK.sub("", text)
    return (bare, True) if len(bare) > 2 and bare != text else (text, False)


def leading_behalf(text: str) -> str:
    """Return the body after a leading "On behalf of …" or "For …"; "" when there is none."""
    match = _CARE_OF.match(text) or _LEADING.match(text)
    return text[match.end() :].strip() if match else ""


def split_behalf(text: str) -> tuple[str, str] | None:
    """Part "Name on behalf of Body" into name and body."""
    match = _INNER.search(text)
    if not match or not match.start():
        return None
    return text[: match.start()].strip(" ,("), text[match.end() :].strip(" )")


def split_for(text: str) -> tuple[str, str] | None:
    """Part "Name for Body" into both; the caller judges whether the first is a name."""
    match = _FOR.search(text)
    return (text[: match.start()], text[match.end() :]) if match else None


def through_whom(text: str) -> str:
    """Return the person after "represented by …"; "" when the text does not begin so."""
    match = _THROUGH.match(text)
    return text[match.end() :].strip() if match else ""


def split_through(text: str) -> tuple[str, str] | None:
    """Part "Body by Name" and "Body represented by Name"; the caller judges the name."""
    match = _BY.search(text)
    return (text[: match.start()].strip(" (,"), text[match.end() :].strip(" )")) if match else None
