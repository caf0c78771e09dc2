"""The commands of the launcher by name, and how a reason to stop reaches a person: as one line."""

import sys
from collections.abc import Sequence

from launcher.processes import LauncherError


def dispatch(words: Sequence[str]) -> int:
    """Run the command that the words name; returns the exit status."""
    commands = {"run": run, "test": test, "check": check, "bench": bench}
    command = commands.get(words[0]) if words else None
    if command is None:
        sys.stderr.write(f"usage: python3 -m launcher {'|'.join(commands)} [arguments]\n")
        return 2
    try:
        return command(words[1:])
    except LauncherError as reason:
        sys.stdout.flush()
        sys.stderr.write(f"{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def run(words: Sequence[str]) -> int:
    """Start the portal and keep it until it is told to stop."""
    from launcher.running import run_portal

    return run_portal()


def test(words: Sequence[str]) -> int:
    """Run the tests; the words go to pytest."""
    from launcher.testing import run_tests

    return run_tests(list(words))


def check(words: Sequence[str]) -> int:
    """Run every check of the code."""
    from launcher.checking import run_checks

    return run_checks()


def bench(words: Sequence[str]) -> int:
    """Run the benchmarks; the words go to them."""
    from launcher.testing import run_bench

    return run_bench(list(words))
