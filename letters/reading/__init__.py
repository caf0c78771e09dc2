"""Reads a whole letter from the text of a file. Pure functions, no database."""

from letters.reading.files import signatories_of_file, signatories_of_table, text_of
from letters.reading.letter import read_letter
from letters.reading.result import SENTENCES, Question, ReadLetter

__all__ = [
    "SENTENCES",
    "Question",
    "ReadLetter",
    "read_letter",
    "signatories_of_file",
    "signatories_of_table",
    "text_of",
]
