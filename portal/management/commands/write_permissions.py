"""`manage.py write_permissions`: docs/permissions.md from the code; `--check` only compares."""

from __future__ import annotations

from portal.writing import WritingCommand
from portal.written import permissions


class Command(WritingCommand):
    """Write or check docs/permissions.md."""

    help = "Write docs/permissions.md from roles, levels, guarded tables, steps and pages."
    name = "permissions"
    make = staticmethod(permissions)
