"""`python3 -m launcher run|test|check|bench`: what the Makefile calls.

This file alone must be readable by an older Python: it looks for one that is new enough.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3")
PROBE = "import sys; sys.exit(sys.version_info < (3, 11))"


def find_newer_python() -> "str | None":
    """Return the path of a Python that is new enough, or None."""
    import subprocess

    for name in NAMES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", PROBE]) == 0:
            return path
    return None


def main() -> int:
    """Run one of the commands; returns the exit status."""
    if sys.version_info < OLDEST:
        newer = find_newer_python()
        if newer is None:
            sys.stderr.write("The portal needs Python 3.11 or newer, and found none.\n")
            return 1
        os.execv(newer, [newer, "-m", "launcher", *sys.argv[1:]])  # noqa: S606
    try:
        from launcher.commands import dispatch

        return dispatch(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
