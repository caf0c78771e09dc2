"""The public's front page with eight clients, beside a Django view that needs no database.

GETs per second over kept connections, by visitors without cookies, through gunicorn; ours and the
floors in turns. Measured is the database as it is: desk.py, which fills one, calls this at each size.
"""

from __future__ import annotations

from collections.abc import Mapping

from bench.clients import Get, fire
from bench.house import House
from bench.table import Goal, Row, in_turns

CLIENTS = 8
ROUNDS = 6
EACH = {"ours": 60, "floor": 150, "bare": 300}
"""GETs of one client in one round; the floors, being quicker, get more of them."""
PATHS = {"ours": "/", "floor": "/bench/still/", "bare": "/bench/still/"}
Rates = Mapping[str, list[float]]


def take(house: House) -> Rates:
    """GETs per second of each side, one number a round, with the figures counted anew."""
    count_figures()
    rates: dict[str, list[float]] = {name: [] for name in PATHS}
    with house.web() as port, house.web(BENCH_BARE="1") as bare:
        ports = {"ours": port, "floor": port, "bare": bare}
        for turn in range(ROUNDS + 2):  # the first two warm both of gunicorn's processes up
            for name in sorted(PATHS, reverse=bool(turn % 2)):
                rate = _rate(ports[name], [[Get(PATHS[name])] * EACH[name]] * CLIENTS)
                if turn > 1:
                    rates[name].append(rate)
    return rates


def count_figures() -> None:
    """Let the figures be those of the database as it is."""
    from portal.figures.making import make_figures
    from portal.models import PublicFigures

    PublicFigures.objects.all().delete()
    assert make_figures()


def rows(small: Rates, large: Rates, sizes: tuple[int, int]) -> list[Row]:
    """Against both floors at each size; and one size beside the other, each by its own floor: minutes
    of filling lie between them, and the machine is another one."""
    found = []
    for size, taken in zip(sizes, (small, large), strict=True):
        name = f"public page, {size:,} recommendations, 8 clients (GETs/s)"
        found += [
            in_turns(f"{name}, floor: no database, no middleware", taken["ours"], taken["bare"],
                     Goal("ratio", "≥", 0.1)),
            in_turns(f"{name}, floor: no database", taken["ours"], taken["floor"]),
        ]  # fmt: skip
    few, many = found[0].ratio or 0, found[2].ratio or 1
    apart = max(few, many) / min(few, many)  # whichever size is the quicker one
    title = f"public page, share of the bare floor at {sizes[0]:,}, floor: at {sizes[1]:,}"
    return [*found, Row(title, few, many, apart, Goal("ratio", "≤", 1.3))]


def _rate(port: int, requests: list[list[Get]]) -> float:
    """GETs per second; AssertionError when one is not answered by 200."""
    seconds, statuses = fire(port, requests)
    assert set(statuses) == {200}, f"answers: {statuses}"
    return statuses[200] / seconds
