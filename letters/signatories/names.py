"""People: how far a text looks like the name of one person, and nothing else."""

import re

from letters.signatories.places import names_a_place, single_place
from letters.signatories.text import fold, in_list, is_chinese, word_list

_INITIAL = re.compile(r"^(?:[A-ZА-ЯÀ-Þ]\.?-?){1,3}\.?$")
_NAME = re.compile(r"^[^\W\d_][\w'’ʼ`.\-]*$")
_ARTICLE = re.compile(r"^(?:A|An|The|I|L['’].*|Les|Los|Las|El|La|Le)$")
_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|овна|евна|ична|инична|кызы|оглы|уулу)$")
_RUSSIAN_SURNAME = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|ской|ко|ук|юк|ян|швили|дзе|зода|заде|ич|ых|их)$"
)
_GLUED = re.compile(r"^(?:al|el|ul|an|as|ash|ad|d|l)-", re.IGNORECASE)
_SAINTS = frozenset({"san", "santa", "santo", "saint", "sainte", "st", "sao", "sveti"})
_CHINESE_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷曲盛冉翁蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑党宫费卜冷晏席卫柏祖池"
)
_CHINESE_NOT_NAME = re.compile(
    r"[会金心络织盟所院学团社部网署局]$|和平|人权|妇女|青年|发展|中国|国际|公益|主任|主席|秘书|独立|项目|之|的"
)


def person_evidence(text: str) -> float:
    """Return 0 (no person's name) to 1 (surely one) for a text without forms of address."""
    text = text.strip()
    if not text or text[-1] in '"”»' or any(c.isdigit() for c in text) or len(text) > 80:
        return 0.0
    if is_chinese(text):
        return _chinese(text)
    tokens = re.sub(r'["“«(]([^"”»)]+)["”»)]', r"\1", text).split()
    if re.search(r"[\u0600-\u06ff]", text):
        return _arabic(tokens)
    if not _is_shaped(tokens):
        return 0.0
    return _russian(tokens) if re.search(r"[\u0400-\u04ff]", text) else _latin(tokens)


def _is_particle(token: str) -> bool:
    return fold(token) in word_list("particles")


def _is_shaped(tokens: list[str]) -> bool:
    """Two to seven words with capitals, small words only between or before the last of them."""
    core = [t for t in tokens if not (_is_particle(t) and t[:1].islower())]
    if not 2 <= len(core) <= 6 or len(tokens) > 8:
        return False
    if (
        _ARTICLE.match(tokens[0])
        or tokens[-1].islower()
        or any("&" in t or "/" in t for t in tokens)
    ):
        return False
    return all(_is_capitalised(_GLUED.sub("", t) or t) or _INITIAL.match(t) for t in core)


def _is_capitalised(token: str) -> bool:
    return bool(_NAME.match(token)) and not token[0].islower()


def given_name(token: str) -> bool:
    """Say whether the word, or a part of it about a hyphen, is a known given name."""
    parts = [p for p in re.split(r"[-'.]", fold(token)) if p]
    return any(
        part in word_list("given_names_latin")
        or part in word_list("given_names_cyrillic")
        or part in word_list("given_names_arabic")
        for part in parts
    )


def is_vocabulary(token: str) -> bool:
    """Say whether a word belongs to names of bodies, posts or places rather than of people."""
    word = fold(token).strip("\"'.,«»“”")
    word = re.sub(r"'s$", "", word)
    lists = ("organization_heads", "organization_words", "demonyms", "role_heads", "unit_words")
    return any(in_list(word, name) for name in lists) or names_a_place(word)


def _latin(tokens: list[str]) -> float:
    core = [t for t in tokens if not (_is_particle(t) and t[:1].islower())]
    strange = sum(is_vocabulary(t) and not given_name(t) for t in core)
    known = [t for t in core if given_name(t) and len(t) > 2]
    score = 0.45
    score += 0.38 if given_name(core[0]) else 0.22 if known else 0.0
    score += 0.2 if any(_INITIAL.match(t) for t in core) else 0.0
    score += 0.15 if len(core) < len(tokens) or any(_GLUED.match(t) for t in tokens) else 0.0
    score += 0.1 if any(t[:3] in ("al-", "el-") for t in tokens[1:]) else 0.0
    score += 0.15 if _has_capital_surname(core) else 0.0
    score -= 0.15 if is_vocabulary(core[0]) and not given_name(core[0]) else 0.0
    score -= 0.35 * strange + 0.15 * sum(is_vocabulary(t) and given_name(t) for t in core)
    score -= 0.2 if len(core) > 4 else 0.0
    score -= 0.35 if _has_acronym(core) else 0.0
    score -= 0.35 if fold(core[0]).rstrip(".") in _SAINTS else 0.0
    score -= 0.3 if single_place(" ".join(tokens)) else 0.0
    # One strange word may still be a name ("Hope"), should a post follow it.
    return max(0.16 if strange <= 1 else 0.0, min(1.0, score))


def _has_capital_surname(core: list[str]) -> bool:
    capitals = [t for t in core if t.isupper() and len(t) > 3]
    return 0 < len(capitals) < len(core) and any(given_name(t) for t in core)


def _has_acronym(core: list[str]) -> bool:
    """A first word in capitals beside ordinary ones ("HORN Peace Trust") is no given name."""
    first, rest = core[0], core[1:]
    odd = (
        first.isupper() and len(first) > 2 and "." not in first and not all(map(str.isupper, rest))
    )
    return odd and not given_name(rest[0])


def _russian(tokens: list[str]) -> float:
    lower = [fold(t).strip(".,") for t in tokens]
    if any(
        is_vocabulary(t) and not given_name(t) and not _RUSSIAN_SURNAME.search(t.lower())
        for t in tokens
    ):
        return 0.1
    # In Russian, only names of people have capitals throughout.
    score = 0.42
    score += 0.35 if any(w in word_list("given_names_cyrillic") for w in lower) else 0.0
    score += 0.3 if any(_PATRONYMIC.search(t.lower()) for t in tokens) else 0.0
    score += 0.22 if any(_RUSSIAN_SURNAME.search(t.lower()) for t in tokens) else 0.0
    score += 0.3 if any(_INITIAL.match(t) for t in tokens) else 0.0
    return min(1.0, score)


def _arabic(tokens: list[str]) -> float:
    if not 2 <= len(tokens) <= 6:
        return 0.0
    first = fold(tokens[0])
    if any(t.startswith("لل") for t in tokens[1:]):
        return 0.1
    strange = sum(is_vocabulary(t) and not given_name(t) for t in tokens)
    if strange and (strange > 1 or first not in word_list("given_names_arabic")):
        return 0.1
    if (
        first in word_list("given_names_arabic")
        or first.startswith("عبد")
        or first in ("ابو", "ام")
    ):
        return 0.9
    return 0.65 if any(given_name(t) for t in tokens[1:]) else 0.45


def _chinese(text: str) -> float:
    if "·" in text:
        return 0.9 if not _CHINESE_NOT_NAME.search(text) else 0.2
    if not 2 <= len(text) <= 4 or _CHINESE_NOT_NAME.search(text):
        return 0.0
    known = text[0] in _CHINESE_SURNAMES
    return (0.85 if len(text) < 4 else 0.5) if known else 0.2
