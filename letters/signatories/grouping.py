"""Organizations in a row of parts: commas inside a name, two names, acronyms beside a name."""

import re

from letters.signatories.bodies import body_evidence, has_head, initials_match, is_acronym
from letters.signatories.draft import Draft
from letters.signatories.placing import take_unknown_town
from letters.signatories.remarks import (
    ACRONYM_ONLY,
    BILINGUAL,
    SEVERAL_NAMES,
    UNCLEAR_ACRONYM,
    UNCLEAR_ORGANIZATION,
)
from letters.signatories.text import fold

_AND = re.compile(r"(?:^|\s)(?:and|&|et|y|e|и|und|و\S+)(?:\s|$)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"universi|université|университет|جامعة|college\b|大学", re.IGNORECASE)
_UNIT_OF_UNIVERSITY = re.compile(
    r"\b(?:clinic|project|school|faculty|department|institute|centre|center|program(?:me)?|laborato|chair|facult|institut|clínica)",
    re.IGNORECASE,
)
_LEADING_AND = re.compile(r"^(?:and|&|et|y|и)\s", re.IGNORECASE)


def rejoin_lists(texts: list[str]) -> list[str]:
    """Put together what the comma before a last "and …" took apart ("A, B, and C")."""
    for index in range(len(texts) - 1, 0, -1):
        if _LEADING_AND.match(texts[index]):
            start = index - 1
            while start > 0 and len(texts[start].split()) <= 3 and not has_head(texts[start]):
                start -= 1
            merged = ", ".join(texts[start : index + 1])
            return [*texts[:start], merged, *texts[index + 1 :]]
    return texts


def read_bodies(texts: list[str], draft: Draft) -> None:
    """Fill organization and acronym from the parts that are neither person nor role nor place."""
    texts = _take_acronyms(take_unknown_town(list(texts), draft), draft)
    if not texts:
        if draft.acronym and not re.sub(r"[\W\d_]", "", draft.acronym).isupper():
            # "WomenNet" is a name, not an acronym.
            draft.organization, draft.acronym = draft.acronym, ""
        elif draft.acronym and not draft.organization:
            draft.organization = draft.acronym
            draft.doubts.note(ACRONYM_ONLY)
        return
    name = texts[0] if len(texts) == 1 else _several(texts, draft)
    draft.organization = _without_glued_acronym(name, draft)
    if re.search(r"\s/\s", name):
        draft.doubts.note(BILINGUAL, 0.68)


def _take_acronyms(texts: list[str], draft: Draft) -> list[str]:
    """Take parts that are acronyms out, when a name stands beside them."""
    names = [t for t in texts if not is_acronym(t)]
    short = [t for t in texts if is_acronym(t)]
    if not short:
        return texts
    if not names and (len(short) > 1 or draft.acronym):
        draft.doubts.note(UNCLEAR_ACRONYM, 0.6)
        return short
    if names and not any(initials_match(short[0], name) for name in names):
        draft.doubts.note(UNCLEAR_ACRONYM, 0.68 if any(map(has_head, names)) else 0.6)
    if not draft.acronym:
        draft.acronym = short[0]
    return names


def _several(texts: list[str], draft: Draft) -> str:
    """Decide whether several parts are one name with commas or several names."""
    first, last = texts[0], texts[-1]
    if first in draft.closed:
        draft.doubts.note(SEVERAL_NAMES, 0.6)
        return first
    if len(texts) > 2 and _UNIVERSITY.search(last) and _UNIT_OF_UNIVERSITY.search(first):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.68)
        return ", ".join(texts)
    if sum(map(has_head, texts)) > 2:
        draft.doubts.note(SEVERAL_NAMES, 0.5)
        return first
    sure = _sure_of_one_name(texts)
    if sure is not None:
        draft.doubts.note(UNCLEAR_ORGANIZATION, sure)
        return ", ".join(texts)
    if len(texts) == 2 and _is_one_of_two(first, last, draft):
        return ", ".join(texts)
    if has_head(first) and (has_head(last) or body_evidence(last) >= 0.5):
        draft.doubts.note(SEVERAL_NAMES, 0.6)
        return first
    draft.doubts.note(UNCLEAR_ORGANIZATION, 0.55)
    return ", ".join(texts)


def _sure_of_one_name(texts: list[str]) -> float | None:
    """Return how sure it is that the parts are one name that lists things, None where it is not."""
    first, last = texts[0], texts[-1]
    listed = bool(_AND.search(last))
    if has_head(last) and not any(has_head(t) for t in texts[:-1]):
        return 0.78 if listed and all(len(t.split()) <= 5 for t in texts[:-1]) else 0.6
    if not listed or _has_own_head(last):
        return None
    if " for " not in last and re.search(_FOR_LIST, fold(first)):
        return 0.78
    return 0.72 if has_head(first) and len(last.split()) <= 5 else None


def _is_one_of_two(first: str, last: str, draft: Draft) -> bool:
    """Say whether two parts are one name: a clinic and its school, "… Justice, Peace and Caritas …"."""
    school = _UNIVERSITY.search(last) or re.search(r"school\b|école|escuela", last, re.IGNORECASE)
    if school and not _UNIVERSITY.search(first):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.72)
        return True
    opening = re.match(r"\S+\s(?:and|&|et|y|e)\s", last)
    if opening and not has_head(first.split()[-1]):
        draft.doubts.note(UNCLEAR_ORGANIZATION, 0.72)
        return True
    return False


def _has_own_head(text: str) -> bool:
    """Say whether a noun of a body stands here that is not a subject as well ("Law and Society")."""
    return has_head(" ".join(w for w in text.split() if fold(w) not in _SUBJECTS))


_SUBJECTS = frozenset(
    {
        "society",
        "media",
        "cooperation",
        "law",
        "press",
        "church",
        "school",
        "union",
        "societe",
        "sociedad",
    }
)
_FOR_LIST = (
    r"\s(?:for|of|on|in|pour|de|du|des|para|por|d'|по|за|и|la|el|against|contre|to|the)\s|"
    r"^(?:центр|институт|фонд|مركز|معهد)|d'"
)


def _without_glued_acronym(name: str, draft: Draft) -> str:
    """Part "Hill Peace Network HPN" and "HPN Hill Peace Network", where the letters agree."""
    tokens = name.split()
    if draft.acronym or len(tokens) < 3:
        return name
    for acronym, rest in ((tokens[-1], tokens[:-1]), (tokens[0], tokens[1:])):
        capitals = [fold(t[0]) for t in rest if t[:1].isupper()]
        if is_acronym(acronym) and acronym.isupper() and list(fold(acronym)) == capitals:
            draft.acronym = acronym
            draft.doubts.note(UNCLEAR_ACRONYM, 0.8)
            return " ".join(rest)
    return name
