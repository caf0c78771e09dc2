"""The triage list at 1,000 and at 100,000 recommendations, beside a bare list of the same table.

Seconds of one GET over a kept connection, by a signed-in officer, through gunicorn and every
middleware; both lists in turns. The rows come from the demo's own filler. The public page is
measured at the same two sizes (public_page.py): filling takes longer than measuring.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bench import public_page
from bench.house import House
from bench.table import Goal, Row, in_turns

SMALL, LARGE = 1_000, 100_000
ROUNDS, EACH = 8, 4
DESK, BARE, OWN = "/recommendations/", "/bench/list/", "/bench/own/"
HEADERS = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0"}
Seconds = Mapping[str, Mapping[str, list[float]]]


def measure(house: House) -> list[Row]:
    """Rows for each case: both sizes and the growth between them; the queries; the public page."""
    _add(SMALL, 50, 4, seed=1)
    cases, cookies = _cases(), _sign_in()
    small, few = _times(house, cases, cookies), _queries(cases)
    public = [public_page.take(house)]
    _add(LARGE - SMALL, 5_000, 4, seed=2)
    large, many = _times(house, cases, cookies), _queries(cases)
    public.append(public_page.take(house))
    rows = []
    for name in cases:
        for size, found in ((SMALL, small), (LARGE, large)):
            title, ours = f"desk, {size:,} recommendations, {name} (s), floor:", found[name]["ours"]
            goal = Goal("ratio", "≤", 3)
            rows.append(in_turns(f"{title} bare list", ours, found[name]["floor"], goal))
            rows.append(in_turns(f"{title} own columns only", ours, found[name]["own"]))
        rows.append(_growth(name, small[name], large[name]))
    worst = max(cases, key=lambda name: many[name])
    goal = Goal("ours", "≤", 12)
    title = f"desk, queries at {LARGE:,} ({worst}), floor: at {SMALL:,}"
    rows.append(Row(title, many[worst], few[worst], _most_growth(few, many), goal))
    return [*rows, *public_page.rows(*public, sizes=(SMALL, LARGE))]


def _growth(name: str, small: Mapping[str, list[float]], large: Mapping[str, list[float]]) -> Row:
    """How much slower the large table is, beside how much slower the bare list of it is."""
    middle = statistics.median
    ours = middle(large["ours"]) / middle(small["ours"])
    floor = middle(large["floor"]) / middle(small["floor"])
    title = f"desk, growth from {SMALL:,} to {LARGE:,}, {name} (times)"
    return Row(title, ours, floor, ours / floor, Goal("ratio", "≤", 1.5))


def _most_growth(few: Mapping[str, int], many: Mapping[str, int]) -> float:
    """The largest ratio of queries between the sizes; AssertionError where a size asks for more."""
    most = max(many[name] / few[name] for name in many)
    assert most <= 1, f"queries grow with the table: {dict(few)} to {dict(many)}"
    return most


def _add(recommendations: int, organizations: int, letters: int, *, seed: int) -> None:
    from demo.filling import Size, fill

    size = Size(recommendations, organizations, letters)
    fill(size, seed=seed, say=lambda sentence: None, seals=False)


def _cases() -> dict[str, str]:
    """Name and query of each case. The last page is asked for by a number beyond every page."""
    from demo.filling.recommendations import COMMON, RARE
    from organizations.models import Pillar
    from recommendations.models import Addressee

    three = {
        "pillar": Pillar.objects.get(key="iv").pk,
        "addressee": Addressee.objects.get(key="office").pk,
        "language": "en",
    }
    return {
        "plain": "",
        "three filters": urlencode(three),
        "rare word": urlencode({"view": "all", "q": RARE}),
        "common word": urlencode({"view": "all", "q": COMMON}),
        "last page": urlencode({"view": "all", "page": 999_999}),
    }


def _officer() -> Any:
    """An officer who owns items and is named for some, with the second factor staff must have."""
    from allauth.mfa.models import Authenticator

    from accounts.enums import StaffRole
    from accounts.models import User

    user = User.objects.filter(grants__role=StaffRole.ENGAGEMENT_OFFICER).order_by("email").first()
    assert user is not None, "the filler makes officers"
    totp = Authenticator.Type.TOTP
    Authenticator.objects.get_or_create(user=user, type=totp, defaults={"data": {}})
    return user


def _client() -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(_officer())
    return client


def _sign_in() -> str:
    return "; ".join(f"{name}={one.value}" for name, one in _client().cookies.items())


def _times(house: House, cases: Mapping[str, str], cookies: str) -> Seconds:
    """Seconds of one GET, by case and by list, one number a round."""
    paths = {"ours": DESK, "floor": BARE, "own": OWN}
    found: dict[str, dict[str, list[float]]] = {
        name: {side: [] for side in paths} for name in cases
    }
    with house.web() as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(ROUNDS + 2):  # the first two warm both of gunicorn's processes up
            for name, query in cases.items():
                for side in sorted(paths, reverse=bool(turn % 2)):
                    seconds = _seconds(line, f"{paths[side]}?{query}", cookies)
                    if turn > 1:
                        found[name][side].append(seconds)
        line.close()
    return found


def _seconds(line: http.client.HTTPConnection, path: str, cookies: str) -> float:
    """The median of EACH requests; AssertionError when one is not answered by 200."""
    found = []
    for _ in range(EACH):
        begin = time.perf_counter()
        line.request("GET", path, headers={**HEADERS, "Cookie": cookies})
        answer = line.getresponse()
        answer.read()
        found.append(time.perf_counter() - begin)
        assert answer.status == 200, f"{path} answers {answer.status}"
    return statistics.median(found)


def _queries(cases: Mapping[str, str]) -> dict[str, int]:
    """Queries of one GET of the desk, those of session and person included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, found = _client(), {}
    for name, query in cases.items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{DESK}?{query}")
        assert answer.status_code == 200, f"{name} answers {answer.status_code}"
        found[name] = len(asked)
    return found
