"""What stands round a name: forms of address before it, letters behind it."""

import re
from dataclasses import dataclass

from letters.signatories.text import fold, is_chinese, word_list

_CHINESE = re.compile(r"^(.{2,4}?|.+·.+?)\s*(先生|女士|小姐|博士|教授|律师|医生|阁下|同志)$")
_STYLES = re.compile(
    r"^(?:(?:\w+\.?\s+)?(?:Capt|Col|Maj|Gen|Lt|Brig|Adm|Amb|Captain|Colonel|Major|General|Lieutenant|Brigadier|Admiral|Justice"
    r"|Judge|Ambassador)\.?\s*\((?:ret|rtd|retd|retired|r)\.?\)|(?:El|Al|Hadj)[- ]?(?:Hadj|Hajj?|Hadji)(?=\s)|(?:Arch)?Bishop Emeritus(?=\s)|(?:The\s+)?(?:Right|Rt\.?|Most|Very)\s+(?:Hon|Revd?|Reverend|Honou?rable)\b\.?|His Excellency|(?:Emerit(?:us|a) Professor|Professor Emerit(?:us|a))\b(?=\s+[A-Z])"
    r"|Her Excellency|The (?:Rt\.? Hon|Hon|Rev|Honou?rable|Reverend)\b\.?|Son Excellence|Su Excelencia"
    r"|S\.\s?E\.(?=\s)|H\.\s?E\.(?=\s|[A-Z][a-z])|Его Превосходительство|Её Превосходительство)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Addressed:
    """A name without what stands round it; `honorific` has both, as printed."""

    name: str
    honorific: str
    sure: bool


_RUSSIAN_DEGREE = re.compile(r"^[кд]\.\s?[а-я]{1,8}\.\s?н\.?$")
# Abbreviations that are names or other words without their full stop.
_ONLY_WITH_STOP = frozenset(
    {"sen", "rep", "mag", "ing", "doc", "gus", "pt", "ds", "bp", "pres", "mej", "dip", "dn", "em"}
    | {"assoc", "asst", "assist", "cik", "lda", "mst"}
)
# What follows a title, and only there: "Prof. em. Dr. …", "Dr. h.c. mult. …", "Prof. Dr. iur. …".
_BEHIND_TITLE = re.compile(
    r"^(?:em|emer|emerit[ua]s?|h\.?c|hc|habil|mult|iur|jur|phil|med|theol|rer|nat|pol|oec|soc|ao|o|univ|"
    r"asoc|ass|tit|hon|eng|in|retd?|rtd|honoris|causa)\.?$|^\((?:dr|mrs|ms|engr|em|ret|retd|rtd|hon)\.?\)$",
    re.IGNORECASE,
)


def _is_behind_title(token: str, taken: list[str]) -> bool:
    bare = token.rstrip(".,")
    return (
        bool(taken)
        and (token.endswith((".", ")")) or bare.lower() in ("emeritus", "emerita"))
        and bool(_BEHIND_TITLE.match(token.rstrip(",")))
    )


def is_honorific(token: str) -> bool:
    """Say whether a single word is a form of address."""
    bare = fold(token).strip("().,")
    if bare in _ONLY_WITH_STOP:
        return token.endswith(".")
    if bare in word_list("honorifics"):
        # "M", "D" and "Don" are initials and names too; a full stop or a long word decides.
        return len(bare) > 1 or token.endswith(".") or not token.isascii() or bare == "m"
    if _RUSSIAN_DEGREE.match(bare):
        return True
    return "." in bare and bare.replace(".", "") in word_list("honorifics")


# "Jane Doe, Dr. iur., …" and "Jane Doe, Dr., …": a title that stands behind the name.
_TITLE_BEHIND = re.compile(
    r"^(?:(?:Dr|Prof|Mag|Dipl|Ing)\.?(?:[-\s](?:iur|jur|phil|med|rer|nat|pol|theol|h\.?c|habil|oec|Ing|ing)\.?)*)$"
)


def is_postnominal(text: str) -> bool:
    """Say whether the whole text is letters behind a name ("PhD", "Ph.D.", "OBE, PhD")."""
    parts = [p for p in re.split(r"[,\s]+", text.strip()) if p]
    if parts and all(_RUSSIAN_DEGREE.match(part) for part in parts):
        return True
    if parts and _TITLE_BEHIND.match(text.strip()):
        return True
    return bool(parts) and all(
        fold(p).replace(".", "") in word_list("postnominals") and sum(c.isupper() for c in p) >= 1
        for p in parts
    )


def strip_honorifics(text: str) -> Addressed:
    """Take the forms of address off a name. `sure`: one was met that only people have."""
    match = _CHINESE.match(text) if is_chinese(text) else None
    if match:
        return Addressed(match[1].strip(), match[2], True)
    taken, rest = [], text.strip()
    if rest.lower().startswith("sri lanka"):
        return Addressed(rest, "", False)
    style = _STYLES.match(rest)
    if style:
        taken.append(style[0].strip())
        rest = rest[style.end() :]
    tokens = _glued_apart(rest).split()
    sure = bool(taken)
    while len(tokens) > 1 and (
        is_honorific(tokens[0]) or _is_behind_title(tokens[0], taken) or _is_post(tokens, taken)
    ):
        sure = sure or is_honorific(tokens[0])
        taken.append(tokens.pop(0))
    name, behind = _strip_postnominals(" ".join(tokens))
    honorific = ", ".join(part for part in (" ".join(taken), behind) if part)
    return Addressed(name, honorific, sure or bool(behind))


def _glued_apart(text: str) -> str:
    """Put a space after "Dr." in "Dr.Jane" and after "د." in "د.سارة"."""
    return re.sub(
        r"^((?:Dr|Mr|Mrs|Ms|Prof|Mme|Sra|Rev|[دأم])\.)(?=[A-ZÀ-Þ\u0600-\u06ff][^\W\d_])",
        r"\1 ",
        text,
    )


def _is_post(tokens: list[str], taken: list[str]) -> bool:
    """Say whether a post stands before a name here: two capitalised words or more must follow."""
    if fold(tokens[0]).rstrip(".") not in word_list("honorific_posts"):
        return False
    following = [t for t in tokens[1:] if not _BEHIND_TITLE.match(t.rstrip(","))][:2]
    if not following:
        return False
    named = all(
        (t[:1].isupper() or fold(t) in word_list("particles"))
        and fold(t) not in word_list("role_heads")
        for t in following
    )
    return named and following[0][:1].isupper() and (len(following) == 2 or bool(taken))


def _strip_postnominals(name: str) -> tuple[str, str]:
    tokens = name.split()
    behind: list[str] = []
    while len(tokens) > 2 and _is_letters(tokens[-1]):
        behind.insert(0, tokens.pop())
    return " ".join(tokens).rstrip(","), " ".join(behind)


def _is_letters(token: str) -> bool:
    """Say whether a last token is letters behind a name; two capitals at least ("MA", "PhD")."""
    return (is_postnominal(token) and sum(c.isupper() for c in token) >= 2) or fold(token) in (
        "esq.",
        "sj",
        "s.j.",
        "op",
        "ofm",
        "ocd",
        "cssr",
    )
