"""Our fonts and nobody else's: one private font configuration per process."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

FONTS = Path(__file__).with_name("fonts")
STYLES = Path(__file__).with_name("styles")

_lock = threading.RLock()


@contextmanager
def only_our_fonts() -> Iterator[None]:
    """Point fontconfig at our folder for as long as a configuration is read.

    The variable is put back afterwards: other programs that this process starts (a browser in the
    tests) must keep the machine's fonts.
    """
    with _lock:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def font_configuration() -> "FontConfiguration":
    """The process's font configuration; made on first use (10 ms), then shared by all documents."""
    with only_our_fonts():
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()


@dataclass(frozen=True)
class Style:
    """A parsed style sheet and the counter styles that it defines."""

    css: "CSS"
    counters: "CounterStyle"


@cache
def style(name: str) -> Style:
    """The parsed style sheet styles/<name>.css; parsed once per process.

    Raises FileNotFoundError for a name that has no file.
    """
    fonts = font_configuration()
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    from foundation.documents.fetching import ClosedFetcher

    counters = CounterStyle()
    css = CSS(
        string=(STYLES / f"{name}.css").read_text(encoding="utf-8"),
        font_config=fonts,
        counter_style=counters,
        url_fetcher=ClosedFetcher(),
    )
    return Style(css, counters)


def warm_up(*styles: str) -> None:
    """Load the renderer, fonts and the style sheets named, so that the first document is quick."""
    font_configuration()
    for name in styles:
        style(name)
