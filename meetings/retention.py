"""What this room keeps of people, how long and why. Read by people as law and by a check as rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from meetings.models import (
    BriefText,
    CalendarStep,
    Commitment,
    Meeting,
    Message,
    NamedReader,
    Note,
    Participant,
    Slot,
)

RECORD = _("the row stays, the person in it is made unknown")
MEETING = _("as the meeting")

register(
    "meetings",
    Row(
        Meeting,
        (
            "reference",
            "created_by",
            "owner",
            "purpose",
            "text",
            "place_wished",
            "languages",
            "access_needs",
            "zone",
            "place",
            "closed_reason",
            "search_text",
            "sender_text",
        ),
        _("ten years after people met; access needs until then only; drafts two years"),
        _("text, place and who asked are emptied, reference, dates and state stay"),
        _("who was met, and what the Office undertook, can be followed for ten years"),
    ),
    Row(Slot, ("zone", "note"), MEETING, _("the row is deleted"), _("who offered which time")),
    Row(
        Participant,
        ("name", "function", "user", "calendar_uid"),
        _("two years after people met"),
        _("name, function and account are emptied, side and attendance stay"),
        _("who sat at the table, and how each wants to be told"),
    ),
    Row(
        CalendarStep,
        ("place",),
        _("until a year after people met"),
        _("the row is deleted"),
        _("a calendar file says the same however late it is sent"),
    ),
    Row(
        Note,
        ("points", "replies", "distribution", "written_by"),
        MEETING,
        RECORD,
        _("what was spoken about and what the Office said; nobody is named as a speaker"),
    ),
    Row(
        BriefText,
        (
            "language",
            "classification",
            "addressed_to",
            "through",
            "sender",
            "purpose",
            "about",
            "key_messages",
            "if_raised",
            "sensitivities",
            "annexes",
            "written_by",
        ),
        _("two years after people met"),
        _("the row is deleted, and the papers made of it"),
        _("an official goes prepared; what was agreed stands in the note"),
    ),
    Row(
        Commitment,
        ("text", "owner", "done_note", "done_by"),
        _("ten years after it was done"),
        RECORD,
        _("what the Office undertook can be followed to its end"),
    ),
    Row(
        Message,
        ("text", "written_by"),
        _("two years after people met or the ask was closed"),
        _("the text is emptied"),
        _("a time is agreed by talking"),
    ),
    Row(
        NamedReader,
        ("user", "named_by"),
        _("as long as the meeting is kept"),
        RECORD,
        _("who could read it must be known"),
    ),
)
