"""The public's figures: who is counted, how often, and that nobody can be found in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from foundation.confidentiality import Level
from meetings.enums import MeetingState as M
from organizations.models import Pillar
from portal import tasks
from portal.figures import making
from portal.figures.counting import answer_days, breakdowns, cells, count
from portal.figures.making import figures, make_figures, secret_offset
from portal.figures.protecting import STEP, derivable
from portal.models import PublicFigures
from recommendations.enums import Position, Progress
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation
from tests.meetings.factories import make_meeting
from tests.recommendations.factories import make_recommendation, make_submitter

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def no_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hidden items count from five on, so that a test can be short."""
    monkeypatch.setattr(making, "secret_offset", lambda cell: 0)


def make_many(many: int, **fields: Any) -> list[Recommendation]:
    user, organization = make_submitter()
    values = {"organization": organization, "by": user, **fields}
    return [make_recommendation(**values) for _ in range(many)]


def make_answered(many: int, **fields: Any) -> list[Recommendation]:
    return make_many(many, **{"state": S.ANSWERED, "level": Level.PUBLIC, **fields})


def move(day: int) -> None:
    """Let the count that stands be `day` days older."""
    back = dt.timedelta(days=day)
    for row in PublicFigures.objects.all():
        row.day, row.made_at = row.day - back, row.made_at - back
        row.save()


def test_what_everyone_reads_and_what_agreed_to_be_counted_are_two_counts() -> None:
    make_answered(2, level=Level.PUBLIC)
    make_answered(1, level=Level.UNNAMED)
    make_many(1, level=Level.PUBLIC)  # public by choice, but nobody reads it yet
    make_many(1, may_be_counted=True)
    make_many(1)
    make_many(1, level=Level.NAMED_OFFICERS)
    make_many(1, level=Level.PUBLIC, state=S.DRAFT)
    make_many(1, level=Level.PUBLIC, state=S.WITHDRAWN)
    found = count(TODAY)
    assert found.read_by_all["sent"] == found.read_by_all["answered"] == 3
    assert found.only_counted["sent"] == found.only_counted["waiting"] == 2


def test_counts_add_up_as_the_breakdowns_say() -> None:
    make_answered(2, position=Position.PARTIAL, progress=Progress.DONE)
    make_answered(3, position=Position.REFERRED, may_be_counted=True, level=Level.OFFICE)
    make_many(2, level=Level.UNNAMED, submitted_at=timezone.now() - dt.timedelta(days=365 * 9))
    found = count(TODAY)
    for side in (found.read_by_all, found.only_counted):
        assert side["sent"]
        for one in breakdowns(TODAY):
            assert side[one.total] == sum(side[part] for part in one.parts)
    assert found.only_counted["year:before"] == 2
    names = set(cells(TODAY))
    assert (set(found.read_by_all) | set(found.only_counted)) <= names


def test_an_ask_of_two_pillars_counts_under_both() -> None:
    for key in ("i", "iv"):
        Pillar.objects.get_or_create(key=key, defaults={"label": key})
    for item in make_answered(5):
        item.pillars.set(Pillar.objects.filter(key__in=("i", "iv")))
    numbers = figures(TODAY)
    assert numbers["pillar:i"] == numbers["pillar:iv"] == numbers["sent"] == 5


@pytest.mark.usefixtures("no_offset")
@pytest.mark.parametrize(("many", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_number_is_none_or_from_five_on(many: int, shown: int) -> None:
    make_many(many, may_be_counted=True)
    assert figures(TODAY)["waiting"] == shown


@pytest.mark.usefixtures("no_offset")
def test_a_few_hidden_ones_never_move_a_number_that_everyone_can_count() -> None:
    """Nine can be counted on public pages: a tenth that is hidden must not make ten of it."""
    make_answered(9)
    before = figures(TODAY)
    make_answered(4, level=Level.OFFICE, may_be_counted=True)
    assert figures(TODAY) == before


def test_named_officers_items_are_never_counted() -> None:
    before = figures(TODAY)
    make_many(12, level=Level.NAMED_OFFICERS)
    assert figures(TODAY) == before


def test_numbers_tell_nothing_of_hidden_cells() -> None:
    make_answered(23, position=Position.ACCEPTED)
    make_answered(3, position=Position.NOT_ACCEPTED)
    make_answered(6, position=Position.PARTIAL, level=Level.OFFICE, may_be_counted=True)
    make_many(14, may_be_counted=True)
    numbers = figures(TODAY)
    assert numbers["sent"]
    assert numbers["position:not_accepted"] == 0
    assert derivable(numbers, breakdowns(TODAY), 3 * (STEP - 1)) == set()
    assert all(number is None or number % STEP == 0 for number in numbers.values())


def test_exact_numbers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: counts that were not protected tell of the hidden cells, and are noticed."""
    monkeypatch.setattr(making, "protect", lambda counts, *rest: dict(counts))
    make_answered(23, position=Position.ACCEPTED)
    make_answered(3, position=Position.NOT_ACCEPTED)
    numbers = figures(TODAY)
    assert [number for number in numbers.values() if number and number < STEP]
    numbers["position:not_accepted"] = 0
    assert "position:not_accepted" in derivable(numbers, breakdowns(TODAY), STEP - 1)


def test_secret_offset_stays_and_differs_from_cell_to_cell() -> None:
    names = cells(TODAY)
    offsets = [secret_offset(name) for name in names]
    assert offsets == [secret_offset(name) for name in names]
    assert set(offsets) == set(range(STEP))


def test_another_key_gives_other_offsets(settings: Any) -> None:
    before = [secret_offset(name) for name in cells(TODAY)]
    settings.DATA_KEY = "another-key-" * 4
    assert [secret_offset(name) for name in cells(TODAY)] != before


# Once a day -----------------------------------------------------------------------------------
def test_figures_are_made_once_a_day_however_often_the_clock_strikes() -> None:
    tasks.count_public_figures()
    make_answered(5)
    tasks.count_public_figures()
    assert PublicFigures.objects.get().numbers["sent"] == 0
    move(1)
    tasks.count_public_figures()
    assert PublicFigures.objects.count() == 2
    assert PublicFigures.objects.newest().numbers["sent"] == 5


def test_two_counts_never_lie_a_minute_apart() -> None:
    """The portal was started just before midnight: the next day has to wait for its hours."""
    assert make_figures()
    row = PublicFigures.objects.get()
    row.day -= dt.timedelta(days=1)
    row.save()
    assert not make_figures()


def test_preparing_the_portal_counts_the_first_time(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from portal.management.commands import prepare

    monkeypatch.setattr(prepare, "call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(prepare, "collect_static", lambda: None)
    call_command("prepare")
    assert PublicFigures.objects.count() == 1


# Days to the answer ---------------------------------------------------------------------------
def test_days_are_those_of_the_answer_in_the_middle_of_public_ones() -> None:
    now = timezone.now()
    for days in (9, 20, 30, 40, 300):
        make_answered(1, submitted_at=now - dt.timedelta(days=days, hours=-1))
    make_answered(9, level=Level.OFFICE, may_be_counted=True)
    assert answer_days() == 30


def test_days_are_not_said_of_a_few_answers_nor_below_five() -> None:
    make_answered(4)
    assert answer_days() is None
    make_answered(1)
    assert answer_days() == STEP


@pytest.mark.usefixtures("no_offset")
def test_meetings_are_counted_once_held_where_who_asked_agreed() -> None:
    for _ in range(4):
        make_meeting(state=M.HELD, may_be_counted=True)
    make_meeting(state=M.HELD)
    make_meeting(state=M.CONFIRMED, may_be_counted=True)
    make_meeting(state=M.HELD, level=Level.NAMED_OFFICERS, may_be_counted=True)
    assert count(TODAY).only_counted["met"] == 4
    assert figures(TODAY)["met"] == 0
    make_meeting(state=M.FILED, may_be_counted=True)
    assert figures(TODAY)["met"] == 5
