"""Posts and callings: what is one, and where it ends and the organization begins."""

import re

from letters.signatories.text import fold, in_list, is_chinese, word_list, words

SPLIT_WORDS = re.compile(
    r"\s+(?:of|for|at|with|from|in|on|to|du|des|de|del|d'|à|au|aux|chez|en|para|por|по|в|во|pour|la|der|des|do|da)"
    r"(?:\s|(?<='))|,|\s+d['’]",
    re.IGNORECASE,
)
CHINESE_ROLE = re.compile(
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
_CHINESE_ROLE = re.compile(
    r"(?:(?:联合|共同|执行|副|前|总|高级|项目|独立|资深|名誉|首席|荣誉|常务|助理|代理)*"
    r"(?:主任|主席|会长|理事长|秘书长|总干事|创始人|创办人|发起人|负责人|教授|律师|顾问|专家|协调员|协调人|总监|经理|代表|记者|学者|"
    r"院长|校长|部长|成员|志愿者|干事|执行长|所长|讲师|理事|总裁|活动家|发言人|特使|大使|研究员|作家|主编|编辑|分析师|官员|执行官|博士生|维护者|捍卫者|评论员|工作者|社工|社区工作者|董事|董事长|召集人|主管|人士|秘书|司库|牧师|导演|诗人|艺术家|学生|博士|硕士|研究生|教师|老师|医师|义工|会员|社长|馆长|站长|团长|总编|议员|市长|主持人|制片人|摄影师|译者|翻译|妻子|丈夫|母亲|父亲|家属|女儿|儿子|遗孀|评论人|观察员|媒体人|文化人|音乐人|出版人|法律人|工程师|农民|僧人|居士|商人|退休人员|制作人|负责人|工人|护士|法师|神父|修女|主教|委员|书记|督导|专员|同工|博士后|经济学家|社会学家|历史学家|法学家|科学家|政治学家|评论家|企业家|画家|音乐家))$"
)
# Endings that make a calling of a word, whichever it is.
_CALLING = re.compile(
    r"^.{3,}(?:ologists?|unionists?|ician|grapher|politolog\w*|ologue|ologo|ologa|professor(?:in)?|abgeordneter?|beauftragter?|"
    r"anwalt|anwaltin|arzt|arztin|wissenschaftler(?:in)?|sprecher(?:in)?|leiter(?:in)?|referent(?:in)?|forscher(?:in)?|berater(?:in)?|"
    r"vertreter(?:in)?|direktor(?:in)?|vorsitzender?|koordinator(?:in)?|historiker(?:in)?|journalist(?:in)?)$"
)
# A seat in a parliament, which is a post where a comma parts it from the name.
SEAT = re.compile(
    r"^(?:(?:[A-Z][\w-]+\s){1,3})?(?:MP|MEP|TD|MSP|MLA|MNA|MdB|MK|MHR|MPP|M\.P\.)(?: for .*)?$"
)
# A seat or a bench said in full: the house or the court signs nothing.
_LEGISLATOR = re.compile(
    r"^(?:ex-?)?(?:(?:elected )?member|deputy|senator|representative|judge|justice|president judge|speaker|membre|deputee?|"
    r"senat(?:eur|rice)|diputad[oa]|senador[a]?|miembro|congresista|deputad[oa]|membro|juez|magistrad[oa]|mitglied|"
    r"advocate|attorney|barrister|solicitor|lawyer|avocate?|abogad[oa]|advogad[oa]|депутат|сенатор|член) .{0,40}?"
    r"(?:\bcour\b|barreau|colegio de abogad|ordem dos adv|parliament|senate|congress|assembl|bundestag|landtag|knesset|house of|seanad|dail|"
    r"lok sabha|rajya sabha|riksdag|storting|court|parlement|senat|parlament|asamblea|senado|camara|camera|congreso|corte|"
    r"tribunal|parlamento|парламент|сенат|госдум|государственной думы|верховной рады|мажилис|маслихат|жогорку|собрани)",
    re.IGNORECASE,
)
_OF_STATE_OR_PRIZE = re.compile(
    r"\bnobel\b|^(?:senador|presiden|ministr|defensor|diputad|senat|depute)\w* (?:de la republi|del pueblo|de la nacion|de estado)"
)
_POST_IN_TWO_WORDS = re.compile(
    r"^(?:ma[iî]tre(?:sse)? (?:de conf|assistant|d['’])|point focal|chef[fe]* d|porte[- ]parole|"
    r"(?:prix|premio) nobel|nobel (?:peace )?(?:prize|laureate)|(?:prix|premio) \w+ de |attorney[- ]at[- ]law|state representative|u\.?s\.? (?:representative|senator)|person of concern)",
    re.IGNORECASE,
)


def is_role(text: str) -> bool:
    """Say whether the text begins as a post or calling does, or is one."""
    text = re.sub(r"\s*\([^()]*\)$|\s+\d{4}(?:\s?[-–]\s?\d{2,4})?$", "", text.strip())
    if is_chinese(text):
        return bool(CHINESE_ROLE.search(text))
    if SEAT.match(text) or _POST_IN_TWO_WORDS.match(text):
        return True
    phrase = words(SPLIT_WORDS.split(text, maxsplit=1)[0])
    if not phrase:
        return False
    for word in phrase:
        if _is_head(word):
            return True
        if not _is_modifier(word):
            break
    return _is_head(phrase[-1]) and len(phrase) <= 7


def is_legislator(text: str) -> bool:
    """Say whether a post is a seat in a house or on a bench, said in full."""
    return bool(_LEGISLATOR.match(fold(text)) or _OF_STATE_OR_PRIZE.search(fold(text)))


def is_head_of_role(token: str) -> bool:
    """Say whether a single word is the noun of a post."""
    return _is_head(fold(token).strip(".,"))


def starts_with_role(token: str) -> bool:
    """Say whether a single word is one with which a post begins."""
    word = fold(token).strip(".,")
    return _is_listed_head(word) or word in word_list("role_modifiers")


def _is_head(word: str) -> bool:
    if _is_listed_head(word):
        return True
    return bool(_CALLING.search(word)) and not in_list(word, "organization_heads")


def _is_listed_head(word: str) -> bool:
    parts = [word, *re.split(r"[/-]", word)]
    parts.append(re.sub(r"^ex(?=[a-z]{5})", "", word))
    return any(in_list(p, "role_heads") for p in parts if len(p) > 2)


def _is_modifier(word: str) -> bool:
    return in_list(word, "role_modifiers")


_GERMAN_JOINT = re.compile(
    r"^([A-ZÄÖÜ]\w+(?:in|er|e|r|d|är|or|ent)(?:\s(?:und|&)\s[A-ZÄÖÜ]\w+)?)\s(?:der|des|von|vom|beim|bei der|bei)\s([A-ZÄÖÜ\"„].*)$"
)


def read_post(text: str) -> Post:
    """Part a text that `is_role` into post and body ("Director of the Hill Institute")."""
    text = text.strip()
    if is_chinese(text):
        return _chinese(text)
    if (
        _FORMER.match(fold(text))
        or _FORMER_BEHIND.search(fold(text))
        or _LEGISLATOR.match(fold(text))
    ):
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
    r"spokesperson|miembro|integrante|membre|directora?|direct(?:eur|rice)|trustee|patron|partner|owner))\b",
)


def _at_joint(text: str) -> Post | None:
    """Part at "at" first, then at the first "of", "for", "de la" behind which a body follows."""
    joints = list(_JOINTS.finditer(text))
    for joint in joints:
        rest = text[joint.end() :]
        if (
            joint["at"]
            and rest[:1].isupper()
            and body_evidence(rest) >= 0.2
            and not is_subject(rest)
        ):
            return Post(text[: joint.start()].strip(), _without_article(rest))
    study = _STUDY.match(fold(text))
    for joint in joints:
        rest = text[joint.end() :]
        small = not rest[:1].isupper() and rest[:1].isalpha() and not _opens_small_body(rest)
        if not joint["of"] or is_subject(rest) or small:
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
        if (
            article
            and named
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


def _opens_small_body(text: str) -> bool:
    """Say whether a noun of a body in small letters has a name behind it ("l'association Rives")."""
    first, _, rest = text.partition(" ")
    named = bool(re.match(r"[A-ZÀ-Þ«“\"]", rest)) and fold(first) not in _PARTS_OF_BODY
    return named and in_list(fold(first), "organization_heads")


def _begins_with_body(text: str) -> bool:
    phrase = _SPLIT_WORDS.split(text, maxsplit=1)[0]
    return has_head(phrase)


def _without_article(text: str) -> str:
    return re.sub(r"^(?:the|la|l['’]|le)\s*(?=[A-ZÀ-Þ])", "", text) if text[:1].islower() else text


def is_subject(rest: str) -> bool:
    """Say whether the next words are a part of a body or a subject ("Board of …", "Policy at …")."""
    phrase = words(re.split(r"\s+(?:of|at|for|de|del|du|des|la|en|à)\s|,", rest, maxsplit=1)[0])
    skip = {"the", "and", "&", "et", "y", "a", "its", "la", "le"}
    return all(in_list(w, "unit_words") for w in phrase if w not in skip)


def _names_body(token: str) -> bool:
    return in_list(fold(token).strip('«»"“”„.,'), "organization_heads")


def _without_joint(text: str, *, sure: bool) -> Post:
    """Part "Co-Founder Hill Organization": words of the post, then words that name a body."""
    tokens = text.split()
    end = 0
    for index, token in enumerate(tokens):
        unit = bool(end) and token.islower() and in_list(fold(token), "unit_words")
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
    match = _CHINESE_ROLE.search(text)
    body = text[: match.start()].strip() if match else ""
    if body and body_evidence(body) >= 0.6 and has_head(body):
        return Post(text[len(body) :].strip(), body)
    if len(body) > 2 and _CHINESE_OFFICE.search(text):
        # Of an office, not of a calling: what stands before it is a body, known or not.
        return Post(text[len(body) :].strip(), body, sure=False)
    return Post(text)
