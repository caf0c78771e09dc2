"""Hears what WeasyPrint says while it works, and keeps it out of the logs.

WeasyPrint reports through two loggers. Its messages quote the document (addresses, alternative
texts), so they never reach the log files; its ERRORs fail the document instead.
"""

import contextvars
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from foundation.documents.enums import Stage
from foundation.documents.sheets import Progress

LONGEST = 600
"""Pages. A document of ours that is longer has gone wrong (the compendium of a review has 200)."""

_PAGE = re.compile(r"Step 5 - Creating layout - Page (\d+)")
_WRITING = "Step 6"


class TooLong(Exception):
    """The document grew past LONGEST pages while being laid out."""


@dataclass
class Heard:
    """What was said during one rendering."""

    progress: Progress
    errors: list[str] = field(default_factory=list)


_current: contextvars.ContextVar[Heard | None] = contextvars.ContextVar("heard", default=None)


class _Ear(logging.Handler):
    """Passes each message to the rendering of its own thread; other threads do not hear it."""

    def emit(self, record: logging.LogRecord) -> None:
        heard = _current.get()
        if heard is None:
            return
        message = record.getMessage()
        if record.levelno >= logging.ERROR:
            heard.errors.append(message)
        elif match := _PAGE.match(message):
            if int(match[1]) > LONGEST:
                raise TooLong
            heard.progress(Stage.LAYING_OUT, int(match[1]))
        elif message.startswith(_WRITING):
            heard.progress(Stage.WRITING, 0)


def _grow_an_ear() -> None:
    ear = _Ear(logging.INFO)
    for name in ("weasyprint", "weasyprint.progress"):
        logger = logging.getLogger(name)
        logger.addHandler(ear)
        logger.propagate = False
    logging.getLogger("weasyprint.progress").setLevel(logging.INFO)


_grow_an_ear()


@contextmanager
def listening(progress: Progress) -> Iterator[Heard]:
    """Collect the errors of one rendering and hand its steps to `progress`.

    Raises TooLong from inside the rendering when it grows past LONGEST pages.
    """
    heard = Heard(progress)
    token = _current.set(heard)
    try:
        yield heard
    finally:
        _current.reset(token)
