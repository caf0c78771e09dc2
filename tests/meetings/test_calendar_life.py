"""From the ask to the cancellation: which mail goes to whom, and what is left in the calendars."""

from __future__ import annotations

import pytest
from django.core import mail

from foundation.notifications.models import Notice
from tests.meetings.calendars.client import CalendarClient
from tests.meetings.factories import window
from tests.meetings.table import PLACE, PURPOSE, STYLES, Table, begin, confirm, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Confirmed, everything before it has left, and everybody but one has chosen."""
    return settled()


# The whole way ---------------------------------------------------------------------------------
def test_nobody_gets_a_file_before_they_chose() -> None:
    table = begin()
    confirm(table)
    letters = table.post()
    assert {one.to for one in letters} >= {table.people[word].email for word in STYLES}
    assert [one for one in letters if one.file] == []
    kinds = set(Notice.objects.filter(recipient_id=table.people["fuller"].pk).values_list("kind"))
    assert ("meetings.choose_how",) in kinds


def test_each_gets_what_they_chose_and_every_calendar_ends_empty(table: Table) -> None:
    invited = table.post()
    table.move()
    moved = table.post()
    table.cancel()
    cancelled = table.post()
    with_file = {table.people[word].email for word in ("neutral", "fuller", "officer")}
    for letters in (invited, moved, cancelled):
        assert sorted(one.to for one in letters if one.file) == sorted(with_file)
    for letters in (moved, cancelled):
        assert table.people["no-file"].email in {one.to for one in letters}
        assert table.people["not-asked"].email in {one.to for one in letters}
        assert len({one.to for one in letters}) == len(letters), "one mail each"
    everything = {one.to for one in (*invited, *moved, *cancelled)}
    assert table.people["no-mail"].email not in everything
    for word in ("neutral", "fuller", "officer"):
        for remembers in (True, False):
            assert CalendarClient(remembers).apply(*table.files(word)).entries == {}
    assert table.files("not-asked") == table.files("no-file") == table.files("no-mail") == []


def test_who_wants_no_mail_is_told_inside_the_portal(table: Table) -> None:
    table.move()
    table.cancel()
    told = Notice.objects.filter(recipient_id=table.people["no-mail"].pk)
    assert {"meetings.moved", "meetings.cancelled"} <= set(told.values_list("kind", flat=True))


def test_files_of_one_person_have_one_uid_and_a_rising_sequence(table: Table) -> None:
    table.post()
    table.move(20)
    table.post()
    table.move(25)
    table.post()
    table.cancel()
    table.post()
    uids = set()
    for word in ("neutral", "fuller", "officer"):
        letters = [one for one in table.letters if one.file and one.to == table.people[word].email]
        files = [one.read() for one in letters]
        assert [one.sequence for one in files] == [0, 1, 2, 3]
        assert [one.method for one in files] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
        assert [one.event.dtstart for one in files[1:3]] == [
            window(20).starts_at,
            window(25).starts_at,
        ]
        assert len({one.event.uid for one in files}) == 1
        uids.add(files[0].event.uid)
    assert len(uids) == 3  # two files cannot be told to be of one meeting


def test_calendar_that_has_not_heard_of_the_end_holds_the_time_that_stands(table: Table) -> None:
    table.post()
    table.move(20)
    table.post()
    for word in ("neutral", "fuller"):
        (entry,) = CalendarClient().apply(*table.files(word)).entries.values()
        assert (entry.dtstart, entry.dtend) == (window(20).starts_at, window(20).ends_at)


# Who learns what -------------------------------------------------------------------------------
def test_every_mail_names_its_recipient_at_most(table: Table) -> None:
    table.move()
    table.cancel()
    for letter in table.post():
        assert letter.words.count("ATTENDEE") == (2 if letter.file else 0)  # both forms
        for word, one in table.people.items():
            if one.email != letter.to:
                assert one.email not in letter.words
            assert f"Canary {word}" not in letter.words
            assert str(one.pk) not in letter.words
        assert table.organization.name not in letter.words
        assert str(table.meeting.pk) not in letter.words
        assert table.meeting.reference not in letter.words
        assert "Canary reason" not in letter.words and "Canary text" not in letter.words


def test_purpose_and_place_are_in_the_fuller_file_only(table: Table) -> None:
    table.post()
    table.move()
    table.post()
    table.cancel()
    table.post()
    fuller = table.people["fuller"].email
    for letter in table.letters:
        found = (PURPOSE in letter.words, PLACE.replace(",", "\\,") in letter.words)
        wanted = letter.to == fuller and letter.file is not None
        assert found[0] == wanted, letter.to
        if not wanted:
            assert not found[1] and "Canary room" not in letter.words
    (one,) = CalendarClient().apply(*table.files("fuller")[:1]).entries.values()
    assert PURPOSE in f"{one.summary} {one.description}" and one.location == PLACE


def test_subject_and_text_are_the_same_with_and_without_a_file(table: Table) -> None:
    table.move()
    table.post()
    assert len({(one.subject, one.body) for one in mail.outbox}) == 1
