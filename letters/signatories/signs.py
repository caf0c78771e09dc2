"""Signs that a line was misread: each is counted, none decides alone (weights: `confidence.py`).

They are shapes that any language has (what parentheses hold, commas that nothing explains, capitals
behind a small word) and words that no list knows, so that they speak of unseen lines too.
"""

import re
from collections.abc import Iterator

from letters.signatories import remarks
from letters.signatories.bodies import body_evidence, has_head, initials_match, is_acronym
from letters.signatories.draft import Draft
from letters.signatories.names import given_name, is_vocabulary, person_evidence
from letters.signatories.places import read_place
from letters.signatories.roles import SEAT, is_head_of_role, is_legislator, is_role
from letters.signatories.text import fold, in_list, is_chinese, words

_PARENTHESIS = re.compile(r"[(\[]")
_LISTED = re.compile(r"\([^)]*[,;/][^)]*\)")
_ODD = re.compile(r"[:/|#@\\]|\bc/o\b")
_SEPARATORS = re.compile(r"[,;|\t]|\s[-–—]\s")
_DASH = re.compile(r"\s[-–—]\s")
_CAPITALS_BEHIND = re.compile(
    r"\s(?:(?:of|to|for|at|de|da|do|du|del|des|von|der|à|au)(?:\s(?:the|la|los|las|l[’']))?\s|d[’'])[A-ZÀ-Þ][\w’'-]+(?:\s\S+)*$"
)
_WHOLE_BODY = re.compile(r"universit|college|foundation|association|network|institute", re.I)
# Mandates of the United Nations, whose subjects are long.
_MANDATE = re.compile(
    r"special rapporteur|^(?:attorney|barrister|counsellor)[ -]at[ -]law|independent expert|rapporteu(?:r|se) special|relatora? especial|спецдокладчи|специальн\w+ докладчи|المقرر"
)
_ROLE_LISTS = ("role_heads", "role_modifiers", "unit_words", "organization_words")
# Remarks that lowered the confidence are signs under these names.
_OF_REMARKS = {
    remarks.UNCLEAR_KIND: "kind unclear",
    remarks.UNCLEAR_PERSON: "person unclear",
    remarks.UNCLEAR_ROLE: "role unclear",
    remarks.UNCLEAR_ORGANIZATION: "organization unclear",
    remarks.UNCLEAR_ACRONYM: "acronym unclear",
    remarks.UNCLEAR_PLACE: "place unclear",
    remarks.SEVERAL_NAMES: "several names",
    remarks.OFFICE: "office",
}
_DEEPLY = frozenset(_OF_REMARKS) - {remarks.OFFICE, remarks.UNCLEAR_PLACE}


def signs_of(draft: Draft, text: str) -> dict[str, float]:
    """Return sign → strength (0 to 1) for a line as prepared and its fields."""
    found: dict[str, float] = {}
    parts = (
        _doubts(draft),
        _line(draft, text),
        _marks(draft),
        _where(draft, text),
        _body(draft),
        _post(draft),
        _person(draft),
    )
    for part in parts:
        found.update((name, 1.0) for name in part)
    return found


def _doubts(draft: Draft) -> Iterator[str]:
    """What the rules noted while they read."""
    for remark, ceiling in draft.doubts.ceilings.items():
        if ceiling < 0.7 and remark == remarks.UNCLEAR_KIND and draft.kind == "organization":
            yield "kind of a body unclear"
        elif ceiling < 0.7 and remark in _OF_REMARKS:
            yield _OF_REMARKS[remark]
            if ceiling <= 0.62 and remark in _DEEPLY:
                yield f"{_OF_REMARKS[remark]}, deeply"


def _line(draft: Draft, text: str) -> Iterator[str]:
    """What the line as a whole shows."""
    if len([part for part in _SEPARATORS.split(text) if part.strip()]) > 4:
        yield "many parts"
    if _LISTED.search(text):
        yield "list in parentheses"
    if len(_PARENTHESIS.findall(text)) > 1:
        yield "two parentheses"
    if len(_DASH.findall(text)) > 1:
        yield "several dashes"
    if _words_lost(draft, text):
        yield "words lost"


def _marks(draft: Draft) -> Iterator[str]:
    """What marks are left in the fields."""
    fields = " ".join((draft.person, draft.role, draft.organization))
    if _PARENTHESIS.search(draft.person + draft.organization):
        yield "parenthesis left"
    if _PARENTHESIS.search(draft.role):
        yield "parenthesis in role"
    if _ODD.search(fields) or re.search(r"[^\W\d_]{3}\.\s+\w", draft.organization):
        yield "odd mark left"
    if _DASH.search(fields):
        yield "dash left"


def _where(draft: Draft, text: str) -> Iterator[str]:
    """What the place shows."""
    place = draft.place
    if place is None:
        return
    if len(place.countries) > 1 and place.rank != "country" and "," in place.words:
        yield "places disagree"
    unclear = remarks.UNCLEAR_PLACE in draft.doubts.remarks and place.rank == "area"
    if unclear and re.search(rf"[-–—]\s*{re.escape(place.words)}$", text):
        yield "area behind a dash"


def _words_lost(draft: Draft, text: str) -> bool:
    """Say whether words of the line went into no field."""
    place = draft.place.words if draft.place else ""
    fields = (draft.honorific, draft.person, draft.role, draft.organization, draft.acronym, place)
    kept = set(words(re.sub(r"[/,;:|—–()\[\]-]", " ", " ".join(fields))))
    said = words(re.sub(r"[/,;:|—–()\[\]-]", " ", text))
    missing = [w for w in said if w not in kept and len(w) > 3 and not is_chinese(w)]
    return len(missing) > 1


def _body(draft: Draft) -> Iterator[str]:
    """What the name of the organization shows."""
    name = draft.organization
    if not name:
        return
    beside = draft.kind == "individual"
    if name[:1].islower():
        yield "small letter"
    if beside and re.match(r"[«“\"„]", name):
        yield "quotation alone"
    if "," in name:
        yield "comma in the body"
    camel = re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", name)
    if len(words(name)) == 1 and not (is_acronym(name) or is_chinese(name) or camel):
        yield "one word"
    last = read_place(name.split(",")[-1].split(" - ")[-1])
    if last is not None and (", " in name or " - " in name):
        yield "place in the body"
    if draft.acronym and draft.acronym != name and not initials_match(draft.acronym, name):
        yield "letters do not fit"
    if draft.acronym == name and len(name) > 5:
        yield "long acronym alone"
    yield from _words_of_body(name, beside=beside)


def _words_of_body(name: str, *, beside: bool) -> Iterator[str]:
    """What the words of the name of an organization, beside a person or not, show."""
    found, headed = words(name), has_head(name) or is_acronym(name)
    if body_evidence(name) < 0.25:
        yield "nothing of a body"
    if any(map(is_head_of_role, found)) and not has_head(name.split()[0]):
        yield "post in the body"
    if not beside and not headed and person_evidence(name) >= 0.4:
        yield "like a known name" if given_name(name.split()[0]) else "like a name"
    strange = [w for w in found if not is_vocabulary(w) and len(w) > 3]
    if found and len(strange) == len(found) and not is_chinese(name) and not is_acronym(name):
        yield "unknown words only"


def _strange(text: str) -> list[str]:
    """Return the longer words that neither posts nor their subjects have."""
    return [w for w in words(text) if len(w) > 3 and not any(in_list(w, n) for n in _ROLE_LISTS)]


def _post(draft: Draft) -> Iterator[str]:
    """What the post shows."""
    role = draft.role
    if not role:
        return
    former = remarks.FORMER_POST in draft.doubts.remarks
    known = bool(former or is_legislator(role) or SEAT.match(role) or _MANDATE.search(fold(role)))
    if not is_role(role):
        yield "unknown post"
    behind = _CAPITALS_BEHIND.search(role)
    if behind and not draft.organization and not known and _strange(behind[0]):
        yield "capitals in the post"
    if "," in role:
        yield "comma in the post"
    if not draft.organization and not known and len(role.split()) > 3:
        yield "long post alone"
    hidden = has_head(role) and not draft.organization and len(role.split()) > 2
    if (hidden and not known) or any(map(_WHOLE_BODY.search, role.split(",")[1:])):
        yield "body in the post"
    if len(_strange(role)) > 1 and not is_chinese(role) and not (known and not former):
        yield "unknown words in the post"
    if is_chinese(role) and len(role) > 6:
        yield "body in the post"
    if draft.kind == "organization":
        yield "post of an organization"


def _person(draft: Draft) -> Iterator[str]:
    """What the name of the person shows."""
    person = draft.person
    if draft.kind == "organization":
        if person:
            yield "person of an organization"
        return
    yield "person"
    tokens = person.split()
    # A body behind a name, known as one by its noun, says as much as a given name does.
    body = draft.organization
    led = bool(body) and (has_head(body) or is_acronym(body))
    led = led and not initials_match(body, person)
    if not led and not given_name(tokens[0] if tokens else "") and not draft.honorific:
        yield "unknown given name"
    if not (draft.role or draft.organization):
        yield "name alone"
    if draft.organization and not draft.role:
        yield "no post"
    alone = not (draft.role or draft.organization or draft.honorific)
    if any(is_vocabulary(t) and (alone or not given_name(t)) for t in tokens):
        yield "words in the name"
