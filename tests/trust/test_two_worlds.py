"""Non-interference: with and without an item that a reader may not see, the reader's world is one.

Compared are all pages that the reader can open (lists, searches, filters, counts), the answers to
the item's own addresses, the reader's notices and mails, and what the guard itself says. The reader's pages are found by
asking every GET address for everything the world holds.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import notify
from organizations.models import Organization
from portal.figures import making
from portal.figures.making import make_figures
from portal.front import KEPT
from portal.models import PublicFigures
from recommendations.querysets import RecommendationQuerySet
from tests.recommendations.factories import make_recommendation
from tests.trust.pages import normal
from tests.trust.plants import PLANTS, SECRET, Plant
from tests.trust.test_every_url import OURS, ROWS
from tests.trust.world import ROLES, World, build, guarded_models

pytestmark = pytest.mark.django_db

# Pages without anything of the database, and those of operators and auditors, who see every event
# by their task: the log, and how many mails wait.
LEFT_OUT = {
    "help", "safety", "reprisals", "health", "ready", "organizations:criteria",
    "accounts:preferences", "accounts:sessions", "documents:verify", "audit:list", "audit:event",
    "notifications:parked",
}  # fmt: skip
SEARCHES = (
    f"/organizations/?view=organizations-all&q={SECRET}",
    "/organizations/?view=organizations-all&q=hill",
    "/organizations/?view=organizations-all&country=KE&state=submitted",
    "/organizations/?view=organizations-open&page=2",
    "/organizations/?view=experts-all&q=hill",
    "/organizations/?view=experts-open&state=submitted",
    "/organizations/networks/?page=9",
    "/letters/?page=9",
    "/letters/?view=all",
    "/letters/?view=answer",
    f"/recommendations/?view=all&q={SECRET}",
    f"/recommendations/published/?q={SECRET}",
    "/recommendations/?view=unowned&q=hill",
    "/recommendations/?view=all&state=submitted&language=en",
    "/recommendations/?view=open&page=2",
    "/recommendations/?view=unowned",
    "/recommendations/?view=mine",
    "/recommendations/?view=clear",
    "/recommendations/?view=all&state=joined",
    "/recommendations/?view=all&country=KE",
    "/recommendations/published/?position=accepted&progress=not_started",
    f"/meetings/?view=all&q={SECRET}",
    "/meetings/?view=all&q=hill",
    "/meetings/?view=unowned",
    "/meetings/?view=week",
    "/meetings/?view=open&page=2",
    "/meetings/?view=all&state=confirmed&language=en",
)


def own_paths(world: World) -> list[str]:
    """Return every GET address, asked for everything of its kind that the world holds."""
    letters = [
        world.things[f"{state}_letter"]
        for state in ("draft", "open", "closed", "delivered", "reviewed")
    ]
    membership = world.organization.memberships.unguarded("test").first()
    entries = [world.organization, world.published, world.expert, world.restricted]
    line = world.batch.lines.unguarded("test").first()
    names = list(world.delivered_letter.signatories.unguarded("test"))
    states = ("proposed", "confirmed", "held", "network", "expert", "restricted")
    meetings = [world.things[f"{state}_meeting"] for state in states]
    people = world.confirmed_meeting.participants.unguarded("test")
    things: dict[str, list[list[Any]]] = {
        "": [[]],
        "organization": [[entry.pk] for entry in entries],
        "network": [[world.network.pk], [world.other_network.pk]],
        "letter": [[letter.pk] for letter in letters],
        "draft_letter": [[world.draft_letter.pk]],
        "reference": [[letter.reference] for letter in letters],
        "delivered letter": [[world.delivered_letter.pk], [world.reviewed_letter.pk]],
        "ask": [[world.ask.pk]],
        "asked recommendation": [[world.ask.recommendation_id]],
        "step": [[letters[0].pk, "open"], [letters[2].pk, "deliver"]],
        "revision of letter": [[letters[0].pk, 1]],
        "act on letter": [[letters[0].pk, "open-for-comments"], [letters[1].pk, "resume"]],
        "language of letter": [[letter.pk, "fr"] for letter in letters],
        "membership": [[membership.pk]],
        "document": [[world.document.pk]],
        "paper": [[world.paper.pk]],
        "batch": [[world.batch.pk]],
        "line": [[line.pk]],
        "name": [[name.pk] for name in names],
        "code": [[world.organization.vouch_code]],
        "kind": [["organization"], ["expert"]],
        "recommendation": [
            [one.pk] for one in (world.answered, world.assigned, world.joined, world.entered)
        ],
        "link": [[world.link.pk]],
        "step of link": [[world.link.pk, name] for name in ("accept", "undo")],
        "reply": [[world.reply.pk]],
        "step of reply": [[world.reply.pk, "recall"]],
        "step of recommendation": [[world.answered.pk, "withdraw"]],
        "meeting": [[meeting.pk] for meeting in meetings],
        "step of meeting": [[world.proposed_meeting.pk, "withdraw"]],
        "participant": [[one.pk] for one in people],
    }
    asked = [name for name in OURS if "GET" in ROWS[name][0] and name not in LEFT_OUT]
    found = [reverse(name, args=args) for name in asked for args in things.get(ROWS[name][1], [])]
    extra = [f"/letters/{letter.pk}/names/?q={SECRET}" for letter in letters]
    extra.append(f"/recommendations/desk/{world.entered.pk}/link/?q={SECRET}")
    extra.append(f"/recommendations/desk/{world.entered.pk}/join/?main={world.assigned.reference}")
    return [*found, *extra, *SEARCHES]


def pages_of(client: Client, paths: list[str]) -> dict[str, str]:
    """Return those of the pages that the reader can open."""
    found = {path: page(client, "get", path) for path in paths}
    return {path: text for path, text in found.items() if text.startswith("200")}


def told(world: World, role: str) -> dict[str, str]:
    """Return the reader's notices and mails."""
    pk = getattr(world.cast[role], "pk", NOBODY)
    rows = {table: table.objects.filter(recipient_id=pk) for table in (Notice, Outbox)}
    return {
        table.__name__: str(sorted(found.values_list("kind", "about_id")))
        for table, found in rows.items()
    }


def page(client: Client, method: str, path: str) -> str:
    """Return one answer as text: status, headers, body."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    headers = sorted((k, v) for k, v in answer.headers.items() if k in ("Location", "ETag"))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {headers} {normal(body.decode(errors='replace'))}"


def probes(client: Client, plant: Plant, item: Any) -> dict[str, str]:
    """Return the addresses of the hidden item whose answers differ from those of no item at all."""
    found = {}
    for name, (methods, what, _roles) in ROWS.items():
        if not plant.what or what not in (plant.what, *ALSO.get(plant.what, ())):
            continue
        for method in methods:
            tail = {
                "answer": ["yes"],
                "step": ["open"],
                "revision of letter": [1],
                "act on letter": ["resume"],
                "language of letter": ["fr"],
                "copy": ["public"],
                "form of copy": ["public", "en", "csv"],
                "step of recommendation": ["submit"],
                "step of link": ["undo"],
                "step of reply": ["propose"],
                "step of meeting": ["request"],
            }.get(what, [])
            here, nowhere = (reverse(name, args=[pk, *tail]) for pk in (item.pk, NOBODY))
            seen = page(client, method.lower(), here).replace(str(item.pk), str(NOBODY))
            if seen != page(client, method.lower(), nowhere):
                found[f"{method} {name}"] = seen
    return found


NOBODY = uuid.UUID(int=0x4000800000000000)
GUARD = "the guard"
ALSO = {
    "network_membership": ("answer",),
    "letter": (
        "draft_letter",
        "step",
        "copy",
        "revision of letter",
        "act on letter",
        "language of letter",
        "form of copy",
    ),
    "recommendation": ("step of recommendation",),
    "link": ("step of link",),
    "reply": ("step of reply",),
    "meeting": ("step of meeting",),
}


def differences(
    world: World, role: str, plants: Sequence[Plant], before: dict[str, str]
) -> list[str]:
    """Return where the reader notices the planted items. The world is as before afterwards."""
    client = world.client(role)
    with transaction.atomic():
        items = [plant.put(world) for plant in plants]
        after = {**pages_of(client, [path for path in before if path[0] == "/"])}
        after |= told(world, role)
        found = [path for path in before if after.get(path) != before[path]]
        for plant, item in zip(plants, items, strict=True):
            found += probes(client, plant, item)
            if plant.model.objects.visible_to(world.cast[role]).filter(pk=item.pk).exists():
                found.append(GUARD)
        transaction.set_rollback(True)
    return found


def world_before(world: World, role: str) -> dict[str, str]:
    """Return all that the reader can learn now: pages, notices, mails."""
    return pages_of(world.client(role), own_paths(world)) | told(world, role)


@pytest.mark.parametrize("role", ROLES)
def test_reader_notices_nothing_of_what_is_hidden(role: str) -> None:
    world = build()
    before = world_before(world, role)
    assert len(before) >= 6
    hidden = [plant for plant in PLANTS if role not in plant.seen_by]
    if not differences(world, role, hidden, before):
        return
    culprits = {plant.key: differences(world, role, [plant], before) for plant in hidden}
    assert not differences(world, role, [], before), "two equal worlds differ"
    assert not {key: places for key, places in culprits.items() if places}
    pytest.fail("Only all of them together are noticed.")


def test_every_guarded_table_has_its_plant() -> None:
    assert set(guarded_models()) == {plant.model for plant in PLANTS}


def rows_seen(plant: Plant, world: World, item: Any) -> set[str]:
    """Return the roles to whom the row itself is shown, whatever page would show it."""
    return {
        role
        for role, viewer in world.cast.items()
        if plant.model.objects.visible_to(viewer).filter(pk=item.pk).exists()
    }


def test_each_row_is_shown_to_its_readers_and_to_nobody_else() -> None:
    """Its positive control are the planted leaks below, which ask the guard as well."""
    world, wrong = build(), {}
    for plant in PLANTS:
        with transaction.atomic():
            seen = rows_seen(plant, world, plant.put(world))
            transaction.set_rollback(True)
        if seen != plant.seen_by:
            wrong[plant.key] = sorted(seen)
    assert not wrong


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.key)
def test_planted_leak_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: with the model's restriction taken away, its reader notices the item.

    What hangs on an organization stands behind two walls; there both are taken away.
    """
    for model in {plant.model, Organization} if plant.behind_two_walls else {plant.model}:
        queryset = type(model.objects.none())
        monkeypatch.setattr(queryset, "restrict", lambda self, viewer: self.all())
        for wall in plant.walls:
            monkeypatch.setattr(queryset, wall, lambda self: self.order_by("pk"))
        if hasattr(queryset, "inside"):
            monkeypatch.setattr(queryset, "inside", lambda self, viewer: Q(pk__isnull=False))
    world = build()
    before = world_before(world, plant.shown_to)
    found = differences(world, plant.shown_to, [plant], before)
    assert GUARD in found
    assert plant.on_no_page or set(found) > {GUARD}


def test_notice_to_a_reader_who_may_not_know_is_found() -> None:
    """Positive control of the mails: a message too many is a difference."""
    world = build()
    before = told(world, "person")
    notify("organizations.to_vet", to=world.cast["person"], about=world.restricted)
    after = told(world, "person")
    assert [name for name in after if after[name] != before[name]] == ["Notice", "Outbox"]


# The public's figures: the only page on which a hidden item may be noticed, as one of five or more
FIGURE = re.compile(r'<b>([\d,]+)</b>|<td class="num">([\d,]+)</td>')
AGREED = {"level": Level.OFFICE, "may_be_counted": True}
LESS_THAN_AGREED = (
    {"level": Level.OFFICE},
    {"level": Level.NAMED_OFFICERS},
    {"level": Level.PUBLIC, "state": "draft"},
    {**AGREED, "state": "withdrawn"},
)


def hide(world: World, many: int, **fields: Any) -> None:
    """Put items into the world that nobody of the public may read."""
    sender = {"organization": world.restricted, "by": world.keeper}
    for _ in range(many):
        make_recommendation(**{"title": f"{SECRET} ask", **sender, **fields})


def front_page_of(day: str) -> tuple[str, list[str]]:
    """Return the front page, today or on the next day, without its numbers, and these."""
    if day == "tomorrow":  # the count that stands was made yesterday
        standing = PublicFigures.objects.newest()
        standing.day -= timedelta(days=1)
        standing.made_at -= timedelta(days=1)
        standing.save()
    make_figures()
    KEPT.clear()
    html = Client().get("/").content.decode()
    return FIGURE.sub("", html), ["".join(found) for found in FIGURE.findall(html)]


def counted_world() -> World:
    """Return a world with enough in it that the front page has numbers to show."""
    world = build()
    hide(world, 30, **AGREED)
    make_figures()
    return world


@pytest.mark.parametrize("fields", LESS_THAN_AGREED, ids=str)
def test_front_page_never_notices_who_did_not_agree(fields: dict[str, Any]) -> None:
    world = counted_world()
    before = front_page_of("today")
    assert before[1]
    hide(world, 12, **fields)
    assert front_page_of("today") == before
    assert front_page_of("tomorrow") == before


def test_front_page_notices_who_agreed_from_five_on_and_once_a_day() -> None:
    world = counted_world()
    before = front_page_of("today")
    hide(world, 12, **AGREED)
    assert front_page_of("today") == before, "renewed on the same day"
    words, numbers = front_page_of("tomorrow")
    assert words.partition("<main")[0] == before[0].partition("<main")[0]
    assert numbers != before[1]
    assert all(int(number) % 5 == 0 and int(number) >= 5 for number in (*before[1], *numbers))


def test_front_page_that_shows_counts_as_they_are_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: with a count that is neither protected nor asked for consent, one item that
    nobody agreed to have counted is noticed the next day."""
    monkeypatch.setattr(making, "protect", lambda counts, *rest: dict(counts))
    monkeypatch.setattr(
        RecommendationQuerySet, "countable", lambda self: self.exclude(state="draft")
    )
    world = counted_world()
    before = front_page_of("today")
    hide(world, 1, level=Level.NAMED_OFFICERS)
    assert front_page_of("tomorrow") != before
