"""Names that may not stand in a brief: taken out of list and texts, and only those."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meetings.briefs import BriefContent, Participant, Words
from meetings.briefs.withholding import withheld
from tests.meetings.briefs.contents import usual


def brief(text: str, *people: Participant, requester: str = "Open Ford") -> BriefContent:
    content = replace(usual(0, 0), theirs=Words(text), requester=Words(requester))
    return replace(content, participants=people)


def hidden(name: str, **fields: bool) -> Participant:
    return Participant(Words(name), **fields)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Dr. Ilse Morgenrot", "Dr. Ilse  MORGENROT spoke", "[name withheld] spoke"),
        ("Dr. Ilse Morgenrot", "Ms. Morgenrot's house", "Ms. [name withheld]'s house"),
        ("Dr. Ilse Morgenrot", "Ilse is in danger", "[name withheld] is in danger"),
        ("Salimata Koro-Belem", "Ms. KORO and Belem", "Ms. [name withheld] and [name withheld]"),
        ("Li", "Listing of Li", "Listing of [name withheld]"),
        ("Rosa May", "They may go in May", "They may go in [name withheld]"),
        ("ليلى حداد", "تحدثت وليلى حداد أولاً", "تحدثت و[name withheld] أولاً"),
        ("李小龙", "我们请李小龙先发言", "我们请[name withheld]先发言"),
        ("A. (B", "A. (B spoke", "[name withheld] spoke"),
    ],
)
def test_name_is_taken_out(name: str, text: str, left: str) -> None:
    assert withheld(brief(text, hidden(name))).theirs.text == left


def test_titles_and_short_words_are_no_names() -> None:
    text = "Professor and van stay, so does the Dr."
    assert withheld(brief(text, hidden("Professor Ada van Noor"))).theirs.text == text


def test_family_name_of_somebody_who_is_named_stays() -> None:
    content = brief(
        "Amina Tanagra and Yusuf Tanagra",
        hidden("Yusuf Tanagra"),
        hidden("Amina Tanagra", may_be_named=True),
    )
    assert withheld(content).theirs.text == "Amina Tanagra and [name withheld]"
    assert withheld(content).participants[1].name.text == "Amina Tanagra"


def test_expert_who_asked_and_is_not_to_be_named_is_not_named_as_who_asked() -> None:
    content = brief("Morgenrot asks", hidden("Ilse Morgenrot"), requester="Ilse Morgenrot")
    assert withheld(content).requester.text == "[name withheld]"
    assert withheld(content).theirs.text == "[name withheld] asks"


def test_officers_stay_in_the_texts_and_only_their_line_in_the_list_is_neutral() -> None:
    content = brief("Call Nadia Farouk", hidden("Nadia Farouk", of_office=True))
    assert withheld(content).theirs.text == "Call Nadia Farouk"
    assert withheld(content).participants[0].name.text == "Staff member of the Office"


def test_brief_in_which_everyone_may_be_named_stays_as_it_is() -> None:
    content = brief("Ilse", hidden("Ilse Morgenrot", may_be_named=True))
    assert withheld(content) is content
