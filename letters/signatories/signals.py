"""What in the fields speaks against a reading, whatever words are known: shapes, not vocabulary."""

import re

from letters.signatories.bodies import body_evidence, has_head, is_acronym
from letters.signatories.draft import Draft
from letters.signatories.honorifics import is_honorific
from letters.signatories.names import given_name, is_vocabulary
from letters.signatories.remarks import (
    FORMER_POST,
    ON_BEHALF,
    UNCLEAR_ACRONYM,
    UNCLEAR_KIND,
    UNCLEAR_PERSON,
    UNCLEAR_ROLE,
)
from letters.signatories.roles import is_head_of_role, is_legislator, is_role
from letters.signatories.text import fold, is_chinese, word_list, words

_DOUBT = 0.66
_TITLE_LEFT = re.compile(r"^(?:[^\W\d_]{2,6}\.|[^\W\d_]\.[^\W\d_]\.[^\W\d_]|\S+\.-\S)")
_LETTERS_LEFT = re.compile(r"\s(?:[A-Z]{2,4}|[A-Z][a-z]?\.?[A-Z]\.?[A-Z]?\.?)$")
_JOINT = re.compile(
    r"\s(?:of(?: the)?|at(?: the)?|de la|de los|de las|del|du|des|de l['’]|au|aux|в|во)(?:\s|(?<=['’]))",
    re.IGNORECASE,
)
_JOINT_TO_NAME = re.compile(
    r"\s(?:of the|at(?: the)?|de la|de los|del|du|de l['’]|в)\s*(?=[A-ZÀ-ÞА-Я\"«“])", re.IGNORECASE
)
_OF_LONG_NAME = re.compile(
    r"^(?!(?:\w+ ){0,2}(?:Prof|Lect|Stud|Expert|Reader|Chair\b)).*\s(?:of|for)\s(?:[A-ZÀ-Þ]\S+\s+){2}(?:\S+\s+)?[A-ZÀ-Þ]"
)
_AGENT = re.compile(
    r"(?:[^g]er|tor|sor|ist|ian|ant|teur|euse|rice|ista|dora?|ник|ница|тель|ист|истка|лог|wyer)$"
)
# Forms of address that many people bear as a name.
_ADDRESS_OR_NAME = frozenset(
    {
        "sayed",
        "sayyed",
        "syed",
        "ashin",
        "daw",
        "don",
        "nana",
        "tan",
        "dame",
        "earl",
        "baron",
        "king",
    }
    | {"prince", "princess", "queen", "pastor", "major", "judge", "haji", "mufti", "nyai", "gus"}
)


# Before a given name these are forms of address.
_POSTS_OF_ADDRESS = frozenset(
    {"pastor", "major", "judge", "dame", "prince", "princess", "mufti", "haji"}
)


def check_shapes(draft: Draft) -> None:
    """Lower the confidence where the shape of a field is that of something else."""
    if draft.person and not is_chinese(draft.person):
        _check_title_left(draft)
        if draft.kind == "individual":
            _check_beside_person(draft)
            _check_post_in_body(draft)
            _check_body_in_post(draft)
    if draft.kind == "individual" and draft.person and not (draft.role or draft.organization):
        _check_alone(draft)
    _check_acronym(draft)


def _check_title_left(draft: Draft) -> None:
    """A form of address or letters that no list knows are still part of the name."""
    person = draft.person
    first = person.split()[0]
    article = first.startswith("ال") and not given_name(first) and len(person.split()) > 2
    if _TITLE_LEFT.match(person) or article:
        draft.doubts.note(UNCLEAR_PERSON, _DOUBT)
    if _LETTERS_LEFT.search(person) and not person.isupper():
        draft.doubts.note(UNCLEAR_PERSON, _DOUBT)
    address = fold(draft.honorific.split(",")[0]).strip(".")
    post = fold(first).strip(".") in word_list("honorific_posts")
    if post and not given_name(first) and not draft.honorific:
        draft.doubts.note(UNCLEAR_PERSON, _DOUBT)
    plain = address in _POSTS_OF_ADDRESS and given_name(first)
    if address in _ADDRESS_OR_NAME and not plain and not draft.honorific.endswith("."):
        draft.doubts.note(UNCLEAR_PERSON, _DOUBT)
    short = len(first) <= 3 and not first.isupper() and is_honorific(first)
    if short and not given_name(first):
        draft.doubts.note(UNCLEAR_PERSON, _DOUBT)


def _check_beside_person(draft: Draft) -> None:
    """A post that no list knows stands in the organization, or a body in the post."""
    body, role = draft.organization, draft.role
    if body and not role and ON_BEHALF not in draft.doubts.remarks and not is_chinese(body):
        joint = _JOINT.search(body)
        opening = body[: joint.start()] if joint else ""
        if (opening and not has_head(opening)) or body[:1].islower():
            draft.doubts.note(UNCLEAR_ROLE, _DOUBT)
        if len(body.split()) > 1 and is_head_of_role(body.split()[-1]) and not opening:
            draft.doubts.note(UNCLEAR_ROLE, _DOUBT)
    known = FORMER_POST in draft.doubts.remarks or is_legislator(role)
    if is_chinese(role) and not body and re.search(r"大学|学院|研究所|协会|中心|基金会", role):
        draft.doubts.note(UNCLEAR_ROLE, _DOUBT)
    joined = _JOINT_TO_NAME.search(role) or _OF_LONG_NAME.search(role)
    if role and not body and not known and joined:
        draft.doubts.note(UNCLEAR_ROLE, _DOUBT)
    if (
        role[:1].isupper()
        and not is_chinese(role)
        and not is_role(role)
        and body_evidence(role) > 0.3
    ):
        draft.doubts.note(UNCLEAR_ROLE, _DOUBT)


def _check_post_in_body(draft: Draft) -> None:
    """Words of the field beside a noun of agency are a calling more often than a body."""
    body = draft.organization
    if draft.role or not body or has_head(body) or is_acronym(body) or is_chinese(body):
        return
    ends = [word for word in (words(body)[:1] + words(body)[-1:]) if len(word) > 4]
    if any(_AGENT.search(word) for word in ends) and not re.search(r"[«“\"]", body):
        draft.doubts.note(UNCLEAR_ROLE, _DOUBT)


def _check_body_in_post(draft: Draft) -> None:
    """Nothing is left for the body that the post names, or that is signed for."""
    role = draft.role
    if draft.organization or not role or FORMER_POST in draft.doubts.remarks:
        return
    quoted = re.search(r"[«„]|\s[“\"]", role) and not re.match(
        r"(?:author|aut[eo]|автор)", fold(role)
    )
    genitive = re.search(r"^[а-яё-]+\s.*\b[А-ЯЁ]", role, re.DOTALL) and not is_legislator(role)
    if quoted or genitive or ON_BEHALF in draft.doubts.remarks:
        draft.doubts.note(UNCLEAR_ROLE, _DOUBT)


def _check_alone(draft: Draft) -> None:
    """Nothing but the words themselves says that this is a person."""
    tokens = [t for t in draft.person.split() if len(t) > 2]
    if draft.honorific or is_chinese(draft.person) or not tokens:
        return
    strange = any(is_vocabulary(t) and not given_name(t) for t in tokens)
    if strange or not given_name(tokens[0]):
        draft.doubts.note(UNCLEAR_KIND, _DOUBT)


def _check_acronym(draft: Draft) -> None:
    """A word in capitals may be an acronym, or a name that is printed so."""
    acronym = draft.acronym
    if not acronym or acronym != draft.organization:
        return
    mixed = "-" in acronym and not acronym.replace("-", "").isupper()
    if mixed or (len(acronym) > 6 and draft.kind == "organization"):
        draft.doubts.note(UNCLEAR_ACRONYM, _DOUBT)
