"""Makes the Arabic text layer read right in viewers.

Four cures; two have files of their own: letters and their marks are kept together (marked_letters),
and lines are drawn from the left (visual_lines).

WeasyPrint takes what a glyph stands for from the first word in which it meets it, and mistakes a
letter for its mark there (the ba of "بُ" is written down as nothing, the damma as "بُ"):
every later word with that letter is then wrong. What a glyph of our Arabic font stands for is taken
from the tables of the font instead.

WeasyPrint also writes glyphs in visual order, and maps a ligature (lam-alef) to its letters in logical
order. Readers turn a right-to-left run around letter by letter, so السلام would be read as السالم.
With the mapping of such ligatures turned round as well, poppler, pdfium (Chrome), MuPDF and pdf.js
(Firefox) give back the source text. The Amiri that we carry draws lam and alef as two glyphs and
needs none of this; the repair stands guard for the day when another font, or another version of
HarfBuzz, joins them.
"""

import re
from collections.abc import Iterator
from functools import cache

import pydyf
from fontTools.ttLib import TTFont

from foundation.documents.fonts import FONTS
from foundation.documents.marked_letters import is_mark, keep_together
from foundation.documents.visual_lines import draw_from_the_left

_ENTRY = re.compile(rb"<([0-9a-f]{4})> <((?:[0-9a-f]{4})*)>")
SINGLE, MULTIPLE = 1, 2  # lookup types of GSUB: one glyph for one, several for one
_OURS = re.compile(r"Amiri(?:[ -](Bold))?")
_LIGATURE = re.compile(rb"<([0-9a-f]+)> <((?:[0-9a-f]{4}){2,})>")


def repair(pdf: pydyf.PDF) -> int:
    """Right every Arabic entry of every font's ToUnicode table and every marked letter, in place.

    Takes the document before it is written, so nothing has to be parsed again. Returns how many
    entries, letters and lines were changed.
    """
    changed = 0
    marked: dict[bytes, dict[int, str]] = {}  # fonts in which letters carry marks
    is_arabic = False
    for item in pdf.objects:
        if isinstance(item, dict) and "ToUnicode" in item:
            table = pdf.objects[int(item["ToUnicode"].split()[0])]
            name = _name(item.get("BaseFont", ""))
            if ours := _OURS.search(name):
                is_arabic = True
                letters = _letters("Bold" if ours[1] else "Regular")
                changed += _name_glyphs(table, letters)
                if _has_marks(table):
                    marked[name.strip("/").partition("+")[0].encode()] = letters
            changed += _turn_ligatures(table)
    for page in _drawings(pdf) if is_arabic else ():
        changed += keep_together(page, marked) if marked else 0
        changed += draw_from_the_left(page)
    return changed


def _has_marks(table: pydyf.Stream) -> bool:
    entries = (_ENTRY.fullmatch(line) for line in table.stream)
    return any(is_mark(bytes.fromhex(m[2].decode()).decode("utf-16-be")) for m in entries if m)


def _drawings(pdf: pydyf.PDF) -> list[pydyf.Stream]:
    streams = (item for item in pdf.objects if isinstance(item, pydyf.Stream))
    return [stream for stream in streams if b"BT" in stream.stream]


@cache
def _letters(weight: str) -> dict[int, str]:
    """The letters that each glyph of our Arabic font stands for, as the font's own tables say."""
    with TTFont(FONTS / f"Amiri-{weight}.ttf") as font:
        letters = ((chr(code), name) for code, name in font.getBestCmap().items())
        found = {name: {letter} for letter, name in letters if _is_arabic(letter)}
        forms = list(_forms(font))
        while _spread(forms, found):
            pass
        numbers = font.getReverseGlyphMap()
    # A form that several letters share says nothing; WeasyPrint's first word is the better guess.
    return {numbers[name]: min(texts) for name, texts in found.items() if len(texts) == 1}


def _spread(forms: list[tuple[str, str]], found: dict[str, set[str]]) -> bool:
    """Give each form the letters of the glyph it is drawn for; True while something was new."""
    grew = False
    for old, new in forms:
        letters = found.setdefault(new, set())
        if not found.get(old, set()) <= letters:
            letters |= found[old]
            grew = True
    return grew


def _forms(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield (glyph, glyph that may be drawn for it): the forms of a letter at its place in a word."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == SINGLE:
                yield from table.mapping.items()
            elif table.LookupType == MULTIPLE:  # Amiri's initial, medial and final forms are such
                yield from ((old, new[0]) for old, new in table.mapping.items() if len(new) == 1)


def _name_glyphs(table: pydyf.Stream, letters: dict[int, str]) -> int:
    changed = 0
    for number, line in enumerate(table.stream):
        match = _ENTRY.fullmatch(line)
        text = letters.get(int(match[1], 16)) if match else None
        if match is None or text is None:
            continue
        right = b"<" + match[1] + b"> <" + text.encode("utf-16-be").hex().encode() + b">"
        if right != line:
            table.stream[number] = right
            changed += 1
    return changed


def _turn_ligatures(table: pydyf.Stream) -> int:
    turned = 0
    for number, line in enumerate(table.stream):
        match = _LIGATURE.fullmatch(line)
        if match is None:
            continue
        letters = bytes.fromhex(match[2].decode()).decode("utf-16-be")
        if _is_arabic(letters):
            reverse = letters[::-1].encode("utf-16-be").hex().encode()
            table.stream[number] = b"<" + match[1] + b"> <" + reverse + b">"
            turned += 1
    return turned


def _is_arabic(text: str) -> bool:
    return all("\u0590" <= letter <= "\u08ff" for letter in text)


def _name(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
