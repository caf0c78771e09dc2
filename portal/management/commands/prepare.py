"""Everything between an empty database and a portal that can start; safe to repeat."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.figures.making import make_figures

UNUSED = ["src", "ext"]  # sources of our style sheets; extensions of htmx that no page names


class Command(BaseCommand):
    """One process instead of four: most of a start is the loading of the program."""

    help = "Migrate, make the cache table, the seal's keys, the public's figures, the static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step; a step that is done already costs next to nothing."""
        call_command("migrate", interactive=False, verbosity=1)
        call_command("createcachetable")
        call_command("make_keys")
        make_figures()
        collect_static()


def collect_static() -> None:
    """Collect, hash and compress the static files when they differ from the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".fingerprint"
    found = fingerprint_static()
    if stamp.is_file() and stamp.read_text() == found:
        return
    stamp.unlink(missing_ok=True)
    call_command(
        "collectstatic",
        interactive=False,
        clear=root.is_dir(),
        ignore_patterns=UNUSED,
        verbosity=0,
    )
    stamp.write_text(found)


def fingerprint_static() -> str:
    """A hash over the name, size and time of every source of a static file."""
    lines = [django.__version__]
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            state = Path(storage.path(name)).stat()
            lines.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
