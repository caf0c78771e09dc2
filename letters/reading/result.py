"""What the reader of a letter hands out."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from letters.signatories import LeftOut, ParsedSignatory


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; this package does without Django."""
    return sentence


# kind of question → sentence; {number}, {text} and {suggestion} are filled in.
SENTENCES: Mapping[str, str] = {
    "note_without_text": gettext_noop(
        "Note {number} is called in the letter, but its text is not there."
    ),
    "note_without_number": gettext_noop(
        "This looks like the text of a note, but of which one? “{text}”"
    ),
    "note_without_call": gettext_noop(
        "Note {number} has a text, but is not called in the letter: “{text}”"
    ),
    "hyphen": gettext_noop("Does “{text}” keep its hyphen? It stood at the end of a line."),
    "no_addressee": gettext_noop("To whom is the letter addressed?"),
    "no_date": gettext_noop("Which date does the letter bear?"),
    "ambiguous_date": gettext_noop("Is “{text}” day first or month first?"),
    "no_subject": gettext_noop("What is the subject of the letter?"),
    "no_salutation": gettext_noop("With which salutation does the letter begin?"),
    "no_closing": gettext_noop(
        "With which words does the letter close, and where do the signatories begin?"
    ),
    "no_signatories": gettext_noop("Who signs the letter? No signatory was found."),
}


@dataclass(frozen=True)
class Question:
    """Something that the text does not tell. `kind` is a key of SENTENCES.

    `number` is a note's number or, for a note of unknown number, the one that is suggested (0: none).
    """

    kind: str
    number: int = 0
    text: str = ""

    @property
    def sentence(self) -> str:
        """Return the question in English."""
        return SENTENCES[self.kind].format(number=self.number, text=self.text)


@dataclass(frozen=True)
class ReadLetter:
    """A letter taken apart. Empty strings and tuples stand for what is not in the text.

    `body` is in the markup of the project: blank lines between paragraphs, "## " before headings,
    list items on lines of their own, `[^3]` where note 3 is called.
    """

    addressee: tuple[str, ...] = ()
    place: str = ""
    date: datetime.date | None = None
    date_as_printed: str = ""
    subject: str = ""
    salutation: str = ""
    body: str = ""
    notes: Mapping[int, str] = field(default_factory=dict)
    closing: str = ""
    signatories: tuple[ParsedSignatory, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    questions: tuple[Question, ...] = ()
    is_bare_list: bool = False
