"""The bulk data: every state, six languages, the same rows for the same seed, a chain that holds."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q

from accounts.models import User
from demo import filling
from demo.filling import SIZES, FilledAlready, Size, fill, fill_once, insert
from demo.filling.recommendations import COMMON, RARE
from demo.filling.words import LANGUAGES, SUBJECTS
from foundation.audit.models import AuditEvent, AuditSeal
from foundation.audit.presenting import actions
from foundation.confidentiality import Level
from letters.asks.places import passage
from letters.enums import BatchState, LetterState, Method
from letters.models import Ask, FrozenText, Letter, Signatory, SignatoryBatch
from letters.text import fingerprint
from meetings.enums import InvitationStyle, MeetingState
from meetings.models import CalendarStep, Commitment, Meeting, Note, Participant
from organizations.enums import RegistrationState
from organizations.models import Expert, Membership, Organization
from recommendations.actions.joining import fits
from recommendations.enums import (
    OFFER,
    OPEN,
    LinkState,
    Position,
    Progress,
    RecommendationState,
    Side,
    Source,
)
from recommendations.models import (
    Answer,
    NamedReader,
    ProgressReport,
    Recommendation,
    SenderLink,
)

WHY = "a test looks at everything"
TINY = Size(300, 40, 24)
TODAY = date(2026, 11, 25)
SILENT: Any = lambda sentence: None  # noqa: E731


def rows(model: Any) -> Any:
    """Return every row of a guarded model."""
    return model.objects.unguarded(WHY)


def seed_words() -> None:
    """A transactional test before this one has emptied every table, the seeded words too."""
    import_module("organizations.migrations.0002_seed_pillars_and_kinds").seed(apps, None)
    seeds = "recommendations.migrations.0002_seed_topics_actions_addressees_reasons"
    import_module(seeds).seed(apps, None)


def written(seed: int, today: date = TODAY) -> dict[str, list[tuple[Any, ...]]]:
    """Fill in a transaction that is taken back; return what a person would compare."""
    with transaction.atomic():
        insert(TINY, seed=seed, today=today, say=SILENT)
        found = {
            "asks": list(
                rows(Recommendation)
                .order_by("reference")
                .values_list(
                    "pk", "reference", "state", "level", "language", "title", "text", "created_at",
                    "submitted_at", "answer_by", "published_at", "search_text", "owner__email",
                )
            ),
            "organizations": list(
                rows(Organization).order_by("reference").values_list(
                    "pk", "reference", "state", "name", "created_at", "valid_until", "vouch_code"
                )
            ),
            "letters": list(
                rows(Letter).order_by("reference").values_list("pk", "reference", "body", "state")
            ),
            "names": list(
                rows(Signatory).order_by("pk").values_list("pk", "raw", "created_at", "mode")
            ),
            "people": list(User.objects.order_by("email").values_list("pk", "email", "name")),
            "events": list(
                AuditEvent.objects.order_by("at", "id").values_list("at", "action", "object_id")
            ),
        }  # fmt: skip
        transaction.set_rollback(True)
    return found


@pytest.fixture
def filled(transactional_db: None) -> None:
    """A tiny size, sealed."""
    seed_words()
    fill(TINY, seed=3, today=TODAY, say=SILENT)


def check_every_state_level_language_position_and_source_occurs() -> None:
    items = rows(Recommendation)
    assert {one.state for one in items} == set(RecommendationState.values)
    assert {one.level for one in items} == set(Level.values)
    assert {one.language for one in items} == set(LANGUAGES)
    assert {one.position for one in items} == set(Position.values)
    assert {one.progress for one in items} == set(Progress.values)
    assert {"portal", "mail", "paper"} <= {one.source for one in items}
    assert {one.state for one in rows(Organization)} == set(RegistrationState.values)
    assert {one.name_language for one in rows(Organization)} == set(LANGUAGES)
    later = {LetterState.OPENED, LetterState.NO_ANSWER}  # reached by a button
    assert {one.state for one in rows(Letter)} >= set(LetterState.values) - later
    assert {one.method for one in rows(Signatory)} == set(Method.values) - {Method.EMAIL}
    assert {one.side for one in rows(ProgressReport)} == set(Side.values)
    assert rows(Recommendation).exclude(source=Source.LETTER).count() == TINY.recommendations
    assert {one.state for one in rows(SenderLink)} == set(LinkState.values)
    assert {one.state for one in rows(Meeting)} == set(MeetingState.values)
    assert {one.style for one in rows(Participant)} == set(InvitationStyle.values)
    assert rows(Meeting).count() == TINY.meetings
    assert rows(Organization).count() == TINY.organizations
    assert rows(Expert).count() == TINY.experts
    assert rows(Letter).count() == TINY.letters


def check_answers_are_consistent_with_their_items() -> None:
    answers, items = rows(Answer), rows(Recommendation)
    out = answers.filter(published_at__isnull=False)
    assert not out.filter(recommendation__published_at__isnull=True).exists()
    assert not out.filter(published_at__lt=F("cleared_at")).exists()
    assert not answers.filter(cleared_at__lt=F("drafted_at")).exists()
    assert not answers.filter(writers__pk=F("cleared_by_id")).exists()
    assert not answers.filter(writers__isnull=True).exists()
    for item in items.filter(state=RecommendationState.ANSWERED):
        last = out.filter(recommendation=item).order_by("-published_at")[0]
        assert item.position == last.position != Position.NOTED
    in_work = {RecommendationState.TO_CLEAR, RecommendationState.CLEARED}
    waiting = answers.filter(published_at__isnull=True)
    with_draft = set(waiting.values_list("recommendation_id", flat=True))
    assert set(items.filter(state__in=in_work).values_list("pk", flat=True)) <= with_draft


def check_what_is_searched_is_what_save_writes() -> None:
    for model in (Recommendation, Organization, Expert, Meeting):
        for one in rows(model)[:60]:
            before = (
                one.search_text,
                getattr(one, "sender_text", ""),
                getattr(one, "name_key", ""),
            )
            one.fold_words()
            after = (one.search_text, getattr(one, "sender_text", ""), getattr(one, "name_key", ""))
            assert before == after != ("", "", "")


def check_nobody_does_what_the_rules_refuse() -> None:
    """Owners have no stake and may see the item; senders were vetted; all lies in the past."""
    items = rows(Recommendation)
    stakes = rows(Membership).values("user_id")
    assert not items.filter(owner_id__in=stakes).exists()
    named = rows(NamedReader).values("recommendation_id")
    secret = items.filter(level=Level.NAMED_OFFICERS, owner__isnull=False)
    assert secret.exists() and not secret.exclude(pk__in=named).exists()
    sent = items.filter(submitted_at__isnull=False, source=Source.PORTAL)
    assert not sent.filter(submitted_at__lt=F("organization__decided_at")).exists()
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    assert not items.filter(Q(created_at__gt=moment) | Q(published_at__gt=moment)).exists()
    assert not AuditEvent.objects.filter(at__gt=moment).exists()


def check_rows_hang_together() -> None:
    demands = rows(Recommendation).exclude(action_asked__key=OFFER)
    assert not demands.filter(topics__isnull=True).exists()
    assert not demands.filter(pillars__isnull=True).exists()
    for text in FrozenText.objects.all():
        assert text.sha256 == fingerprint(text.letter.drafted_text().canonical())
    batches = rows(SignatoryBatch)
    assert {batch.state for batch in batches} == {BatchState.COMMITTED}
    for batch in batches:
        assert rows(Signatory).filter(batch=batch).count() == batch.source.count("\n") + 1


def check_asks_of_letters_stand_where_they_say_and_are_answered_with_them() -> None:
    asks = rows(Ask).select_related("recommendation", "letter")
    assert {ask.is_offer for ask in asks} == {True, False}
    for ask in asks:
        found = passage(ask.letter.body, ask.place)
        assert found is not None and found.text == ask.recommendation.text
    for letter in rows(Letter).filter(state=LetterState.ANSWERED):
        assert all(ask.is_settled for ask in asks if ask.letter_id == letter.pk)
    under_review = (LetterState.UNDER_REVIEW, LetterState.ANSWERED)
    assert {ask.letter.state for ask in asks} == set(under_review)


def check_joined_asks_have_one_that_is_open_and_fits() -> None:
    joined = rows(Recommendation).filter(state=RecommendationState.JOINED)
    for item in joined.select_related("duplicate_of"):
        assert item.duplicate_of.state in OPEN
        assert fits(item, item.duplicate_of)
        assert item.answer_by == item.duplicate_of.answer_by


def check_meetings_are_consistent_with_their_states() -> None:
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    meetings = rows(Meeting)
    assert not meetings.filter(state=MeetingState.CONFIRMED, starts_at__lt=moment).exists()
    assert not meetings.filter(held_at__gt=moment).exists()
    assert not meetings.filter(cancelled_at__gte=F("starts_at")).exists()
    over = (MeetingState.HELD, MeetingState.FILED)
    assert rows(Note).count() == meetings.filter(state__in=over).count()
    filed = rows(Commitment).values_list("meeting__state", flat=True)
    assert set(filed) == {MeetingState.FILED}
    for step in rows(CalendarStep).select_related("participant__meeting"):
        cancelled = step.participant.meeting.state == MeetingState.CANCELLED
        assert step.participant.calendar_sequence == int(cancelled)
    assert {bool(one.network_id) for one in meetings} == {True, False}


def check_every_model_passes_its_own_validation() -> None:
    """Choices, lengths, constraints: what a form would refuse is not there either."""
    for model in (
        Recommendation, Organization, Answer, Letter, Signatory, Ask, SenderLink, Meeting,
        Participant, CalendarStep, Note, Commitment,
    ):  # fmt: skip
        empty = [f.name for f in model._meta.fields if f.null and not f.blank]
        for one in rows(model)[:40]:
            one.full_clean(exclude=empty)


def check_the_log_has_a_sentence_for_each_event_and_its_chain_holds() -> None:
    assert set(AuditEvent.objects.values_list("action", flat=True)) <= set(actions())
    assert AuditSeal.objects.count() == AuditEvent.objects.count() > TINY.recommendations
    moments = list(AuditEvent.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "The chain holds." in out.getvalue()


def check_a_second_seed_adds_as_much_again() -> None:
    fill(TINY, seed=4, today=TODAY, say=SILENT)
    written_here = rows(Recommendation).exclude(source=Source.LETTER)
    assert written_here.count() == 2 * TINY.recommendations


def test_bulk_data_are_complete_and_consistent(filled: None) -> None:
    """One filling for all checks; each is asked, whatever the others say."""
    wrong = {}
    for name, check in list(globals().items()):
        if name.startswith("check_"):
            try:
                check()
            except AssertionError as error:
                wrong[name] = str(error)
    assert wrong == {}


@pytest.mark.django_db
def test_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    first, again, other = written(7), written(7), written(8)
    assert first == again
    for name in first:
        assert not set(map(repr, first[name])) & set(map(repr, other[name])), name


@pytest.mark.django_db
def test_same_seed_on_another_day_moves_the_dates_with_it() -> None:
    one, later = written(7), written(7, date(2027, 11, 25))
    titles = [[row[5] for row in sorted(rows["asks"])] for rows in (one, later)]
    assert titles[0] == titles[1]
    assert max(row[7] for row in later["asks"]).year == 2027


@pytest.mark.django_db
def test_a_filling_that_is_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(filling.Letters, "make", stop)
    people, events = User.objects.count(), AuditEvent.objects.count()
    with pytest.raises(KeyboardInterrupt):
        fill(TINY, seed=1, today=TODAY, say=SILENT)
    assert (User.objects.count(), AuditEvent.objects.count()) == (people, events)
    assert not rows(Recommendation).exists()


@pytest.mark.django_db
def test_a_database_is_filled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIZES, "medium", Size(30, 12, 3))
    fill_once("medium", seed=2, today=TODAY, say=SILENT)
    assert rows(Recommendation).exclude(source=Source.LETTER).count() == 30
    with pytest.raises(FilledAlready, match="medium, seed 2"):
        fill_once("large", seed=9, today=TODAY, say=SILENT)
    assert rows(Recommendation).exclude(source=Source.LETTER).count() == 30


@pytest.mark.django_db
def test_command_refuses_to_run_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="the demo data belong to the demo"):
        call_command("demo", "--size", "large")
    assert not rows(Recommendation).exists()


@pytest.mark.parametrize("words", [["--size", "huge"], ["--seed", "-1"], ["--today", "soon"]])
def test_command_refuses_words_that_it_does_not_know(words: list[str], settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError):
        call_command("demo", *words)


@pytest.mark.django_db
def test_constraints_are_checked_when_the_rows_are_kept() -> None:
    """A positive control: COPY goes past validation, not past the database."""
    from demo.filling.copying import Copier

    copier = Copier()
    user = User.objects.create_user("copier@tests.example")
    copier.add(
        Recommendation(state="answered", text="x", created_by=user, created_at=user.joined_at)
    )
    with pytest.raises(IntegrityError, match="recommendation_"), transaction.atomic():
        copier.flush()


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_all_words(code: str) -> None:
    words, share = LANGUAGES[code]
    assert words.code == code and share > 0
    assert len(words.asks) == len(SUBJECTS)
    assert set(words.answers) == set(Position.values) - {Position.PENDING}
    assert all("{place}" in title + text for title, text in words.asks)
    for title, _text in words.asks:
        longest = max(map(len, words.heads)) + max(map(len, words.tails))
        assert len(title) + longest < 200


def test_rare_and_common_words_are_what_they_say() -> None:
    english = LANGUAGES["en"][0]
    text = " ".join([*english.details, *(one for pair in english.asks for one in pair)])
    assert RARE not in text and COMMON in text


def test_values_are_written_as_copy_reads_them() -> None:
    from django.contrib.postgres.fields import ArrayField

    from demo.filling.copying import writer, written

    assert [written(value) for value in (None, True, 5, "a\tb\n\\")] == [
        "\\N", "t", "5", "a\\tb\\n\\\\",
    ]  # fmt: skip
    array = writer(ArrayField(models.CharField()))
    assert array(["a", 'b"', "c\\"]) == '{"a","b\\\\"","c\\\\\\\\"}'
    assert writer(models.JSONField())({"a": "é\\"}) == '{"a": "é\\\\\\\\"}'


@pytest.mark.django_db
def test_what_was_copied_reads_back_as_it_was() -> None:
    """Quotes, backslashes, tabs and every script survive COPY."""
    from demo.filling.copying import Copier

    user = User.objects.create_user("copier@tests.example")
    said = 'tab\tline\nback\\slash "quotes" \\N {brace} ليلى 林 é'
    item = Recommendation(
        created_by=user, source="mail", sender_as_stated="x", title='a "b" \\', text=said,
        countries=["KE", "ML"], created_at=datetime(2020, 1, 2, 3, 4, 5, 678000, UTC),
    )  # fmt: skip
    copier = Copier()
    copier.add(item)
    copier.flush()
    found = rows(Recommendation).get(pk=item.pk)
    for field in Recommendation._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(item, field.attname), field.name
    assert connection.in_atomic_block


def test_no_file_of_the_filling_is_long() -> None:
    for path in Path(filling.__file__).parent.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 300, path
