"""Makes the Arabic text layer read right in viewers.

WeasyPrint writes glyphs in visual order, and maps a ligature (lam-alef) to its letters in logical
order. Readers turn a right-to-left run around letter by letter, so السلام would be read as السالم.
With the mapping of such ligatures turned round as well, poppler, pdfium (Chrome), MuPDF and pdf.js
(Firefox) give back the source text. The Amiri that we carry draws lam and alef as two glyphs and
needs none of this; the repair stands guard for the day when another font, or another version of
HarfBuzz, joins them.
"""

import re

import pydyf

_LIGATURE = re.compile(rb"<([0-9a-f]+)> <((?:[0-9a-f]{4}){2,})>")


def repair(pdf: pydyf.PDF) -> int:
    """Turn the right-to-left ligatures in every font's ToUnicode table round, in place.

    Takes the document before it is written, so nothing has to be parsed again. Returns how many
    mappings were turned.
    """
    turned = 0
    for item in pdf.objects:
        if isinstance(item, dict) and "ToUnicode" in item:
            turned += _repair_table(pdf.objects[int(item["ToUnicode"].split()[0])])
    return turned


def _repair_table(table: pydyf.Stream) -> int:
    turned = 0
    for number, line in enumerate(table.stream):
        match = _LIGATURE.fullmatch(line)
        if match is None:
            continue
        letters = bytes.fromhex(match[2].decode()).decode("utf-16-be")
        if all("\u0590" <= letter <= "\u08ff" for letter in letters):
            reverse = letters[::-1].encode("utf-16-be").hex().encode()
            table.stream[number] = b"<" + match[1] + b"> <" + reverse + b">"
            turned += 1
    return turned
