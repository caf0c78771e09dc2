"""What the documents say is there, is there: files, headings, commands, decisions, fresh tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from portal import written

ROOT = Path(settings.BASE_DIR)
LEFT_OUT = {"node_modules", ".venv", "var", "staticfiles", ".git", ".pytest_cache"}
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.md")
    if not LEFT_OUT & set(path.relative_to(ROOT).parts)
)
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
MADE = ("states", "permissions", "retention")

MADE_ELSEWHERE = {
    "database.dump",
    "docker-compose.override.yml",  # the operator's own
    "seal/seal.pem",
    "bench/latest.json",  # written by `make bench`
}

LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
CODE = re.compile(r"(?s:```.*?```)|`[^`\n]+`|^ {4,}\S.*$", re.M)
MAKE = re.compile(r"\bmake ([a-z][\w-]*)")
MANAGE = re.compile(r"manage\.py ([a-z]\w+)")
NAMED = re.compile(r"^\| `([a-z]+_?[a-z]+)\b", re.M)  # commands in the first column of the README
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+|[\w-]+\.(?:md|toml|yml))`")


def read(name: str) -> str:
    """Return the text of a page, by its path below the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(page: Path) -> list[str]:
    """Return the links of `page` that lead to no file or no heading; others' sites are not asked."""
    found = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place) if place else page
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            found.append(link)
    return found


def commands_in(text: str) -> tuple[set[str], set[str]]:
    """Return the verbs of make and of manage.py that stand in the code of a page."""
    code = "\n".join(CODE.findall(text))
    return set(MAKE.findall(code)), set(MANAGE.findall(code))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    assert broken_links(ROOT / name) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_command_exists(name: str) -> None:
    verbs, commands = commands_in(read(name))
    known = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    assert verbs <= known
    assert commands <= set(get_commands())


def test_commands_of_the_readme_exist() -> None:
    named = set(NAMED.findall(read("README.md")))
    assert {"import_letter", "backup", "verify_audit"} <= named  # the search finds them at all
    assert named <= set(get_commands())


@pytest.mark.parametrize("name", [p for p in PAGES if p.count("/") < 2 or "docs/" in p])
def test_every_file_named_exists(name: str) -> None:
    """Paths in code marks, from the checkout or from the page; names of rooms' files are general."""
    page = ROOT / name
    for path in FILE.findall(read(name)):
        if path.startswith("var/") or path in MADE_ELSEWHERE:
            continue
        assert (ROOT / path).exists() or (page.parent / path).exists(), path


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    for number, path in zip(numbers, DECISIONS, strict=True):
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. "), path.name


@pytest.mark.parametrize("name", MADE)
def test_document_made_from_code_is_fresh(name: str) -> None:
    call_command(f"write_{name}", "--check", verbosity=0)


def test_stale_document_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "WORDS", dict.fromkeys(written.WORDS, "nobody"))
    with pytest.raises(CommandError, match="stale"):
        call_command("write_permissions", "--check")


def test_word_without_meaning_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "WORDS", {})
    with pytest.raises(CommandError, match="lacks"):
        call_command("write_permissions", "--check")


def test_search_finds_what_is_broken(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A head\n[a](gone.md) [b](#a-head) [c](#no-head) [d](https://example.org)\n")
    assert broken_links(page) == ["gone.md", "#no-head"]
    assert commands_in("Do not make haste.\n\n    make tea\n\n`manage.py brew`") == (
        {"tea"},
        {"brew"},
    )


def test_operations_name_every_task_of_beat() -> None:
    told = {}
    for task, number, unit in re.findall(r"^\| `([\w.]+)` \| (\d+) (\w+?)s? \|", OPERATIONS, re.M):
        told[task] = int(number) * SECONDS[unit]
    assert told == {e["task"]: e["schedule"] for e in settings.CELERY_BEAT_SCHEDULE.values()}


def test_operations_name_every_process() -> None:
    """Every long-lived service of the compose file stands in the table of what runs."""
    services = set(
        re.findall(r"^  ([a-z-]+):$", read("docker-compose.yml").split("volumes:\n  data")[0], re.M)
    )
    once = {"keys", "setup", "operator", "mail", "inside", "outside"}
    words = {"postgres": "PostgreSQL", "valkey": "Valkey"}
    words |= {"worker-mail": "worker for mail", "worker-documents": "worker for documents"}
    for service in services - once:
        assert words.get(service, service) in OPERATIONS, service


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_folder_of_one_machine(name: str) -> None:
    assert re.findall(r"(?<![\w.>])/(?:work|root|home|tmp/\w+)/\S*", read(name)) == []
