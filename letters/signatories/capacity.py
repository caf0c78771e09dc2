"""In which capacity someone signs: "in a personal capacity", "on behalf of"."""

import re

_PERSONAL = re.compile(
    r"""[\s,;(–-]*(?:
      (?:signing\s+|signed\s+)?in\s+(?:(?:his|her|their|my|an?)\s+)?(?:(?:own|his/her)\s+)?(?:personal|individual|private)\s+capacity
    | (?:in\s+)?(?:personal|individual|private)\s+capacity
    | (?:title|affiliation|organi[sz]ation)s?\s+(?:provided\s+|given\s+|listed\s+)?for\s+identification(?:\s+purposes)?(?:\s+only)?
    | [àa]\s+titre\s+(?:personnel|individuel|priv[ée])
    | a\s+t[íi]tulo\s+(?:personal|individual|particular)
    | в\s+(?:своем\s+|своём\s+)?личном\s+качестве | от\s+себя\s+лично | от\s+своего\s+имени
    | بصف(?:ة|ته|تها)\s+(?:ال)?(?:شخصية|فردية)
    | 以?个人(?:身份|名义)(?:签署)?
    )\s*\)?""",
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
    bare = _PERSONAL.sub(" ", text)
    return re.sub(r"\s+([,;])", r"\1", bare).strip(" ,;–-"), bare != text


def without_framework(text: str) -> tuple[str, bool]:
    """Return the text without "within the framework of the …", and whether that was said."""
    bare = _FRAMEWORK.sub("", text)
    return (bare, True) if len(bare) > 2 and bare != text else (text, False)


def leading_behalf(text: str) -> str:
    """Return the body after a leading "On behalf of …" or "For …"; "" when there is none."""
    match = _LEADING.match(text)
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
