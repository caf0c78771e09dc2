"""The text of a web page: many letters live on web sites and are saved from there as HTML."""

from __future__ import annotations

import html
import re

import nh3

BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
OPENING = re.compile(r"^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
MARK = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>")
PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|blockquote)>")
LINE = re.compile(r"<br>|</?(?:li|tr)>")


def is_page(text: str) -> bool:
    """Tell whether `text` is a web page rather than plain text."""
    return OPENING.match(text) is not None


def text_of_page(page: str) -> str:
    """Return what a page says, one block a paragraph; scripts, styles and addresses are dropped.

    Raised numbers (`<sup>3</sup>`) stay with their word, as in a text extraction.
    """
    page = re.sub(r"<(head|nav|header|footer)\b.*?</\1\s*>", " ", page, flags=re.I | re.S)
    kept = nh3.clean(page, tags={*BLOCKS, "sup"}, attributes={}, link_rel=None)
    kept = " ".join(MARK.sub(r"\1", kept).split())
    kept = LINE.sub("\n", PARAGRAPH.sub("\n\n", kept))
    lines = [html.unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
