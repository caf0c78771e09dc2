"""Keeps a document's lease alive and its progress told, from a thread beside the renderer."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import Any, Self

from django.db import DatabaseError, InterfaceError, connection

from foundation.confidentiality import SystemActor
from foundation.documents.enums import Stage
from foundation.documents.models import Document
from foundation.leases import work

TELL = 0.5
"""Seconds between two looks at the progress."""

logger = logging.getLogger(__name__)


class Heartbeat:
    """A context in which document `pk` counts as being rendered.

    The lease of `seconds` is renewed every quarter of it. A worker that is killed stops renewing,
    and another one takes the document over when the lease has run out. When the process merely
    stood still for longer, both may finish: the row then takes the first file only.
    """

    def __init__(self, pk: Any, seconds: float) -> None:
        self._pk = pk
        self._seconds = seconds
        self._now: tuple[Stage, int] = (Stage.READING, 0)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def progress(self, stage: Stage, page: int) -> None:
        """Note what is being done; told to the database by the thread, not here."""
        self._now = (stage, page)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        told: tuple[Stage, int] | None = None
        renewed = time.monotonic()
        try:
            while not self._stop.wait(TELL):
                told = self._try(self._tell, told)
                if time.monotonic() - renewed >= self._seconds / 4:
                    renewed = self._try(self._renew, renewed)
        finally:
            connection.close()

    def _try(self, step: Any, before: Any) -> Any:
        """`step(before)`; while the database is away, nothing is told and the next beat tries again."""
        try:
            return step(before)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("documents: a heartbeat was missed (%s)", type(error).__name__)
            connection.close()
            return before

    def _tell(self, told: tuple[Stage, int] | None) -> tuple[Stage, int]:
        now = self._now
        if now != told:
            stage, page = now
            rows = Document.objects.visible_to(SystemActor("renderer"))
            rows.filter(pk=self._pk, file="").update(stage=stage, page=page)
        return now

    def _renew(self, renewed: float) -> float:
        work.renew(Document, self._pk, self._seconds)
        return time.monotonic()
