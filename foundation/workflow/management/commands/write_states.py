"""`manage.py write_states`: docs/states.md from the transition tables; `--check` only compares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.workflow.describing import describe_all


class Command(BaseCommand):
    """Write or check docs/states.md."""

    help = "Write docs/states.md from the transition tables."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="fail if the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or raise CommandError when it is stale."""
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        text = describe_all()
        if options["check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                raise CommandError("docs/states.md is stale: run manage.py write_states")
            self.stdout.write("docs/states.md is fresh")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"wrote {path.name}")
