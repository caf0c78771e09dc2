"""Spelling: makes two printings of one word comparable, and a printed line fit to be read."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_PLAIN = str.maketrans(
    {
        "，": ", ",
        "（": " (",
        "）": ") ",
        "：": ": ",
        "；": "; ",
        "｜": " | ",
        "／": "/",
        "،": ", ",
        "؛": "; ",
        "\u3000": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "‐": "-",
        "‑": "-",
        "―": "—",
        "\ufeff": None,
        "\u00ad": None,
        # Marks of direction and of zero width are no part of a name.
        **dict.fromkeys("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "Oe",
        "æ": "ae",
        "Æ": "Ae",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
        "đ": "d",
        "Đ": "D",
    }
)
_ARABIC = str.maketrans("أإآىةٱ", "ااايها")
_NUMBERING = re.compile(
    r"""^\s*(?:
        [•●○▪■◦‣·*✓✔➢►»→]+\s*
      | [-–—]\s+
      | [(\[]?(?:\d{1,4}|[٠-٩]{1,4})\s*[.)\]:、．-]+\s*(?=\D)
      | №[ ]?\d{1,4}\.?\s+
      | (?:\d{1,4}|[٠-٩]{1,4})[ ]{2,}
      | (?:\d{1,4}|[٠-٩]{1,4})\t+
      | [(]?[a-z][)]\s+
    )+""",
    re.VERBOSE,
)


# Small on purpose: one line asks for the same words again and again, the next line for others.
@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Return the text in small letters without accents; ё is е, forms of alef are one."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize(
        "NFKD", text.replace("’", "'").replace("‘", "'").translate(_LIGATURES)
    )
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    # й is decomposed as well, in the data and here alike.
    return bare.translate(_ARABIC).replace("ـ", "").casefold()


def plain(line: str) -> str:
    """Return one printed line with ordinary spaces and punctuation; its words stay as printed."""
    joined = " ".join(unicodedata.normalize("NFC", line).translate(_PLAIN).split(" "))
    kept = "".join(c if c == "\t" or c.isprintable() else " " for c in joined)
    kept = re.sub(r" +([,;:)])", r"\1", re.sub(r" {2,}", " ", kept))
    return kept.strip(" ")


_BARE_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[٠-٩]{1,3})\s(?=[^\W\d_])")


def has_bare_number(line: str) -> bool:
    """Say whether a line begins with a number that only a space parts from its words."""
    return bool(_BARE_NUMBER.match(line))


def without_bare_number(line: str) -> str:
    """Return the line without a number that only a space parts from the words ("12 Hill Trust")."""
    return _BARE_NUMBER.sub("", line, count=1)


def unnumbered(line: str) -> str:
    """Return the line without its bullet or number ("12. ", "• ", "(3) ")."""
    return _NUMBERING.sub("", line, count=1).strip()


def words(text: str) -> list[str]:
    """Return the folded words of a text, without punctuation at their edges."""
    stripped = (w.strip(".,;:!?()[]{}\"'«»“”„‹›&/-–—") for w in fold(text).split())
    return [w for w in stripped if w]


def is_chinese(text: str) -> bool:
    """Say whether the text is written in Chinese characters, for the greater part."""
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    return han > 0 and han * 2 >= sum(c.isalpha() for c in text)


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of data/NAME.txt, folded; lines that begin with # are remarks."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        fold(word) for line in lines if not line.startswith("#") for word in line.split()
    )


@cache
def word_stems(name: str) -> tuple[str, ...]:
    """Return the beginnings that data/NAME.txt marks with a star."""
    return tuple(sorted(word[:-1] for word in word_list(name) if word.endswith("*")))


def in_list(word: str, name: str) -> bool:
    """Say whether a folded word is in data/NAME.txt, as itself, after "l'", or by its stem."""
    known = word_list(name)
    if word in known:
        return True
    if "'" in word and word.split("'", 1)[1] in known:
        return True
    if word[:1] in "اوبلك" and _without_arabic_prefix(word) in known:
        return True
    return word.startswith(word_stems(name)) if word_stems(name) else False


def _without_arabic_prefix(word: str) -> str:
    """Return an Arabic word without its article and glued prepositions."""
    return re.sub(r"^(?:و?ال|لل|و?بال|ول|ل)", "", word)


def table(name: str) -> list[list[str]]:
    """Return the rows of data/NAME.tsv; lines that begin with # are remarks."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.split("\t")]
        for line in lines
        if line.strip() and not line.startswith("#")
    ]
