"""Organizations: how far a text looks like the name of a body, and what an acronym is."""

import re

from letters.signatories.names import given_name
from letters.signatories.places import names_a_place
from letters.signatories.text import fold, in_list, is_chinese, word_list, words

_LINKING = frozenset(
    [
        "of",
        "for",
        "and",
        "the",
        "in",
        "on",
        "to",
        "with",
        "against",
        "&",
        "des",
        "du",
        "et",
        "pour",
        "de",
        "d'etudes",
        "en",
        "la",
        "los",
        "las",
        "del",
        "para",
        "y",
        "por",
        "contra",
        "con",
        "e",
        "и",
        "за",
        "для",
        "по",
        "в",
        "без",
        "из",
        "от",
        "für",
        "und",
        "i",
        "ve",
        "dan",
        "na",
        "kwa",
        "without",
        "under",
        "from",
        "beyond",
    ]
)
_CHINESE_HEAD = re.compile(
    r"(?:协会|基金会|基金|中心|网络|组织|联盟|研究所|研究院|研究会|大学|学院|委员会|学会|联合会|论坛|俱乐部|机构|小组|公社|社团|报社|"
    r"通讯社|商会|教会|工会|妇联|促进会|团体|平台|倡议|运动|项目|工作室|事务所|智库|之家|行动|总会|分会|集团|公司|学校|书院|社区|服务社|服务站|计划|"
    r"理事会|议会|联合体|互助会|志愿者|联络处|办事处|实验室|基地|同盟|会议|援助会|协进会|之友|观察|力量|之声|(?<=...)会)$"
)
_CHINESE_INSIDE = re.compile(
    r"和平|人权|妇女|青年|发展|公益|国际|环境|社会|社区|教育|民主|文化|权益|全球|非洲|亚洲"
)
_LEGAL = re.compile(
    r"\b(?:Inc|Ltd|LLC|LLP|PLLC|PLC|CIC|CIO|g?GmbH|gUG|e\. ?V|A\. ?C|a\.s\.b\.l|asbl|ASBL|VZW|SARL|S\.A\.S|OÜ|Oy|ApS|MTÜ|"
    r"z\.s|o\.p\.s|n\.o|ry|Foundation|ONG|NGO|НПО|АНО)\b"
)
_ACRONYM = re.compile(r"^[^\W\d_][\w.&’'/+\-]{1,14}$")


def is_acronym(text: str) -> bool:
    """Say whether a text without spaces is written like an acronym ("CSO", "WomenNet", "P4P")."""
    text = text.strip()
    if not _ACRONYM.match(text) or is_chinese(text):
        return False
    if "-" in text and all(re.fullmatch(r"[^\W\d_][^\W\d_A-ZА-Я]+", p) for p in text.split("-")):
        return False  # "Le-Mans": words with a hyphen.
    capitals = sum(c.isupper() for c in text)
    letters = sum(c.isalpha() for c in text)
    if re.search(r"[\u0600-\u06ff]", text):
        return False
    if capitals and re.search(r"\d", text):
        return text == text.upper()
    return capitals >= 2 and (capitals * 2 >= letters or letters <= 8)


def initials_match(acronym: str, name: str) -> bool:
    """Say whether the capitals of the acronym follow from the first letters of the name's words."""
    letters = [fold(c) for c in acronym if c.isalpha()]
    source = [w[0] for w in re.split(r"[\s\-/'’]+", fold(name)) if w]
    return _in_order(letters, source) or (
        len(letters) > 2
        and _in_order(letters, [c for c in fold(name) if c.isalpha()])
        and letters[0] == source[0]
    )


def _in_order(letters: list[str], source: list[str]) -> bool:
    remaining = iter(source)
    return bool(letters) and all(letter in remaining for letter in letters)


_NO_HEADS = re.compile(
    r"civil society(?! organi[sz]ations?| network| forum| association)|société civile|sociedad civil|"
    r"гражданско\w+ обществ\w+|академик\w{0,2}\b|المجتمع المدني|民间社会|"
    r"\bcoordinadora(?=\s+(?:general|nacional|regional|ejecutiva|adjunta|de|del)\b|\s*$)",
    re.IGNORECASE,
)


def has_head(text: str) -> bool:
    """Say whether a word of the text names a kind of body ("network", "фонд", "协会")."""
    text = _NO_HEADS.sub("", text)
    if is_chinese(text):
        return bool(_CHINESE_HEAD.search(text.strip('“”《》"')))
    found = [re.sub(r"'s$", "", w) for w in words(text)]
    found += [w.rsplit("-", 1)[1] for w in found if "-" in w]
    return any(in_list(w, "organization_heads") for w in found) or bool(_LEGAL.search(text))


def opens_as_body(text: str) -> bool:
    """Say whether the first word is a body here and a post elsewhere ("Coordinadora Maya …")."""
    first = words(_NO_HEADS.sub("", text))[:1]
    return bool(first) and all(
        in_list(first[0], name) for name in ("role_heads", "organization_heads")
    )


def body_evidence(text: str) -> float:
    """Return 0 (no sign of a body) to 1 (surely the name of one)."""
    if is_chinese(text):
        return _chinese(text)
    found = [re.sub(r"'s$", "", w) for w in words(text)]
    if not found:
        return 0.0
    vocabulary = sum(in_list(w, "organization_words") and not given_name(w) for w in found)
    score = 0.62 if has_head(text) else 0.0
    score += min(0.5, 0.27 * vocabulary)
    score += 0.25 if any(w in _LINKING for w in fold(text).split()[1:-1]) else 0.0
    score += 0.3 if any(w in word_list("demonyms") or names_a_place(w) for w in found) else 0.0
    score += 0.25 if re.search(r'["“”«»„]', text) else 0.0
    score += 0.3 if re.fullmatch(r'["“«„].*["”»“]', text.strip()) else 0.0
    score += 0.2 if re.search(r"\d|!|\+|&", text) else 0.0
    score += 0.4 if len(found) == 1 and " " not in text.strip() else 0.0
    score += 0.15 if fold(text).startswith(("the ", "les ", "los ", "las ", "la ")) else 0.0
    score += 0.2 if any(is_acronym(w) for w in text.split()) else 0.0
    return min(1.0, score)


def _chinese(text: str) -> float:
    if _CHINESE_HEAD.search(text.strip('“”《》"')):
        return 0.95
    score = 0.6 if _CHINESE_INSIDE.search(text) else 0.2
    return score + (0.2 if len(text) > 4 else 0.0)
