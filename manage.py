#!/usr/bin/env python
"""Commands of the portal, for operators and developers: `manage.py help` lists them.

A checkout with the `.env` that `make run` leaves runs on the demo's settings and finds its embedded
servers, running or not; without it, on the base settings, which are production.
"""

import os
import sys
from pathlib import Path

from launcher import dotenv, embedded
from launcher.processes import LauncherError


def main() -> None:
    """Read .env, provide the servers that the demo needs, run the command."""
    dotenv.load(Path(__file__).resolve().parent / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    try:
        from django.core.management import execute_from_command_line

        embedded.ensure()
    except ImportError:
        sys.exit("Django is not installed for this Python: use .venv/bin/python, after `make run`.")
    except LauncherError as reason:
        sys.exit(str(reason))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
