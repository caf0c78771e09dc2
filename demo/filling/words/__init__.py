"""The invented words of the bulk data, one file a language."""

from demo.filling.words.arabic import ARABIC
from demo.filling.words.chinese import CHINESE
from demo.filling.words.english import ENGLISH
from demo.filling.words.french import FRENCH
from demo.filling.words.russian import RUSSIAN
from demo.filling.words.shape import SUBJECTS, Words
from demo.filling.words.spanish import SPANISH

LANGUAGES: dict[str, tuple[Words, int]] = {
    "en": (ENGLISH, 40),
    "fr": (FRENCH, 18),
    "es": (SPANISH, 15),
    "ar": (ARABIC, 12),
    "ru": (RUSSIAN, 8),
    "zh": (CHINESE, 7),
}
"""The words of each official language, and how many of a hundred texts are in it."""

__all__ = ["LANGUAGES", "SUBJECTS", "Words"]
