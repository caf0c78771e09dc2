"""A person's entry: name, post, body, in whichever order they stand."""

import re
from dataclasses import dataclass

from letters.signatories.bodies import body_evidence, has_head, is_acronym, opens_as_body
from letters.signatories.draft import Draft
from letters.signatories.grouping import read_bodies, rejoin_lists
from letters.signatories.honorifics import is_postnominal, strip_honorifics
from letters.signatories.names import person_evidence
from letters.signatories.places import read_place
from letters.signatories.posts import read_post
from letters.signatories.remarks import (
    FORMER_POST,
    UNCLEAR_ORGANIZATION,
    UNCLEAR_ROLE,
)
from letters.signatories.roles import (
    SEAT,
    is_head_of_role,
    is_role,
    is_subject,
    starts_with_role,
)
from letters.signatories.text import fold, in_list, is_chinese, word_list, words

_UNIT = re.compile(
    r"\b(?:program(?:me)?s?|project|department|unit|division|section|team|desk|office|clinic|programa|departamento|"
    r"área|area|unidad|département|service|pôle|faculty|facult[ée]|facultad|school|chair|отдел|кафедра|факультет)\b",
    re.IGNORECASE,
)
# A part of a university may as well be the body that is named.
_SCHOOL = re.compile(
    r"^(?:school|faculty|institute|centre|center|facult|facultad|école|escuela|faculdade|кафедра|факультет)\b",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"^(.+\b(?:division|department|programme|program|unit|team|desk|section))\s(?:at|of)\s(?:the\s)?([A-Z].*)$"
)
_FORMER = re.compile(r"^(?:former|ex[- ]|ancien|past |retired|бывш|сابق)", re.IGNORECASE)
_RETIRED = re.compile(r"\s*\((?:ret|rtd|retd|retired)\.?\)$", re.IGNORECASE)
_ALONE = frozenset(
    {"individual", "individu", "individuo", "particular", "个人", "فرد", "частное лицо", "citizen"}
)


@dataclass(frozen=True)
class Name:
    """A person as printed at one place of a line, with what follows in the same part."""

    person: str
    honorific: str
    evidence: float
    behind: str = ""


def read_name(text: str) -> Name:
    """Read a part as a person's name, and a post that follows it without a comma."""
    addressed = strip_honorifics(_RETIRED.sub("", text))
    evidence = person_evidence(addressed.name)
    bonus = 0.4 if addressed.sure else 0.1 if addressed.honorific else 0.0
    if addressed.sure and not has_head(addressed.name) and len(addressed.name.split()) < 6:
        evidence = max(evidence, 0.4)
    whole = Name(addressed.name, addressed.honorific, min(1.0, evidence + bonus if evidence else 0))
    cut = _name_before_role(addressed.name)
    if cut:
        name, behind = cut
        found = person_evidence(name)
        if found >= 0.45 and (found + 0.1 > evidence or is_role(behind)):
            return Name(name, addressed.honorific, min(1.0, found + bonus + 0.15), behind)
    return whole


def _name_before_role(text: str) -> tuple[str, str] | None:
    """Part "Jane Doe Director of X" before the first word of a post."""
    if is_chinese(text):
        match = re.match(r"^(.{2,4}?|.+·.+?)[\s　]+(.+)$", text)
        return (match[1], match[2]) if match and is_role(match[2]) else None
    tokens = text.split()
    for index in range(2, min(6, len(tokens))):
        if starts_with_role(tokens[index]):
            behind = " ".join(tokens[index:])
            return (" ".join(tokens[:index]), behind) if is_role(behind) else None
    return None


def fill_person(draft: Draft, name: Name) -> None:
    """Write the name into the draft."""
    draft.person = name.person
    draft.add_honorific(name.honorific)


def read_rest(texts: list[str], draft: Draft) -> None:
    """Fill role and organization from the parts beside a person's name."""
    texts = [t for t in texts if fold(t) not in _ALONE]
    texts = rejoin_lists(_take_postnominals(texts, draft))
    if not texts:
        return
    if _opens_with_role(texts[0]):
        _role_first(texts, draft)
    elif len(texts) > 1 and has_head(texts[1]) and is_head_of_role(texts[0].split()[-1]):
        # "Hill Academy Global Professor, University of …": the post bears the name of a body.
        draft.doubts.note(UNCLEAR_ROLE, 0.72)
        draft.add_role(texts[0])
        read_bodies(texts[1:], draft)
    elif len(texts) > 1 and _opens_with_role(texts[-1]) and not has_head(texts[-1]):
        draft.add_role(texts[-1])
        read_bodies(texts[:-1], draft)
    else:
        _bodies_only(texts, draft)


def _take_postnominals(texts: list[str], draft: Draft) -> list[str]:
    kept: list[str] = []
    for text in texts:
        if is_postnominal(text) and not kept and not SEAT.match(text):
            draft.add_honorific(text)
        else:
            kept.append(text)
    return kept


def _opens_with_role(text: str) -> bool:
    if not is_role(text):
        # After a name, words in small letters that name no body are a calling, known or not.
        return text[:1].islower() and not has_head(text) and not is_acronym(text)
    first = words(text)[:1]
    return not has_head(text) or is_chinese(text) or (bool(first) and _begins_as_post(text))


def _begins_as_post(text: str) -> bool:
    """A text with a noun of a body is a post only when a word of a post opens it."""
    if opens_as_body(text) or _opens_with_members(text):
        return False
    return starts_with_role(text.split()[0]) or is_role(" ".join(text.split()[:2]))


def _opens_with_members(text: str) -> bool:
    """Say whether a body is named after its members or those it serves ("Refugee Law Hill")."""
    tokens = text.split()
    named = (
        len(tokens) > 1 and fold(tokens[0]) in word_list("member_nouns") and tokens[1][:1].isupper()
    )
    return named and not starts_with_role(tokens[1])


def _bodies_only(texts: list[str], draft: Draft) -> None:
    if len(texts) == 1 and not is_acronym(texts[0]) and body_evidence(texts[0]) < 0.25:
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.66)
    read_bodies(texts, draft)


def _role_first(texts: list[str], draft: Draft) -> None:
    first, rest = texts[0], texts[1:]
    if _FORMER.match(fold(first)):
        _former(texts, draft)
        return
    post = read_post(first)
    unit = bool(rest) and _is_unit(post.organization) and not is_acronym(rest[0])
    if post.organization and rest and (unit or _rest_is_body(rest, post.sure, first)):
        post = type(post)(first)
    if post.organization:
        _post_with_body(post.role, post.organization, rest, draft, sure=post.sure)
        return
    draft.add_role(first)
    rest = _division_apart(rest, draft)
    while rest and (
        _is_further_role(rest[0])
        or _goes_on(draft.role, rest)
        or _is_bench(draft.role, rest[0])
        or (len(rest) > 1 and _is_area(rest[0]))
        or (len(rest) > 1 and (_is_unit(rest[0]) or is_subject(rest[0])))
    ):
        more = rest.pop(0)
        if _SCHOOL.match(more):
            draft.doubts.note(UNCLEAR_ROLE, 0.66)
        inner = read_post(more) if is_role(more) and not rest else None
        if inner and inner.organization:
            draft.add_role(inner.role)
            rest = [inner.organization]
            break
        draft.add_role(more)
    if rest:
        _body_after_role(rest, draft)


def _rest_is_body(rest: list[str], sure: bool, first: str) -> bool:
    """Say whether what follows is the body, so that the post keeps its "of the …"."""
    return not sure and (has_head(rest[-1]) or is_acronym(rest[-1])) and bool(first)


def _post_with_body(role: str, body: str, rest: list[str], draft: Draft, *, sure: bool) -> None:
    draft.add_role(role)
    if not sure:
        draft.doubts.note(UNCLEAR_ROLE, 0.68)
    acronyms = [t for t in rest if is_acronym(t)]
    others = [t for t in rest if not is_acronym(t)]
    if others and has_head(others[-1]):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.6)
    read_bodies([body, *others, *acronyms], draft)


def _former(texts: list[str], draft: Draft) -> None:
    """A former post names no body that signs, unless a present one follows it."""
    draft.doubts.note(FORMER_POST)
    draft.add_role(texts[0])
    rest = texts[1:]
    if rest:
        draft.add_role(", ".join(rest))
        draft.doubts.note(UNCLEAR_ROLE, 0.65)


def _division_apart(rest: list[str], draft: Draft) -> list[str]:
    """Read "…, Africa division at Hill Watch": the division belongs to the post."""
    match = _DIVISION.match(rest[0]) if rest else None
    if not match:
        return rest
    draft.add_role(match[1])
    return [match[2], *rest[1:]]


def _is_bench(role: str, text: str) -> bool:
    """Say whether a court stands behind an advocate or a judge: it signs nothing."""
    post = fold(role)
    if re.search(r"councillor|councilor|concejal|conseill", post):
        return bool(re.search(r"\b(?:Council|Concejo|Ayuntamiento|Conseil municipal)$", text))
    called = re.search(
        r"advoca|judge|justice|barrister|attorney|magistra|juez|avocat|ministra", post
    )
    court = re.match(r"(?:\w+\s)?(?:High|Supreme|Federal) Court\b|(?:Corte|Tribunal|Cour) ", text)
    return bool(called and court)


def _is_area(text: str) -> bool:
    """Say whether a part tells where a post is held ("Advocacy Officer, West Africa, …")."""
    place = read_place(text)
    return place is not None and place.rank == "area"


def _goes_on(role: str, rest: list[str]) -> bool:
    """Say whether the subjects of a post go on behind a comma ("on Women, Peace and Security")."""
    text = rest[0]
    if has_head(text) or len(text.split()) > 5 or not re.search(r"\s(?:and|&|et|y|e|и)\s", text):
        return False
    joined = re.search(r"\s(?:of|for|on|in|de|en|sur|por|para)\s[^,]+(?:,[^,]+)?$", role)
    subjects = [w for w in words(text) if w not in ("and", "&", "et", "y", "e", "и", "the")]
    known = all(in_list(w, "unit_words") or in_list(w, "organization_words") for w in subjects)
    return bool(joined) and known


def _is_further_role(text: str) -> bool:
    return _opens_with_role(text) and not has_head(text)


def _is_unit(text: str) -> bool:
    last = words(re.split(r"\s(?:of|for|de|on|at)\s", text)[0])[-1:]
    return bool(_UNIT.search(text)) and bool(last) and bool(_UNIT.search(last[0]))


def _body_after_role(rest: list[str], draft: Draft) -> None:
    inner = read_post(rest[0]) if is_role(rest[0]) and _begins_as_post(rest[0]) else None
    if inner and inner.organization:
        draft.add_role(inner.role)
        rest = [inner.organization, *rest[1:]]
    if len(rest) == 1 and body_evidence(rest[0]) < 0.2 and not is_acronym(rest[0]):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.72)
    read_bodies(rest, draft)
