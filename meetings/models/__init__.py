"""The tables of this room."""

from meetings.models.briefs import BriefText
from meetings.models.meetings import Meeting, Slot, meeting_reference
from meetings.models.notes import Commitment, Message, NamedReader, Note
from meetings.models.participants import CalendarStep, Participant, calendar_uid

__all__ = [
    "BriefText",
    "CalendarStep",
    "Commitment",
    "Meeting",
    "Message",
    "NamedReader",
    "Note",
    "Participant",
    "Slot",
    "calendar_uid",
    "meeting_reference",
]
