"""Mails that are late, overtaken, or for somebody who is gone; and one person's own changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from foundation.notifications import registry
from foundation.notifications.models import Notice, Outbox
from foundation.workflow import WrongState
from meetings import actions
from meetings.enums import InvitationStyle as Style
from meetings.enums import Side
from meetings.models import CalendarStep, Meeting
from meetings.notifications.invitations import AboutStep
from tests.factories import make_officer, make_user
from tests.meetings.calendars.client import CalendarClient, read
from tests.meetings.factories import window
from tests.meetings.table import PURPOSE, WHY, Table, lose_sight, settled, sit_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Confirmed, everything before it has left, and everybody but one has chosen."""
    return settled()


# Late, overtaken, closed -------------------------------------------------------------------------
def test_file_is_the_same_however_late_it_leaves(table: Table) -> None:
    made = timezone.now().replace(microsecond=0) - timedelta(hours=3)
    CalendarStep.objects.unguarded(WHY).update(made_at=made)
    table.post()
    once = table.files("fuller")
    assert read(once[0]).event.dtstamp == made
    Outbox.objects.update(done_at=None)  # as if the marks had been lost with their process
    Meeting.objects.unguarded(WHY).filter(pk=table.meeting.pk).update(place="Elsewhere")
    table.post()
    assert table.files("fuller") == once * 2


def test_invitation_that_is_overtaken_never_leaves(table: Table) -> None:
    table.move()
    table.cancel()
    letters = table.post()
    for word in ("neutral", "fuller", "officer"):
        (only,) = [one for one in letters if one.file and one.to == table.people[word].email]
        assert only.read().method == "CANCEL"
        assert CalendarClient(remembers=False).apply(*table.files(word)).entries == {}
    assert Outbox.objects.filter(last_error="overtaken").count() == 6


def test_without_that_care_a_forgetful_calendar_would_keep_the_meeting(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: workers in parallel send in any order; here the other way round."""
    monkeypatch.setattr(AboutStep, "still_true", lambda self, user, about_id: True)
    table.cancel()
    table.post()
    files = table.files("neutral")
    assert len(files) == 2
    assert CalendarClient(remembers=False).apply(*reversed(files)).entries


def test_only_the_last_of_two_moves_leaves(table: Table) -> None:
    table.post()
    table.move(20)
    table.move(25)
    letters = [one for one in table.post() if one.to == table.people["fuller"].email]
    (only,) = [one.read() for one in letters if one.file]
    assert (only.sequence, only.event.dtstart) == (2, window(25).starts_at)


def test_no_mail_after_the_cancellation(table: Table) -> None:
    table.cancel()
    table.post()
    steps = CalendarStep.objects.unguarded(WHY).count()
    with pytest.raises(WrongState):
        table.move(30)
    with pytest.raises(WrongState):
        table.cancel()
    table.style("not-asked", Style.FULLER)
    table.style("neutral", Style.FULLER)
    assert table.post() == []
    assert CalendarStep.objects.unguarded(WHY).count() == steps


def test_closed_account_gets_nothing(table: Table) -> None:
    table.post()
    address = table.people["fuller"].email
    User.objects.filter(email=address).update(is_active=False)
    table.move()
    table.cancel()
    assert address not in {one.to for one in table.post()}


def test_who_lost_sight_of_the_meeting_gets_nothing(table: Table) -> None:
    table.post()
    lose_sight(table, "fuller")
    told = Notice.objects.filter(recipient_id=table.people["fuller"].pk).count()
    table.move()
    table.cancel()
    assert table.people["fuller"].email not in {one.to for one in table.post()}
    assert Notice.objects.filter(recipient_id=table.people["fuller"].pk).count() == told


@pytest.mark.parametrize("word", ["fuller", "neutral"])
def test_who_loses_sight_before_the_mail_leaves_gets_no_file(table: Table, word: str) -> None:
    table.post()
    table.move()
    lose_sight(table, word)
    address = table.people[word].email
    assert [one for one in table.post() if one.to == address and one.file] == []


def test_officer_above_whose_level_it_went_gets_no_file(table: Table) -> None:
    table.post()
    other = make_officer()
    table.people["other"] = other
    table.places["other"] = sit_down(table, "other", table.officer, Side.OFFICE)
    table.style("other", Style.FULLER)
    assert [one.to for one in table.post() if one.file] == [other.email]
    meeting = table.fresh()
    level = Level.NAMED_OFFICERS
    actions.choose_level(meeting=meeting, level=level, version=meeting.version, by=table.asker)
    table.move()
    assert other.email not in {one.to for one in table.post()}


# One person's own changes ------------------------------------------------------------------------
def test_who_is_taken_off_the_list_alone_gets_a_cancellation(table: Table) -> None:
    table.post()
    actions.remove_participant(participant=table.places["fuller"], by=table.asker)
    (letter,) = [one for one in table.post() if one.file]
    assert letter.to == table.people["fuller"].email
    assert letter.read().method == "CANCEL"
    table.move()
    assert table.people["fuller"].email not in {one.to for one in table.post() if one.file}
    assert CalendarClient().apply(*table.files("fuller")).entries == {}


def test_who_wants_no_file_any_more_gets_a_last_one(table: Table) -> None:
    table.post()
    table.style("fuller", Style.NO_FILE)
    (letter,) = [one for one in table.post() if one.file]
    assert letter.read().method == "CANCEL"
    table.move()
    table.cancel()
    assert [
        one.file for one in table.post() if one.to == table.people["fuller"].email and one.file
    ] == []
    assert CalendarClient().apply(*table.files("fuller")).entries == {}


def test_who_wants_less_in_the_file_has_less_in_the_calendar(table: Table) -> None:
    table.post()
    table.style("fuller", Style.NEUTRAL)
    table.post()
    (entry,) = CalendarClient().apply(*table.files("fuller")).entries.values()
    assert PURPOSE not in f"{entry.summary}{entry.description}" and not entry.location


def test_who_chooses_late_is_invited_to_the_time_that_stands(table: Table) -> None:
    table.post()
    table.move(20)
    table.post()
    table.style("not-asked", Style.NEUTRAL)
    (letter,) = table.post()
    assert letter.to == table.people["not-asked"].email
    assert (letter.read().sequence, letter.read().event.dtstart) == (0, window(20).starts_at)


def test_same_choice_again_sends_nothing(table: Table) -> None:
    table.post()
    table.style("fuller", Style.FULLER)
    assert table.post() == []


def test_every_kind_with_a_file_may_be_overtaken() -> None:
    ours = [one for one in registry.registered() if one.kind.startswith("meetings.")]
    assert sum(isinstance(one, AboutStep) for one in ours) == 3
    reader: Any = make_user()
    for one in ours:
        assert one.is_made_late
        assert not one.still_true(reader, "00000000-0000-4000-8000-00000000c0de")
