"""What parentheses hold: a place, an acronym, a person, a post, a full name."""

import re
from dataclasses import dataclass

from letters.signatories.bodies import body_evidence, has_head, initials_match, is_acronym
from letters.signatories.capacity import through_whom
from letters.signatories.honorifics import is_postnominal, strip_honorifics
from letters.signatories.names import person_evidence
from letters.signatories.places import Place, coded_place, read_place
from letters.signatories.placing import is_chapter, state_of_chapter
from letters.signatories.roles import SEAT, is_role, is_subject
from letters.signatories.segments import is_person

_ALIAS = re.compile(
    r"^(?:formerly|previously|aka|a\.k\.a\.|ex[- ]|anciennement|antes|ранее|سابقا)", re.IGNORECASE
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
        if re.match(r"\w[(\[]\w+[)\]]\w", text[max(0, match.start() - 1) :]):
            continue  # "C(RE)ATE": a part of a word.
        outer = (text[: match.start()] + text[match.end() :]).strip()
        pieces = [p.strip() for p in re.split(r"[,;]|\s[-–]\s", match[1]) if p.strip()]
        whole = _place_in(match[1], outer)
        if _is_service(match[1]) and person_evidence(strip_honorifics(outer).name) >= 0.3:
            result.role = match[1].strip()
        elif _is_subject_of_post(outer, match[1]):
            continue
        elif whole and is_chapter(whole):
            result.place = result.place or state_of_chapter(whole)
            continue
        elif whole:
            result.place = result.place or whole
        elif not (pieces and _sort_all(pieces, outer, result)):
            continue
        tail = result.text[match.end() :]
        behind = read_place(tail) if result.acronym and tail.strip() else None
        if behind and not is_chapter(behind) and result.place is None:
            result.place, tail = behind, ""
        gap = " " if tail[:1].isalnum() and match.start() else ""
        result.text = (result.text[: match.start()] + gap + tail).strip()
    return result


def _is_service(inner: str) -> bool:
    """Say whether the parenthesis tells of a service that someone left ("US Army, Ret.")."""
    return bool(re.fullmatch(r"[\w.]+(?:\s\w+){0,3},?\s(?:ret|retd|rtd|retired)\.?", inner, re.I))


def _is_subject_of_post(outer: str, inner: str) -> bool:
    """Say whether the parenthesis says more of a post before it ("Associate Dean (Research)")."""
    last = re.split(r"[,;]", outer)[-1].strip()
    place = read_place(inner)
    if place and place.rank == "area" and is_role(last) and not has_head(last):
        return True
    if re.fullmatch(
        r"(?:emerit(?:us|a)|ém[ée]rite|em[ée]rit[oa]|retired|ret\.?|acting|interim|part-time|elect)",
        inner,
        re.I,
    ):
        return is_role(last) and not has_head(last)
    one = re.fullmatch(r"[^\W\d_]+(?:\s(?:&|and|et|y)\s[^\W\d_]+)?", inner.strip()) is not None
    if not (one and is_role(last) and not has_head(last)) or is_person(last):
        return False
    lettered = is_acronym(inner) or place is not None or is_role(inner) or has_head(inner)
    return not lettered and person_evidence(last) < 0.6


def _sort_all(pieces: list[str], outer: str, result: Bracketed) -> bool:
    """Sort every piece, also those behind one that belongs nowhere."""
    found = [_sort(piece, outer, result) for piece in pieces]
    return all(found)


def _sort(piece: str, outer: str, result: Bracketed) -> bool:
    """Put one piece of a parenthesis where it belongs; False when it belongs nowhere."""
    place = _place_in(piece, outer)
    if place:
        result.place = result.place or place
        return True
    field = _field_of(piece, outer)
    if field == "body" and result.body:
        result.body += f", {piece}"
    elif field == "role" and result.role:
        result.role += f", {piece}"
    elif field == "acronym" and result.acronym and is_acronym(piece):
        # Parentheses are read from the last: of two acronyms the first counts.
        result.acronym = piece
    elif field and not getattr(result, field):
        setattr(result, field, through_whom(piece) or piece if field == "person" else piece)
    return bool(field)


def _place_in(piece: str, outer: str) -> Place | None:
    """Return the place, unless the letters are rather an acronym of the name before them."""
    place = read_place(piece) or coded_place(piece)
    if place is None or (len(piece) == 2 and initials_match(piece, outer)):
        return None
    return None if is_acronym(piece) and place.rank in ("region", "city") else place


def _field_of(piece: str, outer: str) -> str:
    """Return which field of a line a piece of a parenthesis fills, or ""."""
    if _ALIAS.match(piece) or not any(map(str.isalpha, piece)):
        return ""
    signs: tuple[tuple[str, bool], ...] = (
        ("person", _is_named_signer(piece)),
        (
            "name",
            is_acronym(outer)
            and not is_postnominal(outer)
            and (has_head(piece) or len(piece.split()) > 2),
        ),
        ("body", _is_body_of(outer, piece)),
        ("acronym", is_acronym(piece) or _is_spaced_acronym(piece, outer)),
        ("role", is_role(piece) and not has_head(piece)),
        ("person", is_person(piece) or _is_likely_person(piece)),
    )
    return next((field for field, holds in signs if holds), "")


def _is_named_signer(piece: str) -> bool:
    named = through_whom(piece)
    return bool(named) and person_evidence(strip_honorifics(named).name) >= 0.3


def _is_person_alone(outer: str) -> bool:
    """Say whether a person, letters behind a name or a post stand before, and no body."""
    first = outer.split(",")[0]
    named = is_person(first) or is_postnominal(outer) or is_role(outer) or _is_likely_person(first)
    return named and not has_head(outer)


def _is_body_of(outer: str, piece: str) -> bool:
    """Say whether a body stands behind a person: any word behind a seat may be a party."""
    seated = bool(SEAT.match(outer.split()[-1])) if outer else False
    known = body_evidence(piece) >= 0.5
    lettered = is_acronym(piece) or is_role(piece) or len(piece.split()) < 2
    if not lettered and person_evidence(outer) >= 0.75 and person_evidence(piece) < 0.6:
        return True
    if is_acronym(piece) and initials_match(piece, outer):
        return False
    capitals = len(re.findall(r"(?:^|\s)[A-ZÀ-ÞА-Я]", piece)) > 1 and not is_subject(piece)
    if is_role(outer) and not has_head(outer) and capitals and not is_role(piece):
        return person_evidence(piece) < 0.6
    return (known or (seated and not is_acronym(piece))) and _is_person_alone(outer)


def _is_likely_person(piece: str) -> bool:
    return person_evidence(piece) >= 0.45 and body_evidence(piece) < 0.2


def _is_spaced_acronym(piece: str, outer: str) -> bool:
    """Read "C S O", "FORUM II", "Conet" and Arabic acronyms behind the name of a body."""
    spaced = re.fullmatch(r"(?:[^\W\d_]\.?\s?){2,8}", piece) and piece.replace(" ", "").isupper()
    capitals = piece.isupper() and 2 < len(piece) <= 15 and len(piece.split()) < 3
    named = re.fullmatch(r"[A-Z][A-Za-z]{1,11}(?:[- ][A-Z][A-Za-z]{1,9})?", piece)
    leading = bool(named) and piece.split()[0].isupper() and len(piece.split()) == 2
    longest = 14 if sum(c.isupper() for c in piece) > 1 else 9
    single = bool(re.fullmatch(r"[A-Z][A-Za-z]+", piece)) and len(piece) <= longest
    single = single and body_evidence(outer) >= 0.5
    hyphened = re.fullmatch(r"[A-Z][\w’']*(?:-[A-Z][\w’']*)+", piece) and len(piece) <= 16
    single = single or (bool(hyphened) and body_evidence(outer) >= 0.5)
    arabic = re.fullmatch(r"[\u0600-\u06ff]{3,8}", piece) and body_evidence(outer) >= 0.2
    return bool(spaced) or (capitals and not is_role(piece)) or leading or single or bool(arabic)
