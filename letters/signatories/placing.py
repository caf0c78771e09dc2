"""Where in a line the place stands, and which parts remain without it."""

import re
from dataclasses import replace

from letters.signatories.bodies import initials_match, is_acronym
from letters.signatories.draft import Draft
from letters.signatories.names import is_vocabulary
from letters.signatories.places import Place, coded_place, read_place
from letters.signatories.remarks import OFFICE, UNCLEAR_PLACE
from letters.signatories.roles import is_role
from letters.signatories.segments import Part
from letters.signatories.text import fold

_MOST = 6
# Of a local branch it is not clear whether it belongs to the name.
_CHAPTER = re.compile(r"\b(?:chapter|branch|section|bureau)$", re.IGNORECASE)
# These tell how far a body works, and are no part of its name, behind a dash as well.
_SCOPE = re.compile(
    r"(?:International|Global|Regional|Worldwide|Pan-?\s?African|Transnational|Multi|Mondial|Internacional|Internationale?|"
    r"Régional|Международн|دولي|إقليمي|国际|全球)",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"^(?:San|Santa|Santo|Saint|Sainte|St\.?|Port|Puerto|Porto|New|El|La|Al|Bandar|Kota|Fort|Mount) "
)


# "Mombasa County", "Province du Rivage", "г. Речной", "Речная область".
# Whoever leads, leads a body; others may say where they live.
_LEADS = re.compile(
    r"direct|presid|found|fondat|fundad|coordin|manager|officer|head\b|chair|secretar|ceo|chief|lead|member|miembro|membre|partner|editor|"
    r"profes|lectur|fellow|student|director|gerent|respons|charg|officer|dean|rector|руковод|председ|глава|основат|менедж|"
    r"секретар|президент|редактор|член|сотрудни|профессор|доцент|مدير|رييس|منسق|موسس|امين|عضو|主任|主席|会长|秘书|创始|教授"
)
_UNIT_OF_STATE = re.compile(
    r"^(?:(?:[A-ZÀ-Þ][\w'’-]+\s){1,3}(?:County|Province|State|District|Region|Governorate|Oblast|Prefecture|Territory|Sub-County|"
    r"City|Town|Island|Islands|Village|Municipality|Subdistrict|Division)"
    r"|(?:Province|Région|Departamento|Département|Provincia|Región|Municipio|Ville|Ciudad|Gouvernorat|Préfecture|Cercle|Estado|"
    r"Distrito|Commune|Comuna|Cantón|Canton) (?:du |de la |de l['’]|d['’]|de |del )?[A-ZÀ-Þ]\S+(?:[\s-][A-ZÀ-Þ]\S+)?"
    r"|(?:г\.|город|пос\.|село)\s?[А-Я]\S+|[А-Я]\S+(?:ая|ий|ый)\s(?:область|край|район|округ|обл\.)"
    r"|(?:محافظة|مدينة|ولاية|منطقة|قضاء|إقليم|بلدة)\s\S+(?:\s\S+)?|[\u4e00-\u9fff]{2,5}(?:省|市|县|区|州))$"
)


def is_chapter(place: Place) -> bool:
    """Say whether a place is a local branch ("Kenya Chapter"), which may belong to the name."""
    return bool(_CHAPTER.search(place.words))


def state_of_chapter(place: Place) -> Place | None:
    """Return the State of "Kenya National Chapter"; None where a town or an area has the branch."""
    bare = _CHAPTER.sub("", place.words).strip()
    state = read_place(re.sub(r"\s+(?:national|country)$", "", bare, flags=re.IGNORECASE))
    return state if state and state.rank == "country" else None


def rank_is_sure(place: Place) -> bool:
    """Say whether a place is a State or within one."""
    return bool(place.countries)


def take_places(parts: list[Part], draft: Draft) -> list[Part]:
    """Move the place out of the parts into the draft; at least one part stays."""
    rest = _from_end(parts, draft)
    if draft.place is None or len(rest) == len(parts):
        rest = _from_start(rest, draft)
    if draft.place is None:
        rest = _from_middle(rest, draft)
    return rest


def _from_end(parts: list[Part], draft: Draft) -> list[Part]:
    for count in range(min(_MOST, len(parts) - 1), 0, -1):
        tail = parts[-count:]
        place = read_place(", ".join(part.text for part in tail)) or _code(parts, count)
        if place and not _is_body_in_capitals(tail[0], parts, count):
            if is_chapter(place) and count == 1:
                return _with_chapter(parts, place, draft)
            if place.words.lower().endswith("office") or " office," in place.words.lower():
                draft.doubts.note(OFFICE)
            named = not _SCOPE.match(place.words) and not parts[-count - 1].text.endswith(")")
            if place.rank == "area" and tail[0].dashed and named:
                draft.doubts.note(UNCLEAR_PLACE, 0.66)
            draft.add_place(place)
            return parts[:-count]
    return parts


def _with_chapter(parts: list[Part], place: Place, draft: Draft) -> list[Part]:
    """Leave "Kenya Chapter" in the name, as printed; the State of it is the place."""
    draft.doubts.note(OFFICE)
    state = state_of_chapter(place)
    if state:
        draft.add_place(state)
    *before, body, chapter = parts
    gap = f" {chapter.mark} " if chapter.dashed else ", "
    return [*before, replace(body, text=f"{body.text}{gap}{chapter.text}")]


def _code(parts: list[Part], count: int) -> Place | None:
    """Read a code at the end of a line, unless it is the acronym of the name before it."""
    last = parts[-1].text
    fits = any(initials_match(last, part.text) for part in parts[:-1])
    return coded_place(last) if count == 1 and not fits else None


def _is_body_in_capitals(first: Part, parts: list[Part], count: int) -> bool:
    """ "MENA" or "EU" after a person and before a country may be a body; too rare to guess."""
    return count == len(parts) and is_acronym(first.text)


def _from_start(parts: list[Part], draft: Draft) -> list[Part]:
    place = read_place(parts[0].text) if len(parts) > 1 else None
    if not place or (place.rank == "area" and not parts[1].strong):
        return parts
    if not parts[1].strong and place.rank != "country":
        return parts
    if not parts[1].strong:
        draft.doubts.note(UNCLEAR_PLACE, 0.68)
    draft.add_place(place)
    return parts[1:]


def _from_middle(parts: list[Part], draft: Draft) -> list[Part]:
    for index in range(len(parts) - 1, 0, -1):
        place = read_place(parts[index].text)
        if place and place.rank in ("country", "contested"):
            if not parts[index].strong:
                draft.doubts.note(UNCLEAR_PLACE, 0.72)
            draft.add_place(place)
            kept = parts[:index] + parts[index + 1 :]
            return _nearer(kept, index, draft)
    return parts


def _nearer(parts: list[Part], index: int, draft: Draft) -> list[Part]:
    """Take the city that stands just before a country in the middle of the line."""
    place = read_place(parts[index - 1].text) if index > 1 else None
    if place:
        draft.add_place(place)
        return parts[: index - 1] + parts[index:]
    return parts


def take_unknown_town(texts: list[str], draft: Draft) -> list[str]:
    """Take a last single name, of which nothing is known, for a town before its country."""
    if draft.place is None or not draft.place.countries or not texts:
        return texts
    last = texts[-1]
    called = bool(draft.person) and bool(draft.role) and not _LEADS.search(fold(draft.role))
    if len(texts) < 2 and not (called and draft.place.rank == "country"):
        return texts
    if draft.place.rank == "country" and _UNIT_OF_STATE.match(last):
        draft.add_place(Place((), last, "region"))
        draft.doubts.note(UNCLEAR_PLACE, 0.8)
        return texts[:-1]
    if draft.place.rank not in ("country", "region"):
        return texts
    tokens = last.split()
    unknown = (
        (len(tokens) == 1 or (len(tokens) == 2 and _TOWN.match(last)))
        and last[:1].isupper()
        and not any(is_vocabulary(token) or is_acronym(token) for token in tokens)
        and not is_role(last)
    )
    if not unknown:
        return texts
    draft.add_place(Place((), last, "city"))
    draft.doubts.note(UNCLEAR_PLACE, 0.68)
    return texts[:-1]
