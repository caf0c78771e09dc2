"""Printed lines to paragraphs, lists and headings in the markup of the project."""

import re
from dataclasses import dataclass, field

from letters.reading.phrases import ORDINAL
from letters.signatories.text import is_chinese

_TERMINAL = re.compile(r"[.!?:;。！？：；؟…][”\"’»)\]]*(?:\[?\^?\d{1,2}\]?|[⁰¹²³⁴-⁹]+)?\s*$")
_SENTENCE_END = re.compile(r"[.!?。！？؟…][”\"’»)\]]*(?:\[?\^?\d{1,2}\]?|[⁰¹²³⁴-⁹]+)?\s*$")
_ITEM = re.compile(r"^\s*(?P<mark>[a-z]\)|\(?[a-z]\)|\d{1,2}[.)]|[•●▪○·*–—-])\s+(?P<text>\S.*)$")
_COMPOUND = frozenset(
    [
        "self",
        "non",
        "co",
        "multi",
        "counter",
        "well",
        "women",
        "youth",
        "long",
        "short",
        "high",
        "low",
        "cross",
        "inter",
        "human",
        "pan",
        "anti",
        "pro",
        "ex",
        "vice",
        "under",
        "socio",
        "cost",
        "community",
    ]
)


@dataclass
class Reflowed:
    """The text in markup, and words of which it is not known whether their hyphen stays."""

    text: str = ""
    hyphens: list[str] = field(default_factory=list)


@dataclass
class _Block:
    kind: str  # "text", "item" or "heading"
    text: str
    last: str  # the last printed line, as printed


def reflow(lines: list[str]) -> Reflowed:
    """Join printed lines to paragraphs ("\\n\\n"), list items ("\\n") and headings ("## ").

    A paragraph ends at a blank line, unless a sentence runs on across it (a page break), and at a
    line that ends a sentence although the next word would still have fitted in.
    """
    result = Reflowed()
    width = _width(lines)
    whole = "\n".join(lines)
    blocks: list[_Block] = []
    blank = 0
    for index, line in enumerate(lines):
        if not line.strip():
            blank += 1
            continue
        if blocks and not _breaks(blocks[-1], line, blank, width):
            blocks[-1].text = _joined(blocks[-1].text, line.strip(), whole, result)
            blocks[-1].last = line
        else:
            blocks.append(_block(line, lines, index))
        blank = 0
    result.text = _assembled(blocks)
    return result


def _width(lines: list[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.95)] if lengths else 0


def _block(line: str, lines: list[str], index: int) -> _Block:
    item = _ITEM.match(line)
    if item:
        mark = item["mark"].lstrip("(")
        mark = re.sub(r"^(\d{1,2})\)$", r"\1.", mark) if mark[0].isalnum() else "-"
        return _Block("item", f"{mark} {item['text'].strip()}", line)
    if _is_heading(line, lines, index):
        return _Block("heading", line.strip().lstrip("# "), line)
    return _Block("text", line.strip(), line)


def _is_heading(line: str, lines: list[str], index: int) -> bool:
    text = line.strip()
    if text.startswith("## "):
        return True
    alone = (index == 0 or not lines[index - 1].strip()) and (
        index + 1 < len(lines) and not lines[index + 1].strip()
    )
    following = next((x.strip() for x in lines[index + 1 :] if x.strip()), "")
    short = len(text) <= (25 if is_chinese(text) else 70)
    begins = following[:1].isupper() or not following[:1].isascii() or bool(_ITEM.match(following))
    return (
        alone
        and short
        and begins
        and text[:1] == text[:1].upper()
        and not re.search(r"[.,;:!?。，；：،؛]\s*$", text)
    )


def _breaks(block: _Block, line: str, blank: int, width: int) -> bool:
    if block.kind == "heading":
        return True
    item = _ITEM.match(line)
    if item and (block.kind == "item" or _TERMINAL.search(block.last)):
        return not _is_dash_in_sentence(item["mark"], block)
    ended = bool(_SENTENCE_END.search(block.last))
    if blank:
        return ended or bool(re.search(r"[:;：；]\s*$", block.last)) or not _runs_on(line, block)
    if not ended:
        return False
    first = line.split(maxsplit=1)[0]
    room = len(block.last.strip()) + 1 + len(first) <= width - 3
    if is_chinese(line):
        room = len(block.last.strip()) < width - 3
    return (
        room
        or bool(ORDINAL.match(line))
        or (line[:1] in " \t\u3000" and block.last[:1] not in " \t")
    )


def _is_dash_in_sentence(mark: str, block: _Block) -> bool:
    """A dash at the start of a line goes on with a sentence that has not ended."""
    return mark in "–—" and not _TERMINAL.search(block.last)


def _runs_on(line: str, block: _Block) -> bool:
    first = line.strip()[:1]
    return (
        first.islower()
        or first in '(“"«[0123456789'
        or bool(re.search(r"[,،，]\s*$|\b(?:and|the|of|to|et|de|la|y|и|в)\s*$", block.last))
        or len(block.last.strip()) > 60
    )


def _joined(text: str, line: str, whole: str, result: Reflowed) -> str:
    if re.search(r"[\u3400-\u9fff，。、；：]$", text) and re.match(r"[\u3400-\u9fff（“]", line):
        return text + line
    broken = re.search(r"([^\W\d_]+)-$", text)
    following = re.match(r"[^\W\d_]+", line)
    if not broken or not following or not following[0][0].islower():
        return f"{text} {line}" if not text.endswith(("-", "—", "/")) else text + line
    left, right = broken[1], following[0]
    if re.search(rf"\b{left}-{right}\b", whole, re.IGNORECASE) or left.lower() in _COMPOUND:
        return text + line
    if not re.search(rf"\b{left}{right}\b", whole, re.IGNORECASE):
        result.hyphens.append(f"{left}-{right}")
    return text[:-1] + line


def _assembled(blocks: list[_Block]) -> str:
    text = ""
    for index, block in enumerate(blocks):
        gap = "\n" if index and block.kind == "item" == blocks[index - 1].kind else "\n\n"
        text += (gap if index else "") + ("## " if block.kind == "heading" else "") + block.text
    return text
