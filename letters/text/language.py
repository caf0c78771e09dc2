"""Which of the six languages a letter is written in: by its letters, then by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

SCRIPTS = {"ARABIC": "ar", "CJK": "zh-hans", "CYRILLIC": "ru"}
WORDS = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "we",
            "for",
            "with",
            "your",
            "our",
            "is",
            "are",
            "on",
            "be",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "de",
            "des",
            "et",
            "nous",
            "que",
            "pour",
            "dans",
            "une",
            "vous",
            "sur",
            "avec",
            "est",
            "au",
            "aux",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "de",
            "y",
            "que",
            "en",
            "para",
            "con",
            "por",
            "una",
            "nos",
            "su",
            "se",
            "del",
            "al",
            "como",
        ]
    ),
}


def guess_language(text: str) -> str:
    """Return "ar", "zh-hans", "ru", "en", "fr" or "es"; "en" where nothing speaks for another."""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text[:4000] if c.isalpha())
    if scripts:
        script = scripts.most_common(1)[0][0]
        if script in SCRIPTS:
            return SCRIPTS[script]
    words = re.findall(r"[^\W\d_]+", text[:8000].lower())
    scores = {name: sum(word in common for word in words) for name, common in WORDS.items()}
    return max(scores, key=lambda name: scores[name]) if any(scores.values()) else "en"
