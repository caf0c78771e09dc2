"""A list of asks laid on a letter: pure rules, the file, the command, the real letter."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from letters.asks import (
    ADDRESSEES,
    TOPICS,
    Spot,
    Words,
    WrongTable,
    find,
    passages,
    pillars_of,
    read_table,
    stands_in,
)
from letters.asks.table import MOST
from letters.enums import LetterState as S
from letters.models import Ask, Letter
from letters.reading import read_letter
from organizations.models import Pillar
from recommendations.models import ActionAsked, Addressee, Recommendation, Topic
from tests.factories import make_officer
from tests.letters.factories import make_letter, make_name
from tests.recommendations.factories import make_word

BODY = """We urge your office to listen. It is imperative to ask those who know.

## Visits

First, meet people where they live.

Second, we ask you to a) write the answers down; b) send them, all of them, to those
who asked and c) count them.

We ask further that you

a) keep a list;
b) print it.

Yours to build with, we remain ready."""
HEAD = "ref,ask,addressee,action_type,pillar,topics,section\n"
ROW = '1,Meet people,The Office,engage,I,women; tea houses,"Second, a)"\n'
OFFER = "O.1,We can host,Under-Secretary-General / the UN,offer,,,Closing\n"


# Places ---------------------------------------------------------------------------------------
def test_places_number_paragraphs_and_items_and_no_headings() -> None:
    places = [(one.place, one.heading) for one in passages(BODY)]
    assert places == [
        ("1", ""), ("2", "Visits"), ("3", "Visits"), ("4", "Visits"), ("5.a", "Visits"),
        ("5.b", "Visits"), ("6", "Visits"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "spot"),
    [
        ("Preamble, para 1 ('we urge your office')",
         Spot("1", "We urge your office to listen.")),
        ("Preamble, para 1 (“It is imperative”)",
         Spot("1", "It is imperative to ask those who know.")),
        ("First", Spot("2")),
        ("first", Spot("2")),
        ("Visits", Spot("2")),
        ("Visits, para 2", Spot("3")),
        ("Second, para 2", Spot("4")),
        ("Second, a)", Spot("3", "write the answers down")),
        ("Second, b)", Spot("3", "send them, all of them, to those who asked")),
        ("Second, c)", Spot("3", "count them.")),
        ("We ask further, b)", Spot("5.b")),
        ("Preamble", Spot("1")),
        ("Closing", Spot("6")),
        ("Second, para 9", None),
        ("Second, z)", None),
        ("Fourth", None),
        ("First, on the left", None),
        ("Preamble ('words that nobody wrote')", None),
        ("", None),
    ],
)  # fmt: skip
def test_section_leads_to(section: str, spot: Spot | None) -> None:
    assert find(section, BODY) == spot


@pytest.mark.parametrize("body", ["", "\n\n", "## Only a heading"])
def test_section_of_an_empty_body_leads_nowhere(body: str) -> None:
    assert [find(section, body) for section in ("Preamble", "Closing", "First, a)")] == [None] * 3


def test_words_are_compared_without_the_form_of_quotation_marks() -> None:
    assert stands_in("those 'who' \n know", "ask those ‘who’ know.")
    assert not stands_in("those who knew", "ask those who know.")


# Words ----------------------------------------------------------------------------------------
LABELS = {"office": "The Office", "un-system": "The United Nations system", "ohchr": "OHCHR",
          "member-states": "Member States", "centre": "The centre of the Office"}  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "key", "kept"),
    [
        ("The Office", "office", False),
        ("UNOCT", "office", False),
        ("USG Somebody / UNOCT", "office", True),
        ("Office (towards Member States)", "office", True),
        ("Office, through UNCCT", "office", True),
        ("Office with OHCHR", "office", True),
        ("UNCCT", "centre", False),
        ("UN agencies", "un-system", False),
        ("United Nations (system) for Member States", "un-system", True),
        ("United Nations, through the Office", "un-system", True),
        ("not named (impersonal: 'one must'): Member States and the UN", "member-states", True),
        ("OHCHR", "ohchr", False),
        ("The harbour master", "", True),
        ("", "", False),
    ],
)
def test_addressee_as_stated_is_taken_as(stated: str, key: str, kept: bool) -> None:
    found = Words(LABELS, ADDRESSEES).first(stated)
    assert found.keys == ((key,) if key else ())
    assert found.rest == (stated if kept else "")


def test_topics_are_taken_where_they_say_the_same_and_kept_where_not() -> None:
    labels = {"human-rights": "Human rights compliance", "action-plans": "National action plans",
              "coordination": "Coordination and oversight", "women": "Women"}  # fmt: skip
    stated = "PVE national action plans; human rights; women-led; human rights bodies; coordination"
    found = Words(labels, TOPICS).several(stated)
    assert found.keys == ("action-plans", "human-rights", "women")
    assert found.rest == "human rights bodies; coordination"


def test_word_that_the_office_has_retired_is_kept_in_the_text() -> None:
    assert Words({}, TOPICS).several("women").rest == "women"


def test_actions_go_by_their_key_too_and_pillars_by_their_numeral() -> None:
    actions = Words({"speak-out": "Speak out", "engage": "Engage or consult"}, by_key=True)
    assert [actions.one(word) for word in ("speak_out", "engage", "sing")] == [
        "speak-out", "engage", "",
    ]  # fmt: skip
    assert pillars_of("I; iv; V").keys == ("i", "iv")
    assert pillars_of("I; iv; V").rest == "V"


# The file -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the columns ref, ask"),
        ("ref,ask\n1,x\n", "line 1: the columns addressee"),
        (HEAD, "line 1: there is no ask"),
        (HEAD + ",x,,,,,\n", "line 2: ref is empty"),
        (HEAD + "a b,x,,,,,\n", "line 2: ref is empty"),
        (HEAD + "1,,,,,,\n", "line 2: ask is empty"),
        (HEAD + "1,x,,,,,\n1,y,,,,,\n", "line 3: ref 1 stands in the file twice"),
        (HEAD + "1,x\n", "line 2: cells are missing"),
        (HEAD + "1,x,,,,,,,\n", "line 2: there are more cells"),
        (HEAD + '1,"a\nb",,,,,\n2,,,,,,\n', "line 4: ask is empty"),
        (HEAD + f"1,{'x' * 2001},,,,,\n", "line 2: ask is longer"),
        (HEAD + "1,a\x07b,,,,,\n", "line 2: ask holds a character"),
        (HEAD + '1,"x\n', "this is not CSV"),
    ],
)
def test_wrong_file_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(WrongTable) as raised:
        read_table(text)
    assert problem in str(raised.value)


def test_long_list_is_refused_at_once() -> None:
    """Each ask holds the letter's lock for a while; a megabyte of short lines held it for hours."""
    text = HEAD + "".join(f"{number},Meet people,,,,,\n" for number in range(MOST + 1))
    with pytest.raises(WrongTable, match="more than"):
        read_table(text)
    assert len(read_table(text[: text.rindex(f"{MOST},")])) == MOST
    with pytest.raises(WrongTable, match="more than"):
        read_table(text + "x,y,,,,,\n" * 50_000)


def test_every_wrong_line_is_said_at_once() -> None:
    with pytest.raises(WrongTable) as raised:
        read_table(HEAD + ",x,,,,,\n2,,,,,,\n")
    assert [problem[:7] for problem in raised.value.problems] == ["line 2:", "line 3:"]


# The command ----------------------------------------------------------------------------------
def extract(letter: Letter, path: Path, **options: Any) -> tuple[str, str]:
    """Run the command; returns what it prints on both sides."""
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "extract_asks", letter.reference, "--from", str(path), stdout=out, stderr=err, **options
    )
    return out.getvalue(), err.getvalue()


@pytest.fixture
def words(db: None) -> None:
    """The lists of words, made again where a test has emptied the tables."""
    for model, key, label in (
        (Addressee, "office", "The Office"),
        (ActionAsked, "engage", "Engage or consult"),
        (ActionAsked, "offer", "Offer (not a demand)"),
        (Topic, "women", "Women"),
        (Pillar, "i", "Pillar one"),
    ):
        make_word(model, key, label)


@pytest.fixture
def letter(words: None) -> Letter:
    """A letter that the Office has."""
    return make_letter(state=S.DELIVERED, level=Level.PUBLIC, body=BODY, notes="")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file with one ask and one offer."""
    path = tmp_path / "asks.csv"
    path.write_text(HEAD + ROW + OFFER, encoding="utf-8")
    return path


def asks_of(letter: Letter) -> list[Ask]:
    return list(Ask.objects.unguarded("test").of(letter).with_recommendation().in_order())


def test_listed_asks_become_recommendations(letter: Letter, source: Path) -> None:
    out, err = extract(letter, source)
    assert out == "2\n"
    assert "1: Further topics: tea houses" in err
    assert "O.1: Addressee as stated: Under-Secretary-General / the UN" in err
    ask, offer = asks_of(letter)
    item = ask.recommendation
    assert (ask.number, ask.place, ask.quote) == ("1", "3", "write the answers down")
    assert (item.source, item.state, item.level) == ("letter", "submitted", Level.PUBLIC)
    assert item.sender_as_stated.startswith(letter.reference)
    assert item.created_by is None
    assert item.background == "Further topics: tea houses"
    assert [one.key for one in item.topics.all()] == ["women"]
    assert [one.key for one in item.pillars.all()] == ["i"]
    assert (item.addressee.key, item.action_asked.key) == ("office", "engage")
    assert item.received_on == letter.delivered_at.date()
    assert offer.is_offer
    assert not ask.is_offer
    now = Letter.objects.unguarded("test").get(pk=letter.pk)
    assert now.state == S.UNDER_REVIEW
    assert now.acknowledged_at is not None


def test_second_run_makes_none_and_changes_nothing(letter: Letter, source: Path) -> None:
    extract(letter, source)
    before = AuditEvent.objects.count(), Notice.objects.count()
    out, err = extract(letter, source)
    assert out == "0\n"
    assert "there already: 1, O.1" in err
    assert (AuditEvent.objects.count(), Notice.objects.count()) == before


def test_ask_that_was_taken_back_is_not_made_again(letter: Letter, source: Path) -> None:
    from letters.actions import undo_ask

    extract(letter, source)
    undo_ask(ask=asks_of(letter)[0], reason="Not an ask.", by=make_officer())
    assert extract(letter, source)[0] == "0\n"


def test_officers_are_not_mailed_for_each_ask(letter: Letter, source: Path) -> None:
    make_officer()
    extract(letter, source)
    assert not Notice.objects.filter(kind="recommendations.to_assign").exists()


def test_officer_who_runs_it_is_named(letter: Letter, source: Path) -> None:
    officer = make_officer()
    extract(letter, source, by=officer.email)
    assert {ask.marked_by_id for ask in asks_of(letter)} == {officer.pk}
    assert {ask.recommendation.created_by_id for ask in asks_of(letter)} == {officer.pk}


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROW).replace("people", "les délégués").encode("cp1252"),
        (HEAD + ROW).encode("utf-8").replace(b"people", b"\xd9\x86 \xd9"),
        (HEAD + ROW).encode("utf-16"),
        (HEAD + ROW).encode("utf-8").replace(b"people", b"\x00"),
        b"PK\x03\x04" + HEAD.encode(),
    ],
    ids=["another code", "one broken letter", "utf-16", "nul", "a workbook"],
)
def test_file_in_another_code_makes_nothing(letter: Letter, tmp_path: Path, data: bytes) -> None:
    """Read as another code, every letter that is not plain ASCII would be another one."""
    path = tmp_path / "asks.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        extract(letter, path)
    assert not asks_of(letter)


@pytest.mark.parametrize("state", [S.DRAFT, S.OPEN, S.CLOSED, S.SET_ASIDE])
def test_letter_that_is_not_delivered_is_refused(words: None, source: Path, state: str) -> None:
    with pytest.raises(CommandError, match="not delivered"):
        extract(make_letter(state=state), source)


@pytest.mark.parametrize(
    ("content", "words_of_error"),
    [(HEAD + ROW + "2,,,,,,\n", "line 3: ask is empty"), ("\x00", "not a plain text file")],
)
def test_wrong_file_makes_nothing(
    letter: Letter, tmp_path: Path, content: str, words_of_error: str
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words_of_error):
        extract(letter, path)
    assert asks_of(letter) == []
    assert Letter.objects.unguarded("test").get(pk=letter.pk).state == S.DELIVERED


def test_failure_in_the_middle_makes_nothing(
    letter: Letter, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foundation.workflow import Refused
    from letters.actions import listing

    made: list[str] = []

    def fail_at_the_second(letter: Letter, number: str, *args: Any, **kwargs: Any) -> Ask:
        if made:
            raise Refused("No more.")
        made.append(number)
        return put(letter, number, *args, **kwargs)

    put = listing.put_ask
    monkeypatch.setattr(listing, "put_ask", fail_at_the_second)
    with pytest.raises(CommandError, match="No more"):
        extract(letter, source)
    assert made == ["1"]
    assert asks_of(letter) == []
    assert not Recommendation.objects.unguarded("test").exists()


@pytest.mark.parametrize("reference", ["LTR-2026-AAAAAA", "", "x' OR 1=1"])
def test_unknown_letter_is_refused(words: None, source: Path, reference: str) -> None:
    with pytest.raises(CommandError, match="no letter"):
        call_command("extract_asks", reference, "--from", str(source))


@pytest.mark.django_db
def test_real_letter_gives_nineteen_each_traced_to_its_paragraph(
    reference_dir: Path, reference_text: str
) -> None:
    body = read_letter(reference_text).body
    letter = make_letter(state=S.DELIVERED, level=Level.PUBLIC, body=body, notes="")
    make_name(letter)
    out, _err = extract(letter, reference_dir / "recommendations.csv")
    assert out == "19\n"
    asks = asks_of(letter)
    assert sum(ask.is_offer for ask in asks) == 2
    assert all(ask.place for ask in asks)
    texts = {one.place: one.text for one in passages(body)}
    assert all(stands_in(ask.quote, texts[ask.place]) for ask in asks)
    assert all(ask.recommendation.addressee and ask.recommendation.action_asked for ask in asks)
    assert extract(letter, reference_dir / "recommendations.csv")[0] == "0\n"
