"""What a brief says, gathered from the meeting and from what every officer may see beside it.

A brief is one paper for all who may see its meeting. So what comes from elsewhere (entry, past
letters and meetings, commitments) is what the whole Office may see, whatever the meeting's level;
and a recommendation for named officers stands in it only where every officer who was named for the
meeting was named for the recommendation as well.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from foundation.confidentiality import Audience, Level
from meetings.briefs import (
    BriefContent,
    Commitment,
    Participant,
    Past,
    Position,
    Talk,
    When,
    Words,
)
from meetings.briefs.background import latest_first, past_dealings
from meetings.enums import USUAL_CLASSIFICATION, Classification, Side
from meetings.enums import MeetingState as S
from meetings.models import BriefText, Meeting, NamedReader
from meetings.models import Commitment as Undertaken
from meetings.models import Participant as Listed
from organizations.enums import OfficialLanguage
from organizations.models import Expert, Network, Organization
from recommendations.models import NamedReader as NamedForRecommendation
from recommendations.models import Recommendation

EVERY_OFFICER = Audience(Level.OFFICE)
WHY = "the brief is made for the officers who may see its meeting"
REQUESTERS: dict[str, Any] = {"organization": Organization, "expert": Expert, "network": Network}


def gather(meeting: Meeting, *, language: str, moment: datetime) -> BriefContent:
    """Return the content of the brief of `meeting` in `language`, as of `moment` (aware)."""
    text = BriefText.objects.unguarded(WHY).about(meeting).first()
    text = text or BriefText(classification=USUAL_CLASSIFICATION[Level(meeting.level)])
    with translation.override(language):
        return BriefContent(
            language=language,
            classification=str(Classification(text.classification).label),
            reference=meeting.reference,
            drawn_up=moment,
            subject=Words(meeting.purpose, meeting.language),
            when=_when(meeting),
            place=Words(meeting.place),
            form=meeting.get_format_display(),
            languages=tuple(str(OfficialLanguage(code).label) for code in meeting.languages),
            requester=Words(meeting.sender_name()),
            participants=_participants(meeting),
            gone=_gone(meeting),
            theirs=Words(meeting.text, meeting.language),
            past=tuple(_past(meeting)),
            commitments=_commitments(meeting, moment),
            recommendations=_recommendations(meeting),
            **_own_lines(text, meeting),
        )


def _own_lines(text: BriefText, meeting: Meeting) -> dict[str, Any]:
    """Return what the officers wrote, or what stands where they wrote nothing."""
    owner = meeting.owner.display_name() if meeting.owner else ""
    return {
        "to": Words(text.addressed_to),
        "through": Words(text.through),
        "sender": Words(text.sender or owner),
        "ours": Words(text.purpose),
        "about": Words(text.about) if text.about else _about(meeting),
        "key_messages": points(text.key_messages),
        "if_raised": tuple(talk(line.text) for line in points(text.if_raised)),
        "sensitivities": points(text.sensitivities),
        "annexes": points(text.annexes),
    }


def points(text: str) -> tuple[Words, ...]:
    """Return the points of a text of the officers: its lines, without marks before them."""
    lines = (line.strip().lstrip("-–•*").strip() for line in text.splitlines())
    return tuple(Words(line) for line in lines if line)


def talk(line: str) -> Talk:
    """Return "Listing: not ours to comment on" as what is raised and what to say."""
    about, colon, say = line.partition(":")
    if not colon or not say.strip() or len(about) > 80:
        return Talk(Words(), Words(line))
    return Talk(Words(about.strip()), Words(say.strip()))


def _when(meeting: Meeting) -> When | None:
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    return When(meeting.starts_at, meeting.ends_at, meeting.zone, settings.TIME_ZONE)


def _about(meeting: Meeting) -> Words:
    """Return country and own words of who asks, as far as every officer may see the entry."""
    column, pk = _requester(meeting)
    entry = REQUESTERS[column].objects.visible_to(EVERY_OFFICER).filter(pk=pk).first()
    if entry is None:
        return Words()
    country = "" if column == "network" else entry.printed_country(translation.get_language()[:2])
    return Words(". ".join(part for part in (country, entry.about.strip()) if part))


def _requester(meeting: Meeting) -> tuple[str, Any]:
    """Return the column of who asks, and the key in it."""
    return next(
        (name, getattr(meeting, f"{name}_id"))
        for name in REQUESTERS
        if getattr(meeting, f"{name}_id")
    )


def _same_requester(meeting: Meeting) -> dict[str, Any]:
    column, pk = _requester(meeting)
    return {f"{column}_id": pk}


def _participants(meeting: Meeting) -> tuple[Participant, ...]:
    """Return who comes, those who asked first."""
    people = Listed.objects.visible_to(Audience(Level(meeting.level))).about(meeting).present()
    rows = sorted(people.in_order(), key=lambda one: one.side == Side.OFFICE)
    return tuple(
        Participant(Words(one.name), Words(one.function), one.may_be_named, one.side == Side.OFFICE)
        for one in rows
    )


def _gone(meeting: Meeting) -> tuple[str, ...]:
    """Return the names of those who asked and left the list since: nobody may name them any more."""
    people = Listed.objects.visible_to(Audience(Level(meeting.level))).about(meeting)
    left = people.filter(side=Side.REQUESTER, removed_at__isnull=False).in_order()
    return tuple(left.values_list("name", flat=True))


def _past(meeting: Meeting) -> list[Past]:
    """Return the letters and meetings before this one, the latest first."""
    meetings = Meeting.objects.visible_to(EVERY_OFFICER).in_state(S.HELD, S.FILED)
    before = meetings.filter(**_same_requester(meeting)).exclude(pk=meeting.pk)
    held = [
        Past(one.starts_at.date(), one.reference, Words(one.purpose, one.language))
        for one in before
        if one.starts_at
    ]
    return latest_first([*held, *past_dealings(meeting.sender, EVERY_OFFICER)])


def _commitments(meeting: Meeting, moment: datetime) -> tuple[Commitment, ...]:
    """Return what the Office undertook towards who asks and has not done, the oldest first."""
    others = Meeting.objects.visible_to(EVERY_OFFICER).filter(**_same_requester(meeting))
    own = [meeting.pk, *others.values_list("pk", flat=True)]
    rows = Undertaken.objects.visible_to(Audience(Level(meeting.level))).filter(meeting_id__in=own)
    day = moment.date()
    return tuple(
        Commitment(Words(one.text), one.due, overdue=one.due < day)
        for one in rows.to_do().most_urgent_first()
    )


def _recommendations(meeting: Meeting) -> tuple[Position, ...]:
    """Return the recommendations linked to the meeting, with the Office's position on each."""
    linked: Any = meeting.recommendations
    seen = linked.visible_to(Audience(Level(meeting.level)))
    rows = list(seen.select_related("owner").order_by("submitted_at", "reference"))
    for_fewer = _for_fewer_readers(meeting, rows)
    return tuple(
        Position(
            reference=one.reference,
            ask=Words(one.headline(), one.language),
            position=one.get_position_display(),
            progress=one.get_progress_display(),
            owner=one.owner.display_name() if one.owner else "",
        )
        for one in rows
        if one.pk not in for_fewer
    )


def _for_fewer_readers(meeting: Meeting, rows: list[Recommendation]) -> set[Any]:
    """Return the keys of those that an officer named for the meeting was not named for."""
    closed = [one.pk for one in rows if one.level >= Level.NAMED_OFFICERS]
    if not closed:
        return set()
    readers = NamedReader.objects.unguarded(WHY).about(meeting).values_list("user_id", flat=True)
    named = NamedForRecommendation.objects.unguarded(WHY).filter(recommendation_id__in=closed)
    pairs = set(named.values_list("recommendation_id", "user_id"))
    return {one for one in closed if any((one, reader) not in pairs for reader in readers)}
