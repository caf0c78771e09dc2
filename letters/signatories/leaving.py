"""Text in a list that signs nothing, and why it is left out."""

import re
from collections.abc import Callable

from letters.signatories.bodies import has_head
from letters.signatories.capacity import without_affiliation_remark
from letters.signatories.labels import field_of, read_labels
from letters.signatories.places import read_place
from letters.signatories.remarks import gettext_noop
from letters.signatories.text import fold, is_chinese, plain, unnumbered, word_list

HEADING = gettext_noop("a heading")
PAGE_NUMBER = gettext_noop("a page number")
RULE = gettext_noop("a line without words")
ADDRESS = gettext_noop("an address of the web or of mail")
CONTACT = gettext_noop("whom to ask about the letter")
NOTE = gettext_noop("looks like a footnote")
SENTENCE = gettext_noop("a sentence, not a name")
COPIES = gettext_noop("to whom copies go")
DATE = gettext_noop("a date")
PLACE_ALONE = gettext_noop("a place by itself")
TABLE_HEAD = gettext_noop("the head of a table")

_SUPERSCRIPTS = tuple("¹²³⁴⁵⁶⁷⁸⁹")
_PAGE = re.compile(
    r"^[-–—\s]*(?:(?:page|p\.|página|pág\.|стр\.|страница|صفحة|第)\s*)?\d{1,4}\s*(?:页|(?:/|of|de|sur|из|من|共)\s*\d{1,4}\s*页?)?[-–—\s]*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^(?:(?:web(?:site)?|e-?mail|tel|phone|contact|fax|courriel|correo)\s*[:.]?\s*)?"
    r"(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\+?[\d\s()-]{7,})$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:\[?\d{1,2}\]?[.)]?\s+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*|\*+\s*)?"
    r"(?:see\b|cf\.|ibid|available at|for more information|voir\b|véase|ver (?:también|https?|www)|сноска\b|примечание\b|footnote\b|حاشية|脚注|注[:：]|см\.|انظر|参见|source:|note:|nota:)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:(?:joint|open|public|urgent)\s+(?:civil society\s+|ngo\s+)?(?:statement|letter|appeal|declaration|call|communiqu[ée])\b"
    r"|(?:lettre ouverte|d[ée]claration (?:conjointe|commune)|communiqu[ée] (?:conjoint|de presse)|appel (?:conjoint|urgent))\b"
    r"|(?:carta abierta|declaraci[óo]n conjunta|comunicado (?:conjunto|de prensa)|pronunciamiento conjunto)\b"
    r"|(?:открытое письмо|совместное (?:заявление|обращение)|коллективное обращение)\b"
    r"|(?:رسالة مفتوحة|بيان مشترك|نداء عاجل)(?:\s|$)|(?:公开信|联合声明|联署声明|联名信))",
    re.IGNORECASE,
)
_LIST_OF = re.compile(
    r"^(?:(?:full |complete )?list of |liste (?:complete )?des? |lista (?:completa )?de (?:las |los )?|(?:полный )?список |قائمه )"
    r".{0,40}(?:signator|signatair|firmant|undersign|suscript|endors|supporter|подпис|организаци|الموقع|المنظمات)"
)
_UPDATED = re.compile(
    r"^(?:(?:list\s+)?(?:last\s+)?updated\b|as of\s|last modified|derni[èe]re mise [àa] jour|mise? [àa] jour|[úu]ltima actualizaci[óo]n|actualizado"
    r"|(?:последнее )?обновлен|по состоянию на|آخر تحديث|(?:最后)?更新|截至)",
    re.IGNORECASE,
)
_PHONES = re.compile(
    r"^(?:tel|t[ée]l|fax|phone|ph|mob(?:ile)?|cell|whatsapp|тел|факс|моб|هاتف|فاكس|电话|传真|tel[ée]fono)\b[.:：]*\s*[+\d(]",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\+\d[\d\s().-]{7,}|\b(?:tel|t[ée]l|тел|هاتف|电话)[.:：]\s*[\d+]", re.IGNORECASE
)
_DESK = re.compile(
    r"^(?:press|media|communications?|presse|prensa|secretariat|пресс-служба|المكتب الإعلامي|新闻)(?:\s(?:office|officer|contact|team|desk|service))?\b",
    re.IGNORECASE,
)
_DONE_AT = re.compile(
    r"^(?:fait|done|signed|hecho|dado|firmado|составлено|подписано|حرر|صدر)\s+(?:à|at|in|en|в|г\.|في)\s.{2,40}\d{4}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?:^|,\s*|\s)(?:[A-Z]{1,2}-)?\d{4,6}\s+[A-ZÀ-ÞА-Я]|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
)
_STREET = re.compile(
    r"\b\d+[a-z]?,?\s+(?:\w+\s+){0,3}(?:street|st\.|road|rd\.|avenue|ave\.?|square|lane|quay)\b|\b(?:rue|calle|avenida|ул\.|via)\s"
    r"|\w+(?:straße|strasse|straat)\s\d|\bp\.?\s?o\.?\s?box\b",
    re.IGNORECASE,
)
_WEB = re.compile(r"\bwww\.|https?://|@\w+\.\w", re.IGNORECASE)
_CONTACT_LINE = re.compile(
    r"^(?:(?:press|media|for)\s+)?(?:contacts?|contacto|contact presse|контакты?|для связи|للتواصل|للاتصال|联系(?:人|方式)?|"
    r"(?:more|further) information|media enquiries|press enquiries|plus d['’]informations?|más información)"
    r"(?:\s+(?:press|presse|media|prensa|person|details|information|de prensa|points?))?\s*[:：]",
    re.IGNORECASE,
)
_COPIES = re.compile(
    r"^(?:cc|copy|copie|copia|копия|抄送|نسخة(?: إلى)?)\s*(?:to)?\s*[:：]", re.IGNORECASE
)
_DATE = re.compile(
    r"^(?:[\w\s]+,\s*)?(?:\d{1,2}(?:st|nd|rd|th|er)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?\d{4}(?:\s*г\.?)?"
    r"|[^\W\d_]{3,12}\s+\d{1,2},\s*\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{4}年\d{1,2}月\d{1,2}日)$"
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|we|our|us|please|add|click|will|would|should|urge|call|request|thank|hope|believe|sign|support|"
    r"this|these|that|which|marked|joined|listed|indicated|nous|notre|sont|est|avons|remercions|demandons|somos|nuestro|hemos|pedimos|agradecemos|son|"
    r"мы|наш|наши|призываем|благодарим|просим|является|the following|ci-dessous|abajo|ниже)\b",
    re.IGNORECASE,
)
_ARABIC_VERBS = re.compile(
    r"(?:^|\s)(?:نحن|إننا|ندعو|نشكر|نأمل|نطالب|نحث|نود|الموقعون أدناه|الموقعين أدناه)(?:\s|$)"
)
_CHINESE_VERBS = re.compile(r"我们|敬请|呼吁|感谢|以下签|如下[：:]|谨此|期待")


def reason_to_leave(line: str) -> str:
    """Return why a printed line is no signatory, or "" when it may be one."""
    text = plain(line)
    bare = unnumbered(text)
    signs: tuple[tuple[str, Callable[[], bool]], ...] = (
        (RULE, lambda: not any(c.isalnum() for c in text)),
        (PAGE_NUMBER, lambda: bool(_PAGE.match(text))),
        (ADDRESS, lambda: _is_address(bare)),
        (CONTACT, lambda: _is_contact(bare)),
        (NOTE, lambda: text[:1] in _SUPERSCRIPTS or bool(_NOTE.match(text) or _NOTE.match(bare))),
        (NOTE, lambda: _is_remark(bare)),
        (COPIES, lambda: bool(_COPIES.match(bare))),
        (NOTE, lambda: bool(_UPDATED.match(bare)) and _has_digit(bare)),
        (DATE, lambda: bool(_DATE.match(bare) or _DONE_AT.match(bare))),
        (HEADING, lambda: _is_heading(bare)),
        (TABLE_HEAD, lambda: _is_table_head(bare)),
        (SENTENCE, lambda: _is_sentence(bare)),
        (PLACE_ALONE, lambda: bare.endswith(":") and read_place(bare) is not None),
    )
    return next((reason for reason, holds in signs if holds()), "")


def _has_digit(text: str) -> bool:
    """Say whether a digit stands in the text."""
    return any(c.isdigit() for c in text)


def _is_address(text: str) -> bool:
    """Say whether a line is an address of the web, of mail, of a telephone or of a house."""
    if _ADDRESS.match(text) or _PHONES.match(text):
        return True
    return bool(_STREET.search(text) and _POSTCODE.search(text) and not has_head(text))


def _is_remark(text: str) -> bool:
    """Say whether a line is nothing but "affiliation for identification only"."""
    rest, said = without_affiliation_remark(text)
    return said and not any(map(str.isalnum, rest))


def _is_contact(text: str) -> bool:
    """Say whether a line tells whom to ask, and is no entry whose fields have labels."""
    if _STREET.search(text) and _WEB.search(text):
        return True
    if _PHONE.search(text) and (_DESK.match(text) or _STREET.search(text)):
        return True
    return bool(_CONTACT_LINE.match(text)) and not read_labels(text)


def _is_heading(text: str) -> bool:
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*:?$", "", fold(text))
    if (_TITLE.match(text) or _LIST_OF.match(fold(text))) and "," not in text:
        return True
    key = "_".join(re.sub(r"[^\w\s-]", " ", bare).split())
    if key in word_list("headings") or key.strip("-_") in word_list("headings"):
        return True
    if text.endswith((":", "：")) and "," not in text and len(text.split()) <= 12:
        return True
    return bool(
        re.match(
            r"^(?:signed|signataires|firmado|подписи|signatories|appendix|annex|annexe|anexo)\b.{0,30}$",
            fold(text),
        )
        and not has_head(text)
        and "," not in text
        and len(text.split()) <= 3
    )


def _is_table_head(text: str) -> bool:
    cells = [c for c in re.split(r"[\t|;,]", text) if c.strip()]
    return len(cells) >= 2 and all(
        field_of(c) or fold(c).strip() in ("no", "n°", "#", "№") for c in cells
    )


def _is_sentence(text: str) -> bool:
    if is_chinese(text):
        return bool(_CHINESE_VERBS.search(text)) or (text.endswith("。") and len(text) > 25)
    if _ARABIC_VERBS.search(text):
        return True
    tokens = text.split()
    if len(tokens) < 5 or re.search(r"[\u0600-\u06ff]", text):
        return False
    lower = sum(t[:1].islower() for t in tokens)
    verbs = len(_VERBS.findall(text))
    return (verbs >= 1 and lower / len(tokens) > 0.6) or (verbs >= 2 and lower / len(tokens) > 0.45)
