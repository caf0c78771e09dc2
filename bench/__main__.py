"""`python -m bench [--only NAME]`: measure, print a table, write bench/latest.json.

Ends with 0 when everything could be measured, whether or not every goal is met: the table says
that. With `--only` nothing is written.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from bench import start, table
from bench.house import House, open_house
from bench.table import Row

IN_HOUSE = ("letters", "sign_on", "mail", "visit", "desk")
NAMES = (*IN_HOUSE, "start")


def main(words: list[str]) -> int:
    """Run what the words name; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append", help="measure only this")
    chosen = parser.parse_args(words).only or list(NAMES)
    rows: list[Row] = []
    failures = list(_run(chosen, rows))
    print(f"\n{table.render(rows)}" if rows else "\nNothing was measured.")
    if failures:
        print(f"Not measured: {'; '.join(failures)}.", file=sys.stderr)
        return 1
    if set(chosen) == set(NAMES):
        table.write(rows)
        print(f"Written to {table.LATEST.parent.name}/{table.LATEST.name}.")
    return 0


def _run(chosen: list[str], rows: list[Row]) -> Iterator[str]:
    """Add what each measure finds to `rows`; yield a sentence for each one that fails."""
    if any(name in IN_HOUSE for name in chosen):
        with _step("servers"), contextlib.ExitStack() as attempt:
            house = attempt.enter_context(open_house())
            stack = attempt.pop_all()
        with stack:
            for name in IN_HOUSE:
                if name in chosen:
                    yield from _measure(name, partial(_run_in, house, name), rows)
    if "start" in chosen:
        yield from _measure("start", start.measure, rows)


def _run_in(house: House, name: str) -> list[Row]:
    """Run the measure of that name."""
    rows: list[Row] = import_module(f"bench.{name}").measure(house)
    return rows


def _measure(name: str, job: Callable[[], list[Row]], rows: list[Row]) -> Iterator[str]:
    try:
        with _step(name):
            rows.extend(job())
    except Exception as error:  # one that fails must not hide the others
        yield f"{name} ({type(error).__name__}: {error})"


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    print(f"{name} …", end=" ", flush=True)
    begin = time.monotonic()
    try:
        yield
    finally:
        print(f"{time.monotonic() - begin:.0f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
