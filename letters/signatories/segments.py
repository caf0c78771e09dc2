"""Parts of a line: where commas, dashes, bars and colons separate, and what parentheses hold."""

import re
from dataclasses import dataclass, field

from letters.signatories.bodies import body_evidence, has_head, initials_match, is_acronym
from letters.signatories.capacity import leading_behalf, through_whom
from letters.signatories.honorifics import strip_honorifics
from letters.signatories.names import person_evidence
from letters.signatories.places import Place, read_place
from letters.signatories.roles import is_role
from letters.signatories.text import fold

_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“", "《": "》"}
_CONTACT = re.compile(r"(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+)", re.IGNORECASE)
_ALIAS = re.compile(
    r"^(?:formerly|previously|aka|a\.k\.a\.|ex[- ]|anciennement|antes|ранее|سابقا)", re.I
)

_LEGAL_FORM = re.compile(
    r"^(?:A\. ?C\.?|Inc\.?|Ltd\.?|LLC|L\.L\.C\.|e\. ?V\.?|S\. ?A\.?|a\.?s\.?b\.?l\.?|v\.?z\.?w\.?|GmbH|C\.?I\.?C\.?|"
    r"I\.?A\.?P\.?|PLC|Co\.|Corp\.?)(?=$|\s*\()",
    re.IGNORECASE,
)


@dataclass
class Part:
    """A piece of a line. `strong`: a bar, tab, semicolon or dash stood before it, not a comma."""

    text: str
    strong: bool = False
    inside: list[str] = field(default_factory=list)


def without_contacts(text: str) -> tuple[str, bool]:
    """Return the text without addresses of the web and of mail, and whether there were any."""
    bare = re.sub(r"[\s,;|(]*" + _CONTACT.pattern + r"\)?", "", text, flags=re.IGNORECASE)
    return bare.strip(" ,;|–—-"), bare != text


def cut(text: str, separators: str) -> list[str]:
    """Cut at each of the separators that stands outside parentheses and quotation marks."""
    pieces, closing, current = [], "", ""
    for index, char in enumerate(text):
        if closing:
            closing = "" if char == closing else closing
        elif char in _PAIRS and _PAIRS[char] in text[index + 1 :]:
            closing = _PAIRS[char]
        elif char == '"' and '"' in text[index + 1 :]:
            closing = '"'
        elif char in separators:
            pieces.append(current)
            current = ""
            continue
        current += char
    return [piece.strip() for piece in [*pieces, current]]


def parts_of(text: str) -> list[Part]:
    """Return the parts of a line in their order, none of them empty."""
    strong = [piece for piece in cut(text, "\t|;") if piece]
    parts: list[Part] = []
    for piece in strong:
        for number, section in enumerate(_dashed(piece)):
            for inner, comma_part in enumerate(_commas(section)):
                first = inner == 0 and bool(parts) and (number > 0 or len(strong) > 1)
                parts.append(Part(comma_part, strong=first))
    return [part for part in parts if part.text.strip(" .,-–—:")]


def _commas(section: str) -> list[str]:
    if read_place(section) and "," in section:
        return [section]
    pieces: list[str] = []
    for piece in cut(section, ","):
        if pieces and _LEGAL_FORM.match(piece):
            pieces[-1] += f", {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def _dashed(piece: str) -> list[str]:
    """Cut at spaced dashes and at colons where what stands beside them says so."""
    found = re.split(r"(\s+[-–—]+\s+|(?<=\w)—(?=\w)|\s+/\s+|:\s+)", piece)
    rest_has_place = bool(read_place(cut(piece, ",")[-1])) and "," in piece
    sections, separated = [found[0]], _has_several_dashes(found, rest_has_place)
    for mark, following in zip(found[1::2], found[2::2], strict=True):
        dash = mark.strip() in "-–—" and separated
        if dash or _separates(sections[-1], mark.strip(), following, rest_has_place):
            sections.append(following)
        else:
            sections[-1] += mark + following
    return [s.strip() for s in sections if s.strip()]


def _has_several_dashes(found: list[str], rest_has_place: bool) -> bool:
    """Say whether dashes serve as commas: there are several, and one of them separates for sure."""
    marks = [mark.strip() for mark in found[1::2]]
    if sum(mark in "-–—" for mark in marks) < 2 or any("(" in text for text in found):
        return False
    return any(
        mark in "-–—" and _separates(before, mark, after, rest_has_place)
        for before, mark, after in zip(found[0::2], marks, found[2::2], strict=False)
    )


def _separates(before: str, mark: str, after: str, rest_has_place: bool) -> bool:
    if before.count("(") > before.count(")"):
        return False
    left, right = before.split(",")[-1].strip(), after.split(",")[0].strip()
    left_whole = before.strip()
    if mark == "/":
        return bool(read_place(after) and not read_place(left_whole.split()[-1]))
    if mark == ":":
        named = is_acronym(left_whole) and initials_match(left_whole, after)
        behalf = bool(leading_behalf(left_whole)) and _is_person(right)
        return bool(read_place(left_whole)) or bool(read_place(after)) or named or behalf
    return (
        _is_stated_place(after, rest_has_place)
        or _is_stated_place(right, rest_has_place)
        or bool(read_place(left_whole))
        or (is_acronym(left) or is_acronym(right))
        or is_role(right)
        or (is_role(left) and (left != left_whole or has_head(right) or _is_person(right)))
        or _is_person(left_whole)
        or (_is_person(right) and body_evidence(left) >= 0.5)
    )


def _is_stated_place(text: str, rest_has_place: bool) -> bool:
    place = read_place(text)
    return place is not None and not (rest_has_place and place.rank == "area")


def _is_person(text: str) -> bool:
    addressed = strip_honorifics(text)
    return addressed.sure or (
        person_evidence(addressed.name) >= 0.6 and body_evidence(addressed.name) < 0.5
    )


@dataclass
class Bracketed:
    """What the parentheses of a part hold, sorted; `text` is the part without them."""

    text: str
    acronym: str = ""
    place: Place | None = None
    person: str = ""
    role: str = ""
    name: str = ""
    body: str = ""


def read_brackets(text: str) -> Bracketed:
    """Sort what stands in parentheses: a place, an acronym, a person, a post, a full name.

    Parentheses that hold none of these stay in the text, as part of the name.
    """
    result = Bracketed(text)
    for match in reversed(list(re.finditer(r"\s*[(\[]([^()\[\]]*)[)\]]", text))):
        outer = (text[: match.start()] + text[match.end() :]).strip()
        pieces = [p.strip() for p in re.split(r"[,;]|\s[-–]\s", match[1]) if p.strip()]
        whole = read_place(match[1])
        if whole:
            result.place = result.place or whole
        elif not (pieces and all([_sort(piece, outer, result) for piece in pieces])):
            continue
        tail = result.text[match.end() :]
        gap = " " if tail[:1].isalnum() and match.start() else ""
        result.text = (result.text[: match.start()] + gap + tail).strip()
    return result


def _sort(piece: str, outer: str, result: Bracketed) -> bool:
    """Put one piece of a parenthesis where it belongs; False when it belongs nowhere."""
    named = through_whom(piece)
    place = read_place(piece)
    if named and person_evidence(strip_honorifics(named).name) >= 0.3:
        result.person = result.person or named
    elif place and not (is_acronym(piece) and place.rank in ("region", "city")):
        result.place = result.place or place
    elif _ALIAS.match(piece):
        return False
    elif is_acronym(outer) and (has_head(piece) or len(piece.split()) > 2):
        result.name = piece
    elif body_evidence(piece) >= 0.5 and _is_person(outer.split(",")[0]) and not has_head(outer):
        result.body = piece
    elif is_acronym(piece) or _arabic_or_spaced_acronym(piece, outer):
        result.acronym = result.acronym or piece
    elif is_role(piece) and not has_head(piece):
        result.role = result.role or piece
    elif _is_person(piece) or (person_evidence(piece) >= 0.45 and body_evidence(piece) < 0.2):
        result.person = result.person or piece
    else:
        return False
    return True


def _arabic_or_spaced_acronym(piece: str, outer: str) -> bool:
    spaced = re.fullmatch(r"(?:[^\W\d_]\.?\s?){2,8}", piece) and piece.replace(" ", "").isupper()
    named = re.fullmatch(r"[A-Z][A-Za-z]{1,11}(?:[- ][A-Z][A-Za-z]{1,9})?", piece)
    leading = bool(named) and piece.split()[0].isupper() and len(piece.split()) == 2
    single = bool(named) and " " not in piece and body_evidence(outer) >= 0.5 and len(piece) <= 9
    arabic = re.fullmatch(r"[\u0600-\u06ff]{3,8}", piece) and body_evidence(outer) >= 0.5
    return bool(spaced) or leading or single or (bool(arabic) and fold(piece) != "")
