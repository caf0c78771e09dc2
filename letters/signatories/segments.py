"""Parts of a line: where commas, dashes, bars and colons separate."""

import re
from dataclasses import dataclass, field

from letters.signatories.bodies import body_evidence, has_head, initials_match, is_acronym
from letters.signatories.capacity import leading_behalf
from letters.signatories.honorifics import strip_honorifics
from letters.signatories.names import person_evidence
from letters.signatories.places import read_place
from letters.signatories.roles import is_role
from letters.signatories.text import is_chinese

_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“", "《": "》"}
_CONTACT = re.compile(
    r"(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|(?:(?:tel|t[ée]l|phone|mob(?:ile)?|whatsapp|тел|هاتف|电话)[.:]*\s*)?\+\d[\d\s().-]{7,}\d)",
    re.IGNORECASE,
)

_LEGAL_FORM = re.compile(
    r"^(?:A\. ?C\.?|Inc\.?|Ltd\.?|LLC|L\.L\.C\.|e\. ?V\.?|S\. ?A\.?|a\.?s\.?b\.?l\.?|v\.?z\.?w\.?|GmbH|C\.?I\.?C\.?|"
    r"I\.?A\.?P\.?|PLC|Co\.|Corp\.?)(?=$|\s*\()",
    re.IGNORECASE,
)


# "王丹阳 博士": the form of address goes with the name.
_CHINESE_ADDRESS = re.compile(
    r"(?<=[\u4e00-\u9fff])\s+(先生|女士|小姐|博士|教授|律师|医生)(?=\s|$)"
)


@dataclass
class Part:
    """A piece of a line. `strong`: a bar, tab, semicolon or dash stood before it, not a comma."""

    text: str
    strong: bool = False
    dashed: bool = False
    mark: str = ","
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
    strong = [piece for piece in cut(_slash_apart(text), "\t|;") if piece]
    parts: list[Part] = []
    for piece in strong:
        for number, section in enumerate(_dashed(piece)):
            for inner, comma_part in enumerate(_commas(section)):
                first = inner == 0 and bool(parts) and (number > 0 or len(strong) > 1)
                dashed = first and number > 0
                mark = piece[: piece.find(section)].rstrip()[-1:] if dashed else ","
                parts.append(Part(comma_part, strong=first, dashed=dashed, mark=mark))
    return [part for part in parts if part.text.strip(" .,-–—:")]


def _slash_apart(text: str) -> str:
    """Read "Hill Service/USA" as "Hill Service | USA"; pairs of places stay together."""
    match = re.match(r"^(.*[^\W\d_])/([^/]+)$", text)
    if not match or not read_place(match[2]) or " " not in match[1]:
        return text
    last = re.split(r"[,(]|\s[-–—]\s|\s", match[1])[-1]
    return text if read_place(last) else f"{match[1]} | {match[2]}"


def _commas(section: str) -> list[str]:
    if read_place(section) and "," in section:
        return [section]
    pieces: list[str] = []
    for piece in cut(section, ","):
        if pieces and _LEGAL_FORM.match(piece):
            pieces[-1] += f", {piece}"
        elif piece:
            pieces += _chinese_words(piece)
    return pieces


def _chinese_words(piece: str) -> list[str]:
    """Cut a Chinese part at its spaces, where they serve as commas."""
    piece = _CHINESE_ADDRESS.sub(r"\1", piece)
    found = [word for word in cut(re.sub(r"\s+\(", "(", piece), " ") if word]
    return found if len(found) > 1 and all(map(is_chinese, found)) else [piece]


def _dashed(piece: str) -> list[str]:
    """Cut at spaced dashes and at colons where what stands beside them says so."""
    found = re.split(r"(\s+[-–—]+\s+|(?<=\w)—(?=\w)|\s+/\s+|:\s+)", piece)
    rest_has_place = bool(read_place(cut(piece, ",")[-1])) and "," in piece
    sections, separated = [found[0]], _has_several_dashes(found, rest_has_place)
    for mark, following in zip(found[1::2], found[2::2], strict=True):
        dash = mark.strip() in "-–—/" and separated
        if dash or _separates(sections[-1], mark.strip(), following, rest_has_place):
            sections.append(following)
        else:
            sections[-1] += mark + following
    return [s.strip() for s in sections if s.strip()]


def _has_several_dashes(found: list[str], rest_has_place: bool) -> bool:
    """Say whether dashes serve as commas: there are several, and one of them separates for sure."""
    marks = [mark.strip() for mark in found[1::2]]
    if marks.count("/") > 1 and set(marks) == {"/"}:
        return bool(read_place(found[-1]))
    if sum(mark in "-–—" for mark in marks) < 2 or any("(" in text for text in found):
        return False
    return any(
        mark in "-–—" and _separates(before, mark, after, rest_has_place)
        for before, mark, after in zip(found[0::2], marks, found[2::2], strict=False)
    )


def _separates(before: str, mark: str, after: str, rest_has_place: bool) -> bool:
    if any(before.count(left) > before.count(right) for left, right in ("()", "«»", "“”")):
        return False
    left, right = before.split(",")[-1].strip(), after.split(",")[0].strip()
    short = re.sub(r"\s*\([^()]*\)$", "", right)
    left_whole = before.strip()
    if mark == "/":
        return bool(read_place(after) and not read_place(left_whole.split()[-1]))
    if mark == ":":
        named = is_acronym(left_whole) and initials_match(left_whole, after)
        behalf = bool(leading_behalf(left_whole)) and (
            is_person(right) or person_evidence(strip_honorifics(right).name) >= 0.4
        )
        name = strip_honorifics(right)
        signer = is_person(right) or (person_evidence(name.name) >= 0.4 and "," in after)
        if has_head(left_whole) and signer and body_evidence(name.name) < 0.2:
            return True
        titled = is_role(left) and not has_head(left) and (is_person(right) or has_head(right))
        titled = titled or (is_person(left_whole) and (is_role(right) or has_head(right)))
        return bool(read_place(left_whole) or read_place(after)) or named or behalf or titled
    return (
        _is_stated_place(after, rest_has_place)
        or _is_stated_place(right, rest_has_place)
        or bool(read_place(left_whole))
        or (is_acronym(left) or is_acronym(short))
        or is_role(right)
        or (is_role(left) and (left != left_whole or has_head(right) or is_person(right)))
        or is_person(left_whole)
        or (is_person(right) and body_evidence(left) >= 0.5)
    )


def _is_stated_place(text: str, rest_has_place: bool) -> bool:
    place = read_place(text)
    return place is not None and not (rest_has_place and place.rank == "area")


def is_person(text: str) -> bool:
    """Say whether a text is, by itself, a person's name with or without a form of address."""
    addressed = strip_honorifics(text)
    return addressed.sure or (
        person_evidence(addressed.name) >= 0.6 and body_evidence(addressed.name) < 0.5
    )
