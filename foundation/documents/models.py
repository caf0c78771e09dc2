"""A document is a row before it is a file."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.confidentiality import Level
from foundation.confidentiality.models import GuardedModel
from foundation.documents.content import content_mark
from foundation.documents.enums import Stage, State
from foundation.documents.kinds import DocumentKind, kind_named
from foundation.documents.querysets import DocumentQuerySet
from foundation.leases.models import LeasedWork

LATE = timedelta(minutes=2)


class Document(GuardedModel, LeasedWork):
    """One file made of one source in one language: asked for, rendered by a worker, handed out.

    The same content is made once: `content_hash` with kind, source, language and level is unique.
    """

    kind = models.CharField(max_length=60)
    source_type = models.CharField(max_length=100)
    source_id = models.UUIDField()
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    language = models.CharField(max_length=12)
    content_hash = models.CharField(max_length=64)  # content.py: keyed unless everyone may read it
    created_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    page = models.PositiveSmallIntegerField(default=0)  # that is being laid out, 0 for none
    failure = models.TextField(blank=True, default="")  # in plain words, for its readers
    file = models.CharField(max_length=100, blank=True, default="")  # name inside the store
    file_hash = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)  # bytes
    certificate = models.CharField(max_length=64, blank=True, default="")  # that sealed it

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(LeasedWork.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_id", "content_hash", "language", "level"],
                name="document_made_once",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_hash="") | ~Q(file="") & ~Q(file_hash=""),
                name="document_file_with_its_hash",
            ),
        ]
        indexes = [
            *LeasedWork.Meta.indexes,
            models.Index(fields=["file_hash"], name="document_file_hash"),
            models.Index(fields=["source_id"], name="document_source"),
        ]

    @property
    def state(self) -> State:
        """Where it stands, told by its file and its lease."""
        if self.file:
            return State.READY
        if self.parked_at or self.done_at:
            return State.FAILED
        return State.RENDERING if self.run_until else State.REQUESTED

    @property
    def is_ready(self) -> bool:
        return self.state is State.READY

    def holds(self, content_hash: str) -> bool:
        """Whether it was asked for when the kind's hash was this one."""
        return self.content_hash == content_mark(content_hash, self.level)

    @property
    def described(self) -> DocumentKind:
        """The registered kind of this document."""
        return kind_named(self.kind)

    @property
    def doing(self) -> str:
        """What happens with it now, in words."""
        if self.state is State.REQUESTED:
            return _("Waiting to be tried again") if self.attempts else str(Stage.WAITING.label)
        if self.stage == Stage.LAYING_OUT and self.page:
            return _("Laying out page %(page)d") % {"page": self.page}
        return str(Stage(self.stage).label)

    @property
    def is_late(self) -> bool:
        """Whether somebody who waits deserves to hear that it takes longer than usual."""
        waiting = self.state in (State.REQUESTED, State.RENDERING)
        return waiting and timezone.now() - self.created_at > LATE

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100: an estimate, for the progress bar."""
        if self.state is State.READY:
            return 100
        return Stage(self.stage).percent if self.state is State.RENDERING else 0

    @property
    def reason(self) -> str:
        """Why it could not be made, in words that a person can act on."""
        return self.failure or _(
            "The process that made it died each time. The people who run the portal can see why."
        )
