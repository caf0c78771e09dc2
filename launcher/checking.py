"""`make check`: every check of the code, each with its time, all of them even when one fails."""

import contextlib
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from launcher.console import Console
from launcher.folders import PYTHON, ROOT
from launcher.keys import SECRETS, VAULT_KEYS, new_secret
from launcher.packages import prepare
from launcher.servers import start_throwaway
from launcher.system import need_pango

AT_ONCE = 2
TYPED = ("actions", "rules", "querysets")  # of every room; files or folders


@dataclass(frozen=True)
class Check:
    """A name and the words after `python`."""

    name: str
    words: tuple[str, ...]


def list_checks() -> list[Check]:
    """Every check there is; the slow ones first, so that they overlap with the others."""
    return [
        Check("types (mypy)", ("-m", "mypy", *typed_paths())),
        Check(
            "import contracts",
            ("-c", "from importlinter.cli import lint_imports_command as c; c()"),
        ),
        Check("deployment", ("manage.py", "check", "--deploy", "--fail-level", "WARNING")),
        Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
        *(
            Check(f"docs/{name}.md", ("manage.py", f"write_{name}", "--check"))
            for name in ("states", "permissions", "retention")
        ),
        Check("templates (djlint)", ("-m", "djlint", "templates", "--lint")),
        Check("code rules (ruff)", ("-m", "ruff", "check", "--output-format", "concise")),
        Check(
            "code layout (ruff)", ("-m", "ruff", "format", "--check", "--output-format", "concise")
        ),
    ]


def typed_paths() -> list[str]:
    """What mypy reads: the foundation, the launcher, and the decisions of every room."""
    rooms = [
        path
        for name in TYPED
        for path in (*ROOT.glob(f"*/{name}.py"), *ROOT.glob(f"*/{name}"))
        if path.parent.name not in ("tests", "bench")
    ]
    named = [str(path.relative_to(ROOT)) for path in sorted(rooms)]
    return ["foundation", "launcher", "manage.py", *named]


def run_checks() -> int:
    """Run every check; 0 when all are content, else 1."""
    console = Console()
    prepare(console, tests=True)
    need_pango(console)
    with production_settings() as environment, ThreadPoolExecutor(AT_ONCE) as pool:
        verdicts = list(
            pool.map(lambda check: run_check(check, environment, console), list_checks())
        )
    failed = [check.name for check, good in zip(list_checks(), verdicts, strict=True) if not good]
    console.say(f"Failed: {', '.join(failed)}." if failed else "Every check is content.")
    return 1 if failed else 0


def run_check(check: Check, environment: dict[str, str], console: Console) -> bool:
    """Run one check, print its verdict and, when it fails, what it said."""
    began = time.monotonic()
    answer = subprocess.run(
        [str(PYTHON), *check.words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    good = answer.returncode == 0
    verdict = f"{'ok    ' if good else 'FAILED'} {check.name} ({time.monotonic() - began:.1f} s)"
    console.line(verdict if good else f"{verdict}\n{answer.stdout.rstrip()}\n")
    return good


@contextlib.contextmanager
def production_settings() -> Iterator[dict[str, str]]:
    """An environment for the base settings, with throw-away servers, keys and folders."""
    servers = start_throwaway()
    with tempfile.TemporaryDirectory() as folder:
        keys = {name: secrets.token_urlsafe(48) for name in SECRETS}
        keys["VAULT_KEYS"] = new_secret(VAULT_KEYS)
        try:
            yield {
                **os.environ,
                **keys,
                "DJANGO_SETTINGS_MODULE": "portal.settings.base",
                "DATABASE_URL": servers.database_url,
                "REDIS_URL": servers.redis_url,
                "PORTAL_VAR": folder,
                "STATIC_ROOT": str(Path(folder) / "static"),
                "ALLOWED_HOSTS": "portal.example",
                "SITE_URL": "https://portal.example",
            }
        finally:
            servers.stop()
