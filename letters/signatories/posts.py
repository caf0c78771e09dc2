"""Where in a post the body begins: "Director of the Hill Institute"."""

import re
from dataclasses import dataclass

from letters.signatories.bodies import body_evidence, has_head, is_acronym
from letters.signatories.places import read_place
from letters.signatories.roles import (
    CHINESE_ROLE,
    SPLIT_WORDS,
    is_head_of_role,
    is_legislator,
    is_subject,
    starts_with_role,
)
from letters.signatories.text import fold, in_list, is_chinese

_JOINTS = re.compile(
    r"\s+(?:(?P<at>@|at|with|from|chez|à la|à l['’]|à|au sein de(?: la| l['’])?|en la|en el|en)(?:\s+(?:the)\b)?"
    r"|(?P<of>of the|of|for the|for|to the|de la|de los|de las|de l['’]|del|du|des|de|d['’]|au|aux|da|do|в|во))"
    r"(?:\s+|(?<=['’]))",
    re.IGNORECASE,
)
# Behind these words capitals name a body; behind "of" they may be a subject ("Head of HR").
_NAMED_JOINT = re.compile(
    r"\s+(?:of the|for the|to the|de la|de l['’]|del|du|au|da|do|в|во)(?:\s|$|(?<=['’]))",
    re.IGNORECASE,
)
_CHINESE_OFFICE = re.compile(
    r"(?:主任|主席|会长|理事长|秘书长|总干事|创始人|创办人|发起人|负责人|执行长|院长|校长|所长|总编|主编|董事长|社长|馆长|站长|总裁|召集人|总监)$"
)
_FORMER_BEHIND = re.compile(r"\s(?:سابقا|السابقه?|سابقه?)$|^\S+ (?:ال)?سابقه? ")
_FORMER = re.compile(
    r"^(?:former|formerly|ex[- ]|past|retired|ancien|ancienne|exdirector|antigu[oa]|бывш|экс-|السابق|前)",
    re.I,
)
_STUDY = re.compile(
    r"^(?:professor|lecturer|student|candidate|scholar|expert|ambassador|profesor|"
    r"professeur|catedratic|chercheu|investigador|specialist|researcher|maitre|docent|doyen)"
)


@dataclass(frozen=True)
class Post:
    """A post and, where the same words name it, the body. `sure` is False for a guess."""

    role: str
    organization: str = ""
    sure: bool = True


_GERMAN_JOINT = re.compile(
    r"^([A-ZÄÖÜ]\w+(?:in|er|e|r|d|är|or|ent)(?:\s(?:und|&)\s[A-ZÄÖÜ]\w+)?)\s(?:der|des|von|vom|beim|bei der|bei)\s([A-ZÄÖÜ\"„].*)$"
)


def read_post(text: str) -> Post:
    """Part a text that `is_role` into post and body ("Director of the Hill Institute")."""
    text = text.strip()
    if is_chinese(text):
        return _chinese(text)
    if _FORMER.match(fold(text)) or _FORMER_BEHIND.search(fold(text)) or is_legislator(text):
        return Post(text)
    if re.search(r"[\u0600-\u06ff]", text):
        return _arabic(text)
    if re.search(r"[\u0400-\u04ff]", text):
        return _without_joint(text, sure=False)
    german = _GERMAN_JOINT.match(text)
    if german and (has_head(german[2]) or len(german[2].split()) > 1 or is_acronym(german[2])):
        return Post(german[1], german[2], sure=has_head(german[2]))
    return _at_joint(text) or _without_joint(text, sure=True)


# Letters behind "of" that are a part of a body, a subject or a place.
_UNITS_IN_LETTERS = frozenset(
    {
        "HR",
        "IT",
        "PR",
        "MEL",
        "DEI",
        "CEO",
        "EU",
        "UN",
        "US",
        "UK",
        "USA",
        "UAE",
        "DRC",
        "RDC",
        "ICT",
        "NGO",
        "NGOS",
        "CSO",
        "MENA",
        "UNSC",
    }
)
# Posts at the top: behind "of" stands a body, unless it is a place or a subject.
_TOP_POST = re.compile(
    r"(?:(?:vice|co|ex)?-?\s?(?:president[ea]?|presidente|fundador[a]?|founder|fondateur|fondatrice|cofounder|cofundador[a]?|ceo|chair(?:person|man|woman)?|"
    r"coordinator|coordinador[a]?|secretary[- ]general|executive director|director ejecutivo|directora ejecutiva|portavoz|vocero|vocera|"
    r"spokesperson|secretaire general|secretari[oa] general|coordonn|miembro|integrante|membre|directora?|direct(?:eur|rice)|trustee|patron|partner|owner))\b",
)


def _at_joint(text: str) -> Post | None:
    """Part at "at" first, then at the first "of", "for", "de la" behind which a body follows."""
    joints = list(_JOINTS.finditer(text))
    for joint in joints:
        rest = text[joint.end() :]
        if (
            joint["at"]
            and joint["at"] == joint["at"].lower()
            and (joint is joints[0] or joint["at"].lower() != "from")
            and rest[:1].isupper()
            and body_evidence(rest) >= 0.2
            and not is_subject(rest)
        ):
            return Post(text[: joint.start()].strip(), _without_article(rest))
    study = _STUDY.match(fold(text))
    for joint in joints:
        rest = text[joint.end() :]
        small = not rest[:1].isupper() and rest[:1].isalpha() and not _opens_small_body(rest)
        if not joint["of"] or is_subject(rest) or small or _names_post(rest):
            continue
        if rest.isupper() and is_acronym(rest) and rest not in _UNITS_IN_LETTERS:
            return Post(text[: joint.start()].strip(), rest)
        if has_head(rest) and not (study and not _begins_with_body(rest)):
            return Post(text[: joint.start()].strip(), _without_article(rest))
        if joint["of"].lower().endswith(" the") and not study and body_evidence(rest) >= 0.25:
            return Post(text[: joint.start()].strip(), rest, sure=False)
    return _behind_article(text, joints)


# Behind a post these name the State it serves, not a body that signs.
_OF_STATE = re.compile(
    r"(?:Pueblo|Rep[úu]bl|Estado|État|Interior|Intérieur|Gobierno|Gouvernement|Governo|Nation\b|State\b|President|Prime|Crown|Supreme)",
)


def _behind_article(text: str, joints: list[re.Match[str]]) -> Post | None:
    """Part at the last joint with an article, behind which capitals name what may be a body.

    Behind the highest posts ("Presidenta de …") the first joint will do without an article.
    """
    for joint in [*joints[:1], *reversed(joints)]:
        rest = text[joint.end() :]
        article = joint["of"] and _NAMED_JOINT.match(joint[0])
        top = joint is joints[0] and joint["of"] and _TOP_POST.search(fold(text[: joint.start()]))
        if joint is joints[0] and top and not read_place(rest):
            article = top
        elif joint is joints[0] and len(joints) > 1:
            continue
        named = re.match(
            r"[A-ZÀ-Þ][\w'’.-]+(?:\s+(?:de|do|da|del|la|du|des|e|y|et|of|for)\b)?\s+[A-ZÀ-Þ]", rest
        )
        single = re.match(r"[A-ZÀ-Þ]\w+[A-ZÀ-Þ]\w*(?:\s|$)", rest)
        named = named or (single if top else None)
        if (
            article
            and named
            and not _names_post(rest)
            and not _OF_STATE.match(rest)
            and not is_subject(rest)
            and not is_legislator(text)
        ):
            return Post(text[: joint.start()].strip(), rest, sure=False)
    return None


_PARTS_OF_BODY = frozenset(
    {
        "mission",
        "projet",
        "proyecto",
        "projeto",
        "bureau",
        "conseil",
        "comite",
        "consejo",
        "groupe",
        "grupo",
        "section",
        "campagne",
    }
)


def _names_post(text: str) -> bool:
    """Say whether a post is served, not a body ("Adviser to the UN Special Rapporteur")."""
    return is_head_of_role(text.split()[-1]) and not has_head(text.split()[-1])


def _opens_small_body(text: str) -> bool:
    """Say whether a noun of a body in small letters has a name behind it ("l'association Rives")."""
    first, _, rest = text.partition(" ")
    named = bool(re.match(r"[A-ZÀ-Þ«“\"]", rest)) and fold(first) not in _PARTS_OF_BODY
    return named and in_list(fold(first), "organization_heads")


def _begins_with_body(text: str) -> bool:
    phrase = SPLIT_WORDS.split(text, maxsplit=1)[0]
    return has_head(phrase)


def _without_article(text: str) -> str:
    return re.sub(r"^(?:the|la|l['’]|le)\s*(?=[A-ZÀ-Þ])", "", text) if text[:1].islower() else text


def _names_body(token: str) -> bool:
    return in_list(fold(token).strip('«»"“”„.,'), "organization_heads")


def _without_joint(text: str, *, sure: bool) -> Post:
    """Part "Co-Founder Hill Organization": words of the post, then words that name a body."""
    tokens = text.split()
    end = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1 : index + 2]
        quoted = bool(following) and following[0][0] in '«"“„'
        unit = bool(end) and token.islower() and in_list(fold(token), "unit_words") and not quoted
        calling = index == 0 and bool(re.match("[а-яё]", token)) and not _names_body(token)
        if (
            starts_with_role(token)
            or calling
            or (unit and re.search("[а-я]", token))
            or (token in {"&", "and", "et", "y", "и", "-"} and index == end)
        ):
            end = index + 1
        else:
            break
    rest = " ".join(tokens[end:])
    if not end or not rest or (not rest[:1].isupper() and sure):
        return Post(text)
    if re.match(r"[А-Я]{2,5}\s+[«\"“]|[«\"“„]", rest):
        return Post(" ".join(tokens[:end]), rest)
    if has_head(rest) and not is_subject(rest) and not _JOINTS.match(" " + rest):
        return Post(" ".join(tokens[:end]), rest, sure=sure and end > 0)
    return Post(text)


def _arabic(text: str) -> Post:
    """Part "مديرة مركز …" before the first noun of a body; a glued "ل" is taken off."""
    tokens = text.split()
    for index, token in enumerate(tokens[1:], start=1):
        if token.startswith("ب") and in_list(fold(token[1:]), "organization_heads"):
            return Post(" ".join(tokens[:index]), " ".join([token[1:], *tokens[index + 1 :]]))
        if in_list(fold(token), "organization_heads") and fold(token) not in (
            "مجلس",
            "مكتب",
            "برنامج",
        ):
            first = re.sub(r"^لل", "ال", token)
            bare = re.sub(r"^ل(?!ج)", "", first) if first == token else first
            if fold(tokens[index - 1]) in ("في", "ب", "من", "لدي"):
                return Post(" ".join(tokens[: index - 1]), " ".join([bare, *tokens[index + 1 :]]))
            return Post(" ".join(tokens[:index]), " ".join([bare, *tokens[index + 1 :]]))
    return Post(text)


def _chinese(text: str) -> Post:
    match = CHINESE_ROLE.search(text)
    body = text[: match.start()].strip() if match else ""
    if body and body_evidence(body) >= 0.6 and has_head(body):
        return Post(text[len(body) :].strip(), body)
    if len(body) > 2 and _CHINESE_OFFICE.search(text):
        # Of an office, not of a calling: what stands before it is a body, known or not.
        return Post(text[len(body) :].strip(), body, sure=False)
    return Post(text)
