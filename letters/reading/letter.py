"""A whole letter, taken apart."""

from letters.reading.closing import Closing, find_closing, guess_list_start
from letters.reading.letterhead import LETTERHEAD, without_running_heads
from letters.reading.notes import mark_calls, suggest_number, take_note_lines
from letters.reading.opening import Opening, date_at_end, read_opening
from letters.reading.paragraphs import reflow
from letters.reading.phrases import NOTES_HEADING
from letters.reading.result import Question, ReadLetter
from letters.reading.strays import take_strays, without_page_numbers
from letters.signatories import Explanation, LeftOut, explain
from letters.signatories.leaving import ADDRESS, NOTE

# "See" in the other languages.
_SEE = ("voir ", "véase ", "см. ", "انظر ", "见")


def read_letter(text: str) -> ReadLetter:
    """Take a letter apart: head, body, notes, closing, signatories, and what the text does not tell.

    `text` is the letter as a text extraction gives it, with its damage. A bare list of signatories
    gives only these, with `is_bare_list`. Never raises.
    """
    lines = (
        text.lstrip("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n\n")
        .split("\n")
    )
    lines = without_running_heads(lines)
    opening = read_opening(lines)
    closing = find_closing(lines, opening.end)
    if _is_bare_list(opening, closing, lines):
        found = explain(text)
        return ReadLetter(signatories=found.signatories, left_out=found.left_out, is_bare_list=True)
    return _taken_apart(lines, opening, closing)


def _is_bare_list(opening: Opening, closing: Closing | None, lines: list[str]) -> bool:
    if opening.salutation or opening.subject:
        return False
    if closing is None:
        return guess_list_start(lines, 0) == 0 or not _has_prose(lines)
    return not _has_prose(lines[: closing.start])


def _has_prose(lines: list[str]) -> bool:
    """Say whether a sentence stands here: lines that run on in small letters and end with a stop."""
    text = " ".join(line.strip() for line in lines)
    small = sum(word[:1].islower() for word in text.split())
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text)
    arabic = sum("\u0600" <= c <= "\u06ff" for c in text)
    stops = text.count(". ") + text.endswith(".") + text.count("。")
    return stops >= 1 and (
        (small > 25 and small * 2 > len(text.split())) or chinese > 60 or arabic > 150
    )


def _taken_apart(lines: list[str], opening: Opening, closing: Closing | None) -> ReadLetter:
    if closing:
        body_lines, tail = lines[opening.end : closing.start], lines[closing.end :]
    else:
        start = guess_list_start(lines, opening.end)
        body_lines, tail = lines[opening.end : start], lines[start:]
    body_lines[-5:] = date_at_end(body_lines[-5:], opening)
    tail[:3] = date_at_end(tail[:3], opening)
    tail = [*opening.signers, *tail]
    _, called = mark_calls("\n".join(body_lines))
    tail, notes = _notes_at_end(tail, set(called))
    body_lines, more = take_note_lines(without_page_numbers(body_lines), set(called), listed=False)
    body_lines, strays = take_strays(body_lines)
    body = reflow(body_lines)
    marked, numbers = mark_calls(body.text)
    found = explain("\n".join(tail))
    notes = dict(sorted({**more, **notes}.items()))
    strays += [x.line.strip() for x in found.left_out if x.reason == NOTE]
    strays += [x.line.strip() for x in found.left_out if x.reason == ADDRESS and called]
    questions = [
        *_about_head(opening, closing, found),
        *_about_notes(marked, numbers, notes, strays),
        *(Question("hyphen", text=word) for word in body.hyphens),
    ]
    return ReadLetter(
        addressee=tuple(opening.addressee),
        place=opening.place,
        date=opening.date.date if opening.date else None,
        date_as_printed=opening.date.printed if opening.date else "",
        subject=opening.subject,
        salutation=opening.salutation,
        body=marked,
        notes=notes,
        closing=closing.words if closing else "",
        signatories=found.signatories,
        left_out=(*(LeftOut(line, LETTERHEAD) for line in opening.sender), *found.left_out),
        questions=tuple(questions),
    )


def _notes_at_end(tail: list[str], called: set[int]) -> tuple[list[str], dict[int, str]]:
    """Take the notes out of what follows the closing: under their heading, or loose."""
    for index, line in enumerate(tail):
        if NOTES_HEADING.match(line):
            kept, notes = take_note_lines(tail[index + 1 :], called, listed=True)
            return [*tail[:index], *kept], notes
    return _loose_notes(tail, called)


def _loose_notes(tail: list[str], called: set[int]) -> tuple[list[str], dict[int, str]]:
    """Without a heading, only lines like "1 See https://…" are notes; "1 Hill Network" signs."""
    kept: list[str] = []
    notes: dict[int, str] = {}
    for line in tail:
        looks = any(
            word in line.lower()
            for word in ("http", "www.", "ibid", "see ", "cf. ", "p. ", "pp. ", "“", *_SEE)
        )
        rest, found = (
            take_note_lines([line], called - set(notes), listed=False) if looks else ([line], {})
        )
        notes.update(found)
        kept += rest
    return kept, notes


def _about_head(opening: Opening, closing: Closing | None, found: Explanation) -> list[Question]:
    missing = {
        "no_addressee": not opening.addressee,
        "no_date": opening.date is None,
        "no_subject": not opening.subject,
        "no_salutation": not opening.salutation,
        "no_closing": closing is None,
        "no_signatories": not found.signatories,
    }
    questions = [Question(kind) for kind, absent in missing.items() if absent]
    if opening.date and not opening.date.sure:
        questions.append(Question("ambiguous_date", text=opening.date.printed))
    return questions


def _about_notes(
    body: str, called: list[int], notes: dict[int, str], strays: list[str]
) -> list[Question]:
    open_numbers = [n for n in dict.fromkeys(called) if n not in notes]
    questions = [Question("note_without_text", number=n) for n in open_numbers]
    for stray in strays:
        guess = suggest_number(stray, body, open_numbers)
        questions.append(Question("note_without_number", number=guess, text=stray))
    questions += [
        Question("note_without_call", number=n, text=text)
        for n, text in notes.items()
        if n not in called
    ]
    return questions
