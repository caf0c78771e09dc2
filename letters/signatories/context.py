"""What the rest of a list tells of a line: the heading above it, and what most lines are."""

import re
from dataclasses import replace

from letters.signatories.bodies import body_evidence, has_head
from letters.signatories.names import given_name, person_evidence
from letters.signatories.remarks import NO_COUNTRY, UNCLEAR_KIND
from letters.signatories.result import Kind, ParsedSignatory
from letters.signatories.text import fold

_OF_BODIES = re.compile(
    r"organi[sz]ation|organizacion|ngos?\b|csos?\b|\bong\b|associations|networks|coalitions|institutions|reseaux|redes\b|"
    r"asociaciones|организаци|المنظمات|الجهات|الجمعيات|组织|机构"
)
_OF_PEOPLE = re.compile(
    r"individu|experts|academics|persons|personalit|personal capacity|scholars|parliamentarians|titre (?:personnel|individuel)|"
    r"titulo (?:personal|individual)|expertos|personas|academic[oa]s|universitaires|частные лица|физические лица|эксперты|"
    r"الافراد|الشخصيات|الخبراء|个人|专家"
)
# So many lines must there be, and so great a share of one kind, before a list says anything.
_FEWEST, _SHARE = 8, 0.85
_READ_ANEW, _SETTLED = 0.72, 0.8
# So near to being sure is a name whose only fault is that no list knows it.
_NEARLY = 0.64


def kind_of_heading(line: str) -> Kind | None:
    """Return which kind of signatories a heading announces; None where it names both or neither."""
    text = fold(line)
    bodies, people = bool(_OF_BODIES.search(text)), bool(_OF_PEOPLE.search(text))
    if bodies == people:
        return None
    return "organization" if bodies else "individual"


def settle(parsed: ParsedSignatory, kind: Kind | None) -> ParsedSignatory:
    """Read a line whose kind was in doubt as the kind that its heading announces."""
    if kind is None:
        return parsed
    bare = not (parsed.role or parsed.honorific)
    if kind == "organization" and parsed.kind == "individual":
        if bare and not parsed.organization and not has_head(parsed.person):
            anew = replace(parsed, kind=kind, person="", organization=parsed.person)
            return _surer(anew, _READ_ANEW)
        return parsed
    if kind == "individual" and parsed.kind == "organization":
        if bare and not parsed.person and not parsed.acronym and _may_be_name(parsed.organization):
            anew = replace(parsed, kind=kind, person=parsed.organization, organization="")
            return _surer(anew, _READ_ANEW)
        short = bare and not parsed.person and len(parsed.organization.split()) < 4
        return _doubted(parsed) if short else parsed
    return _surer(parsed, _SETTLED) if set(parsed.notes) <= {UNCLEAR_KIND, NO_COUNTRY} else parsed


def weigh_by_list(found: list[ParsedSignatory]) -> list[ParsedSignatory]:
    """Doubt the few bare names in a list of bodies; trust bodies there that looked like names.

    In a list of people, read what looked like a name as one.
    """
    sure = [p for p in found if p.confidence >= 0.7]
    bodies = sum(p.kind == "organization" for p in sure)
    if len(found) < _FEWEST or not sure:
        return found
    if bodies >= _SHARE * len(sure):
        return [_among_bodies(p) for p in found]
    if bodies <= (1 - _SHARE) * len(sure):
        return [_among_people(p) for p in found]
    return found


def _among_people(parsed: ParsedSignatory) -> ParsedSignatory:
    if parsed.kind == "organization":
        unclear = UNCLEAR_KIND in parsed.notes and not parsed.acronym
        shaped = person_evidence(parsed.organization) >= 0.4
        return settle(parsed, "individual") if unclear and shaped else parsed
    bare = not parsed.role and not parsed.honorific and parsed.confidence >= _NEARLY
    return _surer(parsed, _READ_ANEW) if bare else parsed


def _among_bodies(parsed: ParsedSignatory) -> ParsedSignatory:
    if parsed.kind == "organization":
        known = set(parsed.notes) <= {UNCLEAR_KIND, NO_COUNTRY}
        return _surer(parsed, _READ_ANEW) if known and UNCLEAR_KIND in parsed.notes else parsed
    bare = not (parsed.role or parsed.honorific or parsed.organization)
    if not bare or UNCLEAR_KIND in parsed.notes:
        return parsed
    return _doubted(parsed)


def _doubted(parsed: ParsedSignatory) -> ParsedSignatory:
    notes = tuple(dict.fromkeys((*parsed.notes, UNCLEAR_KIND)))
    return replace(parsed, confidence=min(parsed.confidence, 0.66), notes=notes)


def _may_be_name(text: str) -> bool:
    words = len(text.split())
    first, _, rest = text.partition(" ")
    if words == 2 and given_name(first) and not has_head(rest):
        return True
    shaped = person_evidence(text) > 0 or (words == 1 and text.isalpha())
    return shaped and words < 6 and not has_head(text) and body_evidence(text) < 0.5


def _surer(parsed: ParsedSignatory, confidence: float) -> ParsedSignatory:
    notes = tuple(n for n in parsed.notes if n != UNCLEAR_KIND)
    return replace(parsed, confidence=max(parsed.confidence, confidence), notes=notes)
