"""`manage.py write_retention`: docs/retention.md from the code; `--check` only compares."""

from __future__ import annotations

from portal.writing import WritingCommand
from portal.written import retention


class Command(WritingCommand):
    """Write or check docs/retention.md."""

    help = "Write docs/retention.md from the tables of every room's retention.py."
    name = "retention"
    make = staticmethod(retention)
