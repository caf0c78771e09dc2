"""What a letter says for itself in its own language: headings of its parts, where a translation
comes from. No database, no catalogue: the words belong to the text, not to its reader."""

from __future__ import annotations

ENCLOSURES = {
    "ar": "المرفقات",
    "zh-hans": "附件",
    "en": "Enclosures",
    "fr": "Pièces jointes",
    "ru": "Приложения",
    "es": "Anexos",
}
FOLLOWS = {
    "ar": "الرسائل السابقة",
    "zh-hans": "此前信函",
    "en": "Earlier letters",
    "fr": "Lettres précédentes",
    "ru": "Предыдущие письма",
    "es": "Cartas anteriores",
}
TRANSLATED_FROM = {
    "ar": {
        "ar": "مترجم من العربية",
        "zh-hans": "مترجم من الصينية",
        "en": "مترجم من الإنكليزية",
        "fr": "مترجم من الفرنسية",
        "ru": "مترجم من الروسية",
        "es": "مترجم من الإسبانية",
    },
    "zh-hans": {
        "ar": "译自阿拉伯文",
        "zh-hans": "译自中文",
        "en": "译自英文",
        "fr": "译自法文",
        "ru": "译自俄文",
        "es": "译自西班牙文",
    },
    "en": {
        "ar": "Translated from Arabic",
        "zh-hans": "Translated from Chinese",
        "en": "Translated from English",
        "fr": "Translated from French",
        "ru": "Translated from Russian",
        "es": "Translated from Spanish",
    },
    "fr": {
        "ar": "Traduit de l’arabe",
        "zh-hans": "Traduit du chinois",
        "en": "Traduit de l’anglais",
        "fr": "Traduit du français",
        "ru": "Traduit du russe",
        "es": "Traduit de l’espagnol",
    },
    "ru": {
        "ar": "Перевод с арабского",
        "zh-hans": "Перевод с китайского",
        "en": "Перевод с английского",
        "fr": "Перевод с французского",
        "ru": "Перевод с русского",
        "es": "Перевод с испанского",
    },
    "es": {
        "ar": "Traducido del árabe",
        "zh-hans": "Traducido del chino",
        "en": "Traducido del inglés",
        "fr": "Traducido del francés",
        "ru": "Traducido del ruso",
        "es": "Traducido del español",
    },
}


def enclosures_mark(language: str) -> str:
    """Return the heading of the enclosures in a letter in `language`."""
    return ENCLOSURES.get(language, ENCLOSURES["en"])


def follows_mark(language: str) -> str:
    """Return the heading of the earlier letters in a letter in `language`."""
    return FOLLOWS.get(language, FOLLOWS["en"])


def translated_from(language: str, source: str) -> str:
    """Return the mark of a translation from `source` in its own `language`: "Traduit de l’anglais"."""
    words = TRANSLATED_FROM.get(language, TRANSLATED_FROM["en"])
    return words.get(source, words["en"])
