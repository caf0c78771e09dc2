"""Whether a person or an organization signs: the signs for each, weighed against each other."""

import re

from letters.signatories import remarks
from letters.signatories.bodies import body_evidence, has_head, is_acronym
from letters.signatories.draft import Draft
from letters.signatories.grouping import rejoin_lists
from letters.signatories.names import given_name, is_vocabulary
from letters.signatories.people import Name
from letters.signatories.roles import is_role
from letters.signatories.text import is_chinese

_CLOSE = 0.18
_WEAK_NAME = 0.62


def is_person_line(name: Name, texts: list[str], draft: Draft) -> bool:
    """Weigh the first part, and what follows it; note the doubt where both weigh the same."""
    if _is_one_word_name(texts):
        draft.doubts.note(remarks.UNCLEAR_PERSON, 0.66)
        return True
    person, body = _weights(name, texts, draft)
    if person <= 0 or max(person, body) < 0.3:
        first = texts[0].split()
        like_a_name = len(first) == 2 and body < 0.4 and given_name(first[0])
        if (body < 0.25 or like_a_name) and not is_acronym(texts[0]):
            draft.doubts.note(remarks.UNCLEAR_KIND, 0.66)
        return False
    if len(texts) == 1 and not name.honorific and person < _WEAK_NAME:
        # A name and a country, and nothing that tells of a person: most such lines are bodies.
        if body < 0.4 or person - body > 0.1:
            draft.doubts.note(remarks.UNCLEAR_KIND, 0.66)
        return False
    if abs(person - body) < _CLOSE:
        draft.doubts.note(remarks.UNCLEAR_KIND, 0.6)
    elif person > body and person < 0.55:
        draft.doubts.note(remarks.UNCLEAR_PERSON, 0.66)
    return person > body


def _is_one_word_name(texts: list[str]) -> bool:
    """Say whether a single word that is no acronym has a post behind it, as one name would."""
    first = texts[0]
    alone = " " not in first and first.isalpha() and not is_chinese(first) and len(texts) > 1
    if not alone or is_acronym(first) or has_head(first) or is_vocabulary(first):
        return False
    return is_role(texts[1]) and not has_head(texts[1])


def _weights(name: Name, texts: list[str], draft: Draft) -> tuple[float, float]:
    """Return how much speaks for a person and for a body."""
    first, following = texts[0], texts[1:]
    person, body = name.evidence, body_evidence(first)
    if name.behind:
        body = min(body, 0.3)
    if first in draft.closed and not name.honorific:
        # People have no acronym.
        person, body = max(0.0, person - 0.5), body + 0.4
    if person >= 0.15 and following:
        person += _support(following)
    if following and _is_plain_name(first) and is_role(following[0]) and not has_head(following[0]):
        person += 0.35
    if draft.role and not draft.person:
        person += 0.25 if person else 0.0
    if draft.person:
        person -= 0.5
    if has_head(first) and not name.behind:
        person -= 0.25
    return person, body


def _is_plain_name(text: str) -> bool:
    """Say whether a known given name and one word follow each other ("Paul Kitchen", "Faith Rivers")."""
    tokens = text.split()
    return len(tokens) == 2 and given_name(tokens[0]) and tokens[1].istitle()


def _support(following: list[str]) -> float:
    """Return how much the parts after a name speak for its being a person's name."""
    text = following[0]
    if is_role(text) and (not has_head(text) or is_role(" ".join(text.split()[:2]))):
        return 0.35
    if is_acronym(text) or has_head(text):
        joined = rejoin_lists(following)
        listed = len(joined) == 1 and bool(re.search(r"\s(?:and|&|et|y|и)\s", text))
        return 0.05 if listed else 0.25
    return 0.2 if len(following) > 1 and any(map(is_role, following)) else 0.1
