"""What the launcher says: one sentence per step, with the seconds since the start."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator

HEARTBEAT_SECONDS = 10


class Console:
    """Prints lines; a reader that went away does not stop the portal."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the launcher began."""
        return time.monotonic() - self.began

    def line(self, text: str) -> None:
        """Print a bare line."""
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(text + "\n")
            sys.stdout.flush()

    def say(self, sentence: str) -> None:
        """Print a sentence behind the elapsed seconds."""
        self.line(f"[{self.elapsed:6.1f} s] {sentence}")

    @contextlib.contextmanager
    def step(self, sentence: str) -> Iterator[None]:
        """Say what begins now, and again every ten seconds while it lasts."""
        self.say(f"{sentence} …")
        over = threading.Event()
        began = time.monotonic()

        def repeat() -> None:
            while not over.wait(HEARTBEAT_SECONDS):
                self.say(f"{sentence} … still at it after {time.monotonic() - began:.0f} s")

        threading.Thread(target=repeat, daemon=True).start()
        try:
            yield
        finally:
            over.set()
