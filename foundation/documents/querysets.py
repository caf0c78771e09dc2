"""Reads of documents."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from foundation.confidentiality import SystemActor, Viewer
from foundation.confidentiality.guard import GuardedQuerySet
from foundation.documents.content import content_mark
from foundation.documents.kinds import kinds


class DocumentQuerySet(GuardedQuerySet):
    """Documents; what a viewer may see is the answer of each kind about its own."""

    def restrict(self, viewer: Viewer) -> Self:
        """Only documents of kinds that let `viewer` see them; nothing of unknown kinds."""
        if isinstance(viewer, SystemActor):
            return self.all()
        seen = Q(pk__in=[])
        everything = self.unguarded("each kind restricts its own in the next step")
        for kind in kinds():
            mine = everything.filter(kind=kind.name)
            seen |= Q(pk__in=kind.restrict(mine, viewer).order_by().values("pk"))
        return self.filter(seen)

    def same_content(
        self, *, kind: str, source_id: object, content_hash: str, language: str, level: int
    ) -> Self:
        """The document that holds exactly this, if there is one; `content_hash` is the kind's."""
        return self.filter(
            kind=kind,
            source_id=source_id,
            content_hash=content_mark(content_hash, level),
            language=language,
            level=level,
        )

    def of_source(self, source_id: object) -> Self:
        """All documents made of one source, the newest first."""
        return self.filter(source_id=source_id).order_by("-created_at")

    def reference_of(self, file_hash: str) -> str | None:
        """What the file of this SHA-256 is called, None if we never handed it out.

        Open to everyone: who has the file already knows more than this tells.
        """
        handed_out = self.unguarded("the asker has the file").filter(file_hash=file_hash)
        document: Any = handed_out.first()
        if document is None:
            return None
        try:
            return str(document.described.reference(document))
        except KeyError:
            return ""
