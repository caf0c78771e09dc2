"""The brief of a meeting as a kind of documents: who may have it, when it is another one."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.confidentiality import Level, SystemActor, Viewer, person
from foundation.documents.kinds import Changed, DocumentKind
from foundation.documents.models import Document
from foundation.documents.sheets import Sheet
from meetings.briefs import LAYOUT, MOST_PAGES, BriefContent, paper
from meetings.documents.gathering import gather
from meetings.enums import OPEN
from meetings.enums import MeetingState as S
from meetings.models import Meeting, NamedReader, Participant
from organizations.querysets.parts import is_approver

BRIEFED = (*OPEN, S.HELD, S.FILED)
"""In which a brief can be made: it was sent, and people meet or have met."""
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
WHY = "the brief is made for the officers who may see its meeting"


class MeetingBrief(DocumentKind):
    """The brief: for the officers who work on the meeting, never for who asked for it."""

    name = "meetings.brief"
    seals = False

    def restrict(self, queryset: Any, viewer: Viewer) -> Any:
        """Whoever works on the meeting for the Office today. Nobody sees a brief that names a
        person who took the consent back or left the list since; an officer who was named for a closed meeting sees
        those made after that, since each is made for its readers of the day."""
        if isinstance(viewer, SystemActor):
            return queryset
        user = person(viewer)
        if user is None or not user.is_office:
            return queryset.none()
        meetings = Meeting.objects.visible_to(user).for_the_desk(user)
        seen = Q(Exists(meetings.filter(pk=OuterRef("source_id"))))
        if not is_approver(user):
            seen &= Q(level__lt=Level.NAMED_OFFICERS) | Q(Exists(self._named_before(user)))
        return queryset.filter(seen).exclude(Exists(self._not_to_be_named_since()))

    def _named_before(self, user: Any) -> Any:
        named = NamedReader.objects.unguarded("compared inside EXISTS; nobody reads them")
        return named.filter(
            user_id=user.pk, meeting=OuterRef("source_id"), named_at__lte=OuterRef("created_at")
        )

    def _not_to_be_named_since(self) -> Any:
        people = Participant.objects.unguarded("compared inside EXISTS; nobody reads them")
        made = OuterRef("created_at")
        left = Q(may_be_named=True, removed_at__gt=made)
        return people.filter(
            left | Q(unnamed_at__gt=made), meeting=OuterRef("source_id"), added_at__lte=made
        )

    def level(self, source: Meeting) -> Level:
        """Return the level of the meeting."""
        return Level(source.level)

    def content_hash(self, source: Meeting, language: str) -> str:
        """Hash everything that the brief says, apart from the moment at which it is drawn up; and
        since when it could say so: a brief that is not handed out any more is made anew."""
        return _hash(gather(source, language=language, moment=timezone.now()), _since(source))

    def sheet(self, document: Document) -> Sheet:
        """Return the brief as HTML. LookupError when the meeting is gone, Changed when the brief
        would no longer say what it said when it was asked for."""
        meetings = Meeting.objects.unguarded(WHY).in_state(*BRIEFED)
        meeting = meetings.filter(pk=document.source_id).first()
        if meeting is None:
            raise LookupError("The meeting is not there, or has no brief.")
        content = gather(meeting, language=document.language, moment=document.created_at)
        if not document.holds(_hash(content, _since(meeting))) or meeting.level != document.level:
            raise Changed("The brief would say something else.")
        longest, *shorter = paper(content)
        return Sheet(
            html=longest,
            language=document.language,
            title=self._title(meeting.reference),
            created=document.created_at,
            css="brief",
            most_pages=MOST_PAGES,
            shorter=tuple(shorter),
        )

    def filename(self, document: Document) -> str:
        """Return `MTG-2026-7K3QXP-brief.pdf`: a reference, and nobody's name."""
        return f"{self.reference(document)}-brief.pdf"

    def title(self, document: Document) -> str:
        """Return what it is called on its pages."""
        return self._title(self.reference(document))

    def reference(self, document: Document) -> str:
        """Return the meeting's reference; who has the file has it already."""
        meetings = Meeting.objects.unguarded("the reference stands on the brief itself")
        return meetings.values_list("reference", flat=True).get(pk=document.source_id)

    def back_url(self, document: Document) -> str:
        """Return the page of the officers' lines."""
        return reverse("meetings:brief", args=[document.source_id])

    def _title(self, reference: str) -> str:
        return _("Meeting brief %(reference)s") % {"reference": reference}


def _hash(content: BriefContent, since: str) -> str:
    said = dataclasses.asdict(dataclasses.replace(content, drawn_up=NO_DAY))
    words = json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{LAYOUT}\n{since}\n{words}".encode()).hexdigest()


def _since(meeting: Meeting) -> str:
    """Return the last moment at which a brief of before ceased to be for everyone who may see the
    meeting: a consent was taken back, a named person left, an officer was named."""
    people = Participant.objects.unguarded(WHY).about(meeting)
    moments = people.aggregate(
        unnamed=Max("unnamed_at"), left=Max("removed_at", filter=Q(may_be_named=True))
    )
    readers = NamedReader.objects.unguarded(WHY).about(meeting)
    moments |= readers.aggregate(named=Max("named_at"))
    return str(max((moment for moment in moments.values() if moment), default=""))


BRIEF = MeetingBrief()


def current_brief(viewer: Viewer, meeting: Meeting, language: str) -> Document | None:
    """Return the document of the brief as it would be made today, if there is one to see."""
    return (
        Document.objects.visible_to(viewer)
        .same_content(
            kind=BRIEF.name,
            source_id=meeting.pk,
            content_hash=BRIEF.content_hash(meeting, language),
            language=language,
            level=BRIEF.level(meeting),
        )
        .first()
    )
