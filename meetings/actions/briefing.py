"""The brief of a meeting: the officers' own lines, and the paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Level
from foundation.documents.actions import request_document
from foundation.documents.models import Document
from foundation.web.forms import EditConflict, claim_version
from foundation.workflow import Refused, WrongState
from meetings.actions.parts import lock, must_be
from meetings.documents import BRIEF, BRIEFED
from meetings.enums import OPEN, Classification
from meetings.models import BriefText, Meeting

WHY = "what hangs on a meeting that the caller works on"
FIELDS = (
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
)


@transaction.atomic
def write_brief(*, meeting: Meeting, values: Mapping[str, Any], version: int, by: Any) -> BriefText:
    """Write the Office's own lines of the brief (`version` 0 for new ones) and return them.

    `values`: any of FIELDS. Raises NotYours, WrongState unless people are still to meet, Refused
    for "unclassified" where only named officers may see the meeting, EditConflict when somebody
    else saved since `version`.
    """
    meeting = lock(meeting.pk)
    must_be("officer", by, meeting)
    if meeting.state not in OPEN:
        raise WrongState(_("A brief is written before people meet."))
    if (
        values.get("classification") == Classification.UNCLASSIFIED
        and meeting.level == Level.NAMED_OFFICERS
    ):
        raise Refused(_("What only named officers may see is not unclassified."))
    text = BriefText.objects.unguarded(WHY).about(meeting).first()
    if text is None:
        if version:
            raise EditConflict
        text = BriefText(meeting=meeting, version=1)
    else:
        claim_version(text, version)
    for name in FIELDS:
        if name in values:
            setattr(text, name, values[name])
    text.written_by, text.written_at = by, timezone.now()
    text.save()
    record("meetings.brief_written", meeting, by=by, version=text.version)
    return text


@transaction.atomic
def request_brief(*, meeting: Meeting, by: Any) -> Document:
    """Return the document of the brief as everything stands now; the same content is made once.

    Raises NotYours, WrongState for a draft and for a meeting that does not take place.
    """
    meeting = lock(meeting.pk)
    must_be("officer", by, meeting)
    if meeting.state not in BRIEFED:
        raise WrongState(_("There is no brief of a meeting that does not take place."))
    text = BriefText.objects.unguarded(WHY).about(meeting).first()
    language = text.language if text else "en"
    return request_document(BRIEF.name, meeting, by=by, language=language)
