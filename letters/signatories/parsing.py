"""One signatory line, from words to fields."""

import re
from collections.abc import Mapping

from letters.signatories import remarks
from letters.signatories.bodies import body_evidence, has_head, is_acronym
from letters.signatories.brackets import read_brackets
from letters.signatories.capacity import (
    leading_behalf,
    split_behalf,
    split_for,
    split_through,
    through_whom,
    without_affiliation_remark,
    without_framework,
    without_personal,
)
from letters.signatories.checks import check
from letters.signatories.confidence import judge
from letters.signatories.draft import Draft
from letters.signatories.grouping import read_bodies, rejoin_lists
from letters.signatories.honorifics import strip_honorifics
from letters.signatories.labels import read_labels
from letters.signatories.names import given_name, is_vocabulary
from letters.signatories.people import Name, fill_person, read_name, read_rest
from letters.signatories.places import Place, read_place
from letters.signatories.placing import is_chapter, rank_is_sure, take_places
from letters.signatories.posts import read_post
from letters.signatories.preparing import prepared
from letters.signatories.result import ParsedSignatory
from letters.signatories.roles import is_role
from letters.signatories.segments import Part, parts_of, without_contacts
from letters.signatories.text import (
    has_bare_number,
    is_chinese,
    without_bare_number,
)
from letters.signatories.weighing import is_person_line

_LONGEST = 1500
_WITHHELD = re.compile(
    r"^\[?(?:names? withheld|anonymous|anonyme|nom (?:non divulgué|retenu)|anónim[oa]|nombre reservado|"
    r"имя не разглашается|аноним\w*|مجهول الهوية|تم حجب الاسم|匿名)",
    re.IGNORECASE,
)


def parse_line(line: str, *, counted: bool | None = None) -> ParsedSignatory:
    """Read one signatory line (already in one piece; see `parse_lines` for lists).

    `counted` says whether a number before the words, with only a space behind it, counts the lines
    of a list; None: not known, then it stays and is doubted. Never raises on any text. The raw line
    is kept as given.
    """
    draft = Draft()
    text = prepared(without_bare_number(line) if counted else line)
    if counted is None and has_bare_number(text):
        draft.doubts.note(remarks.UNCLEAR_ORGANIZATION, 0.6)
    if len(text) > _LONGEST:
        draft.doubts.note(remarks.TOO_LONG, 0.2)
        text = text[:_LONGEST]
    labelled = read_labels(text)
    if labelled:
        return parse_fields(labelled, line)
    text = _without_asides(text, draft)
    parts = [p for p in parts_of(text) if not re.fullmatch(r"[\d.\s]+", p.text)]
    if not parts:
        draft.organization = text
        draft.doubts.note(remarks.NOT_READ, 0.1)
        draft.judge_place()
        return draft.finished(line)
    _read_parts(parts, draft)
    check(draft)
    draft.judge_place()
    judge(draft, text)
    if not draft.capacity and {remarks.ON_BEHALF, remarks.PERSON_OF_BODY} & {*draft.doubts.remarks}:
        draft.capacity = "institutional"
    return draft.finished(line)


def _without_asides(text: str, draft: Draft) -> str:
    """Return the text without remarks on the capacity, phrases around it and contacts, noted."""
    text, personal = without_personal(text)
    text, draft.affiliation_only = without_affiliation_remark(text)
    text, framed = without_framework(text)
    text, contact = without_contacts(text)
    if framed:
        draft.doubts.note(remarks.UNCLEAR_ORGANIZATION, 0.72)
    if personal or draft.affiliation_only:
        draft.doubts.note(remarks.PERSONAL)
        draft.capacity = "personal"
    if contact:
        draft.doubts.note(remarks.CONTACT_DROPPED)
    return text


def parse_fields(fields: Mapping[str, str], raw: str) -> ParsedSignatory:
    """Read a signatory whose fields are named: person, role, organization, acronym, country …"""
    draft = Draft()
    place = read_place(fields.get("country", ""))
    if place:
        draft.add_place(place)
    elif fields.get("country"):
        draft.add_place(Place((), fields["country"], "area"))
        draft.doubts.note(remarks.UNCLEAR_PLACE, 0.6)
    bracketed = read_brackets(fields.get("organization", ""))
    draft.organization = bracketed.text
    draft.acronym = fields.get("acronym", "") or bracketed.acronym
    addressed = strip_honorifics(fields.get("person", ""))
    draft.person = addressed.name
    draft.honorific = fields.get("honorific", "") or addressed.honorific
    draft.role = fields.get("role", "")
    draft.kind = "individual" if draft.person else "organization"
    draft.judge_place()
    return draft.finished(raw)


def _read_parts(parts: list[Part], draft: Draft) -> None:
    parts = take_places(parts, draft)
    texts = [text for part in parts for text in _without_brackets(part.text, draft) if text]
    texts = texts or [part.text for part in parts]
    if _WITHHELD.match(texts[0]):
        if has_head(texts[0]):
            draft.organization = texts[0].strip("[]")
            draft.doubts.note(remarks.WITHHELD, 0.6)
            return
        draft.kind, draft.person = "individual", texts[0].strip("[]")
        draft.doubts.note(remarks.WITHHELD, 0.6)
        read_rest(texts[1:], draft)
        return
    body = leading_behalf(texts[0])
    if body and (len(texts) > 1 or body_evidence(body) >= 0.5):
        draft.doubts.note(remarks.ON_BEHALF)
        _read_body_line([body, *texts[1:]], draft)
        return
    texts = _surname_first(_behalf_apart(texts, draft), draft)
    if draft.kind == "individual":
        read_rest(texts, draft)
        return
    name = _two_names(texts[0], draft) or read_name(texts[0])
    if is_person_line(name, texts, draft):
        draft.kind = "individual"
        fill_person(draft, name)
        read_rest(([name.behind] if name.behind else []) + texts[1:], draft)
    else:
        _read_body_line(texts, draft)


def _without_brackets(text: str, draft: Draft) -> list[str]:
    """Take what parentheses hold into the draft; return the rest of the part, and a body in them."""
    found = read_brackets(text)
    first = draft.place is None
    if found.place:
        if draft.place is None:
            draft.add_place(found.place)
        elif set(found.place.countries) - set(draft.place.countries):
            draft.doubts.note(remarks.UNCLEAR_PLACE, 0.65)
    if found.place and (is_chapter(found.place) or not (rank_is_sure(found.place) or first)):
        draft.doubts.note(remarks.UNCLEAR_PLACE, 0.66)
    if found.name:
        draft.acronym = draft.acronym or found.text
        found.text = found.name
    if found.acronym:
        draft.closed.add(found.text)
    draft.acronym = draft.acronym or found.acronym
    draft.role = draft.role or found.role
    if found.person:
        addressed = strip_honorifics(found.person)
        draft.person = draft.person or addressed.name
        draft.honorific = draft.honorific or addressed.honorific
    return [found.text, found.body]


def _behalf_apart(texts: list[str], draft: Draft) -> list[str]:
    """Take "on behalf of" and "for" off a body that stands after a person."""
    apart: list[str] = []
    for index, text in enumerate(texts):
        split = split_behalf(text)
        split = split if split and read_name(split[0]).evidence >= 0.3 else None
        if not split and index == 0:
            split = split_for(text)
            split = split if split and _is_whole_name(split[0]) else None
        body = leading_behalf(text) if index else ""
        if split or body:
            draft.doubts.note(remarks.ON_BEHALF)
        apart += [piece for piece in split if piece] if split else [body or text]
    return apart


def _is_whole_name(text: str) -> bool:
    """Say whether a text is a name and no more: no word of a post, a body or a place in it."""
    name = read_name(text)
    strange = any(is_vocabulary(word) and not given_name(word) for word in name.person.split())
    return name.evidence >= 0.75 and not name.behind and not strange


def _two_names(text: str, draft: Draft) -> Name | None:
    """Read "Jane Doe & John Doe" as it stands: two people who sign in one line."""
    pair = re.split(r"\s+(?:&|and|et|y|и)\s+", text)
    if len(pair) != 2 or not all(read_name(name).evidence >= 0.7 for name in pair):
        return None
    if any(has_head(name) for name in pair):
        return None
    draft.doubts.note(remarks.UNCLEAR_PERSON, 0.6)
    return Name(text, "", 0.95)


def _surname_first(texts: list[str], draft: Draft) -> list[str]:
    """Put "DOE, Jane" together: a surname in capitals, then given names; "Doe, Jane" stands alone."""
    if _is_inverted(texts):
        draft.doubts.note(remarks.UNCLEAR_PERSON, 0.66)
        draft.kind, draft.person = "individual", ", ".join(texts)
        return []
    if len(texts) < 2 or not texts[0].isupper() or sum(map(str.isalpha, texts[0])) < 4:
        return texts
    given = texts[1].split()
    plausible = len(given) <= 3 and not texts[1].isupper() and not any(map(is_vocabulary, given))
    if not plausible or not any(map(given_name, given)) or len(texts[0].split()) > 3:
        return texts
    draft.doubts.note(remarks.UNCLEAR_PERSON, 0.65)
    draft.kind, draft.person = "individual", f"{texts[0]}, {texts[1]}"
    return texts[2:]


def _is_inverted(texts: list[str]) -> bool:
    """Say whether a line is nothing but one unknown name and one or two given names behind it."""
    if len(texts) != 2 or len(texts[0].split()) > 2 or len(texts[1].split()) > 2:
        return False
    words = [*texts[0].split(), *texts[1].split()]
    named = all(map(given_name, texts[1].split())) and not any(map(is_vocabulary, words))
    return named and all(w[:1].isupper() and not is_acronym(w) for w in words)


def _read_body_line(texts: list[str], draft: Draft) -> None:
    """Read a line that begins with an organization, and may name a person."""
    bodies: list[str] = []
    rest = _signer_apart(texts)
    while rest:
        text = rest.pop(0)
        named = through_whom(text)
        name = read_name(named or text)
        if bodies and not draft.person and _names_signer(name, named, text):
            fill_person(draft, name)
            rest = ([name.behind] if name.behind else []) + rest
        elif bodies and draft.person and is_role(text) and not has_head(text):
            draft.add_role(text)
        elif not bodies and rest and _is_post_before_name(text, rest):
            _post_before_name(text, rest, draft)
            return
        else:
            bodies.append(text)
    if draft.person:
        draft.doubts.note(remarks.PERSON_OF_BODY, 0.9)
    elif len(bodies) > 1 and is_role(bodies[0]) and not has_head(bodies[0]):
        bodies = [*bodies[1:], bodies[0]]
    _role_without_person(bodies, draft)
    read_bodies(rejoin_lists(bodies), draft)


def _signer_apart(texts: list[str]) -> list[str]:
    """Part "Hill Trust by Jane Doe" where a name follows indeed."""
    split = split_through(texts[0])
    if split and split[0] and read_name(split[1]).evidence >= 0.6 and not has_head(split[1]):
        return [split[0], split[1], *texts[1:]]
    return list(texts)


def _names_signer(name: Name, named: str, text: str) -> bool:
    if named and name.evidence >= 0.4:
        return True
    if re.search(r"\s(?:and|&|et|e|y|и)\s", text):
        return False
    known = bool(name.honorific) or any(map(given_name, name.person.split())) or is_chinese(text)
    return known and name.evidence >= 0.6 and (body_evidence(text) < 0.4 or bool(name.behind))


def _is_post_before_name(text: str, rest: list[str]) -> bool:
    return is_role(text) and not has_head(text) and read_name(rest[0]).evidence >= 0.6


def _post_before_name(text: str, rest: list[str], draft: Draft) -> None:
    """Read "Director, Jane Doe, Hill Institute"."""
    draft.kind = "individual"
    draft.doubts.note(remarks.UNCLEAR_ROLE, 0.65)
    draft.add_role(text)
    fill_person(draft, read_name(rest[0]))
    read_bodies(rest[1:], draft)


def _role_without_person(bodies: list[str], draft: Draft) -> None:
    """A post after a body, with nobody who holds it: someone signs whose name is not known."""
    for text in bodies[1:]:
        if is_role(text) and not has_head(text):
            bodies.remove(text)
            post = read_post(text)
            draft.add_role(post.role)
            draft.doubts.note(remarks.UNCLEAR_PERSON, 0.6)
