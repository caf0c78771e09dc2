"""A printed line made fit to be read: without numbers, labels, pronouns and marks of notes."""

import re

from letters.signatories.places import read_place
from letters.signatories.text import plain, unnumbered

_LABEL = re.compile(
    r"^(?:signed(?: by)?|signature|sign[ée](?: par)?|firmado(?: por)?|firma|подпись|подписал[аи]?|التوقيع|签名|签署人?)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"\s*\((?:she|he|they|elle|il|iel|ella|él|elle)\s*/\s*\w+(?:\s*/\s*\w+)?\)", re.I
)
# "Comfort Mensah (Mrs)": the form of address goes before the name.
_ADDRESS_BEHIND = re.compile(
    r"^([^,()]+?)\s*\((Mrs?|Ms|Dr|Prof|Rev|Sir|Dame|Lord|Eng|Engr|Mme|Sra?|Miss)\.?\)(?=\s*(?:[,–—|-]|$))"
)
# "Movimiento … -MVP-": an acronym between dashes.
_BETWEEN_DASHES = re.compile(r"\s+[-–]\s?([A-ZÀ-Þ]{2,10})\s?[-–](?=\s*(?:,|\(|$))")
# Spaces that stand for a column of a table, not those behind a number or a bullet.
_WIDE_GAP = re.compile(r"(?<=[^\W\d_]|[)»”\"']) {4,}(?=\S)")
_SHORT_ENDS = re.compile(
    r"(?:\b\w|\b(?:Inc|Ltd|Co|Jr|Sr|Esq|etc|Corp|[A-Za-z]\.\s?[A-Za-z]|V|C|D))\.$"
)


def prepared(line: str) -> str:
    """Return the line as the rules read it; its words stay as printed."""
    line = _WIDE_GAP.sub(" | ", line.strip().replace("\r", "\n").replace("\n", " "))
    text = _LABEL.sub("", unnumbered(plain(line)))
    text = _ADDRESS_BEHIND.sub(r"\2 \1", text)
    text = _BETWEEN_DASHES.sub(r" (\1)", _PRONOUNS.sub("", text))
    text = re.sub(r"(?<=\w)[*†‡¹²³]+(?=[\s,;)]|$)", "", text)
    text = re.sub(r"(?:\s*\*+|\s*\[\d{1,2}\]|[\s;,]+)$", "", text)
    if text.endswith((".", "。")) and not _SHORT_ENDS.search(text):
        text = text[:-1]
    text = _acronym_forward(_place_after_stop(text))
    whole = re.fullmatch(r"\[(.*)\]|\((.*)\)", text)
    return (whole[1] or whole[2] or text) if whole else text


def _acronym_forward(text: str) -> str:
    """Read "Hill Network - Kenya (HNK)" as "Hill Network (HNK) - Kenya"."""
    match = re.match(r"^(.{6,}?)(\s[-–—]\s|,\s)([^,()]{3,30})\s\(([A-Z]{3,12})\)$", text)
    if not match or "(" in match[1]:
        return text
    place = read_place(match[3])
    behind = place and place.rank in ("country", "city") and not read_place(match[4])
    known = behind and not read_place(f"{match[3]} ({match[4]})")
    return f"{match[1]} ({match[4]}){match[2]}{match[3]}" if known else text


def _place_after_stop(text: str) -> str:
    """Read "Hill Network. Kenya" as "Hill Network, Kenya"."""
    match = re.match(r"^(.{6,}[^\W\d_]{3}[)»”\"]?)(?<!Rep)\.\s+([^.,;]{3,40})$", text)
    place = read_place(match[2]) if match else None
    return f"{match[1]}, {match[2]}" if match and place and place.rank == "country" else text
