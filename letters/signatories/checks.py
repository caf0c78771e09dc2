"""Second thoughts: what in the fields themselves shows that a line was probably misread."""

import re

from letters.signatories.bodies import (
    body_evidence,
    has_head,
    initials_match,
    is_acronym,
    opens_as_body,
)
from letters.signatories.draft import Draft
from letters.signatories.names import given_name, is_vocabulary, person_evidence
from letters.signatories.places import read_place
from letters.signatories.remarks import (
    FORMER_POST,
    NOT_READ,
    UNCLEAR_KIND,
    UNCLEAR_ORGANIZATION,
    UNCLEAR_PERSON,
    UNCLEAR_ROLE,
)
from letters.signatories.roles import is_legislator, is_role
from letters.signatories.signals import check_shapes
from letters.signatories.text import fold, in_list, is_chinese

_DASH = re.compile(r"\s[–—]\s|\s-\s")
_ODD = re.compile(r"[()\[\]{}<>|/\\;:@#]|\d")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))


def check(draft: Draft) -> None:
    """Lower the confidence where a field does not look like what it is said to be."""
    if not draft.person and not draft.acronym and read_place(draft.organization):
        draft.doubts.note(NOT_READ, 0.3)
    _check_person(draft)
    _check_role(draft)
    _check_organization(draft)
    check_shapes(draft)
    for text in (draft.person, draft.role, draft.organization):
        odd = any(text.count(left) != text.count(right) for left, right in _PAIRS)
        if odd and "„" not in text:
            draft.doubts.note(UNCLEAR_ORGANIZATION, 0.6)


def _check_person(draft: Draft) -> None:
    if not draft.person:
        if draft.kind == "individual":
            draft.doubts.note(UNCLEAR_PERSON, 0.3)
        return
    evidence = person_evidence(draft.person)
    alone = not draft.role and not draft.organization
    tokens = draft.person.split()
    odd = bool(_ODD.search(draft.person)) or len(tokens) > 5
    loud = tokens[0].split("-")[0]
    shouted = loud.isupper() and len(loud) > 3 and not draft.person.isupper()
    odd = odd or (alone and not draft.honorific and shouted)
    if odd or evidence < (0.55 if alone and not draft.honorific else 0.3):
        draft.doubts.note(UNCLEAR_PERSON, 0.66)


def _check_role(draft: Draft) -> None:
    role = draft.role
    if not role:
        return
    former = FORMER_POST in draft.doubts.remarks
    hidden_body = has_head(role) and not draft.organization and len(role.split()) > 2
    hidden_body = hidden_body and not is_legislator(role)
    if _DASH.search(role) or (hidden_body and not former and not is_chinese(role)):
        draft.doubts.note(UNCLEAR_ROLE, 0.66)
    if len(role.split()) > 14 and not former:
        draft.doubts.note(UNCLEAR_ROLE, 0.66)


def _check_organization(draft: Draft) -> None:
    name = draft.organization
    if not name:
        return
    dashed = re.search(r"\s[–—]\s", name) is not None
    opens_as_post = is_role(name.split(",")[0]) and not has_head(name.split(",")[0])
    dashed = dashed or re.match(r"\S+\s-\s", name) is not None
    dashed = dashed or re.search(r"\([^)]*,[^)]*\)", name) is not None
    small = name[:1].islower() and not has_head(name)
    if dashed or opens_as_post or small:
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.66)
    if draft.kind == "organization" and _is_run_together(name):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.66)
    spelt_out = bool(draft.acronym) and initials_match(draft.acronym, name)
    if (
        draft.kind == "organization"
        and not spelt_out
        and (_is_like_a_name(name) or _is_one_given_name(name))
    ):
        draft.doubts.note(UNCLEAR_KIND, 0.66)
    if draft.kind == "individual" and _is_unknown_word(name):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.66)


def _is_one_given_name(name: str) -> bool:
    return " " not in name and name.isalpha() and not name.isupper() and given_name(name)


def _is_unknown_word(name: str) -> bool:
    """Say whether a body beside a person is one word, which may as well be a post or a town."""
    single = " " not in name and not is_acronym(name) and not has_head(name)
    single = single and not re.search(r"[a-zà-ÿ][A-ZÀ-Þ]", name)
    return single and not is_chinese(name)


def _is_run_together(name: str) -> bool:
    """Say whether a name seems to hold two bodies, or a person or a post as well."""
    if is_chinese(name):
        return len(name) > 4 and not has_head(name)
    tokens = name.split()
    pair = re.split(r"\s(?:and|et|y|и)\s", name)
    two = len(pair) == 2 and len(pair[1].split()) > 1 and all(has_head(p.split()[-1]) for p in pair)
    posts = [in_list(fold(token), "role_heads") for token in tokens]
    post = (posts[0] and not opens_as_body(name)) or (any(posts) and not has_head(name))
    person = (
        len(tokens) > 4 and given_name(tokens[0]) and person_evidence(" ".join(tokens[:2])) > 0.7
    )
    return two or post or person


def _is_like_a_name(name: str) -> bool:
    """Say whether a body's name could as well be a person's, by shape and words."""
    if is_acronym(name) or body_evidence(name) >= 0.4 or len(name.split()) < 2:
        return False
    return person_evidence(name) >= 0.4 and not all(is_vocabulary(w) for w in name.split())
