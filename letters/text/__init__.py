"""The text of a letter: its plain markup, its canonical form and its fingerprint. No database."""

from letters.text.canonical import LetterText, canonical_list, fingerprint, spaced
from letters.text.markup import Block, Note, Piece, parse_body, parse_notes, undefined_notes

__all__ = [
    "Block",
    "LetterText",
    "Note",
    "Piece",
    "canonical_list",
    "fingerprint",
    "parse_body",
    "parse_notes",
    "spaced",
    "undefined_notes",
]
