"""`make test` and `make bench`: everything they need, then the tests or the benchmarks."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from launcher.console import Console
from launcher.folders import PYTHON, ROOT
from launcher.packages import last_line, prepare, run_quietly
from launcher.processes import die_with_parent
from launcher.system import need_pango, need_test_programs

NO_TESTS, COLLECTION_FAILED = 5, 2  # exit statuses of pytest
# In turn: everything quick in parallel, then the browser, then what kills processes, alone.
ROUNDS = (
    ("the tests", ["-n", "2", "--dist", "loadgroup", "-m", "not journey and not fault"]),
    ("the journeys in a browser", ["-n", "2", "--dist", "loadgroup", "-m", "journey"]),
    ("the tests that kill", ["-m", "fault"]),
)


def run_tests(words: list[str]) -> int:
    """Run the whole suite, or one pytest run with these words; returns pytest's exit status.

    The last line says whether the whole suite ran with the real letter (REFERENCE_DIR) at hand.
    """
    console = Console()
    prepare(console, tests=True)
    need_pango(console)
    need_test_programs(console)
    get_axe(console)
    reference = Path(ROOT, os.environ.get("REFERENCE_DIR") or "../shared/reference").resolve()
    environment = {**os.environ, "REFERENCE_DIR": str(reference), "PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    status = run_pytest(words, environment) if words else run_rounds(console, environment)
    tested = (reference / "letter-2018.txt").is_file() and not words
    tested = tested and status != COLLECTION_FAILED
    console.line(f"reference letter: {'tested' if tested else 'NOT TESTED'}")
    return status


def run_rounds(console: Console, environment: dict[str, str]) -> int:
    """Run every round; the first bad status wins, and a suite that cannot be read stops at once."""
    statuses = []
    for title, words in ROUNDS:
        console.say(f"Now {title}.")
        status = run_pytest(words, environment)
        statuses.append(status)
        if status in (COLLECTION_FAILED, 130) or status < 0:
            break
    failed = [status for status in statuses if status not in (0, NO_TESTS)]
    return failed[0] if failed else statuses[0]


def run_pytest(words: list[str], environment: dict[str, str]) -> int:
    """Run pytest in the checkout; it is interrupted when this process is killed."""
    sys.stdout.flush()
    try:
        return subprocess.call(
            [str(PYTHON), "-m", "pytest", *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGINT),
        )
    except KeyboardInterrupt:
        return 130


def get_axe(console: Console) -> None:
    """Install axe-core, the checker of accessibility, from the lock file of npm."""
    lock = ROOT / "package-lock.json"
    if not lock.exists() or (ROOT / "node_modules" / "axe-core" / "axe.min.js").exists():
        return
    npm = shutil.which("npm")
    reason = "npm is not installed"
    if npm:
        with console.step("Installing axe-core"):
            words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            answer = run_quietly([npm, *words])
        if not answer.returncode:
            return
        reason = f"npm ci failed: {last_line(answer.stdout)}"
    console.say(f"axe-core is missing ({reason}): the accessibility checks are skipped.")


def run_bench(words: list[str]) -> int:
    """Run `python -m bench` with these words; returns its exit status."""
    console = Console()
    prepare(console, tests=True)
    need_pango(console)
    return subprocess.call([str(PYTHON), "-m", "bench", *words], cwd=ROOT)
