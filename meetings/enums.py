"""States, values and named sets of the meetings room; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import Level

LEVELS = (Level.OFFICE, Level.NAMED_OFFICERS)
"""Who may see a meeting; the default first. Nothing of a meeting is ever public."""


class MeetingState(models.TextChoices):
    """Where a meeting stands; labels for staff and for the requester are in transitions.py."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ASSIGNED = "assigned"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    FILED = "filed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Format(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person, some of us online")


class SlotKind(models.TextChoices):
    """Whose time it is."""

    ASKED = "asked", _("Asked for")
    PROPOSED = "proposed", _("Proposed by the Office")


class Side(models.TextChoices):
    """On which side of the table somebody sits, or who took a step."""

    OFFICE = "office", _("The Office")
    REQUESTER = "requester", _("Who asked for the meeting")


class InvitationStyle(models.TextChoices):
    """What a participant wants to get by mail; chosen before the first invitation."""

    NOT_ASKED = "not_asked", _("Not chosen yet")
    NEUTRAL = "neutral", _("A calendar file that says “Meeting” and nothing else")
    FULLER = "fuller", _("A calendar file with purpose and place")
    NO_FILE = "no_file", _("A neutral mail without a file")
    NO_MAIL = "no_mail", _("No mail: I look here")


class MessageKind(models.TextChoices):
    """What a message about a meeting is."""

    WORD = "word", _("Message")
    NOTE = "note", _("Note inside the Office")


class CalendarMethod(models.TextChoices):
    """What a calendar file says (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


WITH_FILE = frozenset({InvitationStyle.NEUTRAL, InvitationStyle.FULLER})
# In which something is still to be done before people meet; the Office's clock runs in TO_ANSWER.
TO_ANSWER = (MeetingState.REQUESTED, MeetingState.ASSIGNED)
OPEN = (*TO_ANSWER, MeetingState.PROPOSED, MeetingState.CONFIRMED)
FINISHED = (
    MeetingState.FILED,
    MeetingState.DECLINED,
    MeetingState.CANCELLED,
    MeetingState.WITHDRAWN,
)
# In which the time stands: when, where, confirmed.
FIXED = (MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.FILED)


class Classification(models.TextChoices):
    """What stands on a brief (ST/SGB/2007/6, section 2): the three classes of information."""

    UNCLASSIFIED = "unclassified", _("UNCLASSIFIED")
    CONFIDENTIAL = "confidential", _("CONFIDENTIAL")
    STRICTLY = "strictly", _("STRICTLY CONFIDENTIAL")


USUAL_CLASSIFICATION = {
    Level.OFFICE: Classification.CONFIDENTIAL,
    Level.NAMED_OFFICERS: Classification.STRICTLY,
}
"""What a brief is classified as unless an officer says otherwise, by the level of its meeting."""
