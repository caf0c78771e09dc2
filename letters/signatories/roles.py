"""Posts and callings: what is one, and where it ends and the organization begins."""

import re

from letters.signatories.text import fold, in_list, is_chinese, word_list, words

SPLIT_WORDS = re.compile(
    r"\s+(?:of|for|at|with|from|in|on|to|du|des|de|del|d'|à|au|aux|chez|en|para|por|по|в|во|pour|la|der|des|do|da)"
    r"(?:\s|(?<='))|,|\s+d['’]",
    re.IGNORECASE,
)
CHINESE_ROLE = re.compile(
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


def is_subject(rest: str) -> bool:
    """Say whether the next words are a part of a body or a subject ("Board of …", "Policy at …")."""
    phrase = words(re.split(r"\s+(?:of|at|for|de|del|du|des|la|en|à)\s|,", rest, maxsplit=1)[0])
    skip = {"the", "and", "&", "et", "y", "a", "its", "la", "le"}
    return all(in_list(w, "unit_words") for w in phrase if w not in skip)
