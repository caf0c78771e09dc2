"""The base of the commands that write a document from the code, or check that it is fresh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class WritingCommand(BaseCommand):
    """A subclass names the file in docs/ and the function that makes its text."""

    requires_system_checks: list[str] = []
    name = ""
    make: Callable[[], str]

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="fail if the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or raise CommandError when it is stale."""
        path = Path(settings.BASE_DIR) / "docs" / f"{self.name}.md"
        text = type(self).make()
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote docs/{path.name}")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"docs/{path.name} is stale: run manage.py write_{self.name}")
        else:
            self.stdout.write(f"docs/{path.name} is fresh")
