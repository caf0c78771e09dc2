"""Who sees which recommendation, sender, answer, question: with data that could leak."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Audience, Level, SystemActor
from foundation.confidentiality.guard import UnguardedRead
from recommendations import actions
from recommendations.enums import MessageKind
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Message, ProgressReport, Recommendation
from recommendations.views import showing
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_network,
    make_officer,
    make_user,
)
from tests.recommendations.factories import (
    make_contributor,
    make_entered,
    make_recommendation,
    make_submitter,
)

pytestmark = pytest.mark.django_db

CHANGING = re.compile(rb"[A-Za-z0-9]{64}|/recommendations/[a-z/]*[0-9a-f-]{36}/")
HIDDEN = "Hidden Valley Circle"


def same(response: Any) -> bytes:
    """Return the page without what changes at each request (CSRF token) and without its address."""
    return CHANGING.sub(b"", response.content)


def viewers() -> dict[str, Any]:
    return {
        "representative": make_submitter()[0],
        "expert": make_expert().user,
        "coordinator": make_network(coordinators=(make_user(),)).coordinators.unguarded("test")
        .get().user,
        "officer": make_officer(),
        "approver": make_approver(),
        "stranger": make_user(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "anyone": AnonymousUser(),
    }  # fmt: skip


EVERYONE = {
    "representative",
    "expert",
    "coordinator",
    "officer",
    "approver",
    "stranger",
    "auditor",
    "administrator",
    "anyone",
}


def seen_by(state: str, level: int) -> set[str]:
    """Say it once more, in other words than the querysets."""
    if state == S.DRAFT:
        return set()
    if state == S.ANSWERED and level in (Level.PUBLIC, Level.UNNAMED):
        return EVERYONE
    return {"approver"} if level == Level.NAMED_OFFICERS else {"officer", "approver"}


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("state", S.values)
def test_item_is_seen_by(state: str, level: int) -> None:
    if state == S.JOINED and level == Level.NAMED_OFFICERS:
        return  # there is no such item: a constraint of the table
    item = make_recommendation(state=state, level=level)
    shown = {
        name
        for name, viewer in viewers().items()
        if Recommendation.objects.visible_to(viewer).filter(pk=item.pk).exists()
    }
    if level == Level.NAMED_OFFICERS and state not in (S.DRAFT, S.SUBMITTED):
        assert "officer" not in shown  # the owner was named by nobody in this factory
    assert shown == seen_by(state, level)
    for own in (item.created_by, make_contributor(item.organization)):
        assert Recommendation.objects.visible_to(own).count() == 1
    assert Recommendation.objects.visible_to(SystemActor("test")).filter(pk=item.pk).exists()


def test_audiences_see_what_went_out_or_was_sent() -> None:
    make_recommendation(state=S.DRAFT, level=Level.PUBLIC)
    make_recommendation(state=S.SUBMITTED, level=Level.PUBLIC)
    make_recommendation(state=S.ANSWERED, level=Level.OFFICE)
    out = make_recommendation(state=S.ANSWERED, level=Level.UNNAMED)
    make_recommendation(state=S.WITHDRAWN, level=Level.PUBLIC)
    assert list(Recommendation.objects.visible_to(Audience(Level.PUBLIC))) == [out]
    assert Recommendation.objects.visible_to(Audience(Level.OFFICE)).count() == 3


def test_nothing_is_read_before_somebody_said_for_whom() -> None:
    for model in (Recommendation, Answer, Message, ProgressReport):
        with pytest.raises(UnguardedRead):
            model.objects.count()


def test_answer_in_work_is_seen_by_the_desk_only() -> None:
    item = make_recommendation(state=S.CLEARED, level=Level.PUBLIC)
    shown = {
        name
        for name, viewer in {**viewers(), "submitter": item.created_by}.items()
        if Answer.objects.visible_to(viewer).filter(recommendation=item).exists()
    }
    assert shown == {"officer", "approver"}


def test_messages_are_never_public_and_notes_stay_inside_the_office() -> None:
    item = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    for kind in MessageKind:
        Message.objects.create(
            recommendation=item, kind=kind, text="Said.", written_by=item.created_by
        )
    for name, viewer in {**viewers(), "submitter": item.created_by}.items():
        kinds = set(Message.objects.visible_to(viewer).values_list("kind", flat=True))
        if name in ("officer", "approver"):
            assert kinds == set(MessageKind.values)
        elif name == "submitter":
            assert kinds == {"question", "reply"}
        else:
            assert kinds == set(), name


def test_submitters_own_assessment_is_not_public() -> None:
    item = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    report = {"recommendation": item, "progress": "not_started"}
    actions.report_progress(**report, text="Nobody came to us.", by=item.created_by)
    actions.report_progress(**report, text="Plans are made.", by=item.owner)
    body = Client().get(item.get_absolute_url()).content.decode()
    assert "Plans are made." in body
    assert "Nobody came" not in body
    assert ProgressReport.objects.visible_to(AnonymousUser()).count() == 1
    assert ProgressReport.objects.visible_to(make_officer()).count() == 2


# The name of the sender ----------------------------------------------------------------------
def pages(item: Recommendation) -> list[str]:
    lists = [reverse("recommendations:published"), reverse("recommendations:list")]
    asked = [f"{path}{query}" for path in lists for query in ("", "?q=hidden", "?q=valley")]
    return [item.get_absolute_url(), *asked]


def unnamed(**fields: Any) -> Recommendation:
    submitter, organization = make_submitter(name=HIDDEN, acronym="HVC")
    return make_recommendation(state=S.ANSWERED, organization=organization, by=submitter, **fields)


@pytest.mark.parametrize("kind", ["organization", "expert", "paper"])
def test_unnamed_sender_stands_on_no_page_of_others(kind: str, settings: Any) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    if kind == "organization":
        item = unnamed(level=Level.UNNAMED)
    elif kind == "expert":
        expert = make_expert(name=HIDDEN)
        item = make_recommendation(
            state=S.ANSWERED, level=Level.UNNAMED, expert=expert, by=expert.user
        )
    else:
        item = make_entered(state=S.ANSWERED, level=Level.UNNAMED, sender_as_stated=HIDDEN)
    for name, viewer in viewers().items():
        if name in ("officer", "approver"):
            continue
        client = Client()
        if name != "anyone":
            client.force_login(viewer)
        for path in pages(item):
            answer = client.get(path)
            assert answer.status_code == 200, (name, path)
            assert "Hidden Valley" not in answer.content.decode(), (name, path)
            assert "HVC" not in answer.content.decode(), (name, path)


def test_named_sender_stands_on_the_public_page() -> None:
    """The positive control of the test above."""
    item = unnamed(level=Level.PUBLIC)
    for path in (item.get_absolute_url(), reverse("recommendations:published")):
        assert HIDDEN in Client().get(path).content.decode()


def test_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: with the level forgotten, the test of unnamed senders would see it."""
    monkeypatch.setattr(showing, "sender_line", lambda item, inside: item.sender_name())
    unnamed(level=Level.UNNAMED)
    assert HIDDEN in Client().get(reverse("recommendations:published")).content.decode()


def test_desk_holds_what_one_sees_and_works_on_for_everybody() -> None:
    """`at_the_desk_of` asks once what `visible_to`, then `for_the_desk` ask twice."""
    people = viewers()
    officer, approver = people["officer"], people["approver"]
    mine = make_submitter()[1]
    make_contributor(mine)
    for level in (Level.PUBLIC, Level.UNNAMED, Level.OFFICE, Level.NAMED_OFFICERS):
        for state in (S.DRAFT, S.SUBMITTED, S.ANSWERED, S.WITHDRAWN):
            make_recommendation(state=state, level=level)
            make_recommendation(state=state, level=level, organization=mine, by=make_user())
            make_entered(state=state, level=level, by=officer)
    named = Recommendation.objects.unguarded("test").filter(level=Level.NAMED_OFFICERS)
    for item in named.filter(state=S.SUBMITTED)[:1]:
        actions.name_readers(recommendation=item, officers=[officer], by=approver)
    make_membership(officer, mine)
    seen = {}
    for who, viewer in people.items():
        long = Recommendation.objects.visible_to(viewer).for_the_desk(viewer)
        short = Recommendation.objects.at_the_desk_of(viewer)
        seen[who] = set(short.values_list("pk", flat=True))
        assert seen[who] == set(long.values_list("pk", flat=True)), who
    assert {who for who, found in seen.items() if found} == {"officer", "approver"}
    assert seen["officer"] < seen["approver"]
    own = Recommendation.objects.unguarded("test").filter(organization=mine)
    assert not seen["officer"] & set(own.values_list("pk", flat=True))


def test_desk_counts_what_its_views_show() -> None:
    officer = make_officer()
    for state in (S.SUBMITTED, S.SUBMITTED, S.TO_CLEAR, S.ANSWERED, S.WITHDRAWN, S.DRAFT):
        make_recommendation(state=state)
    make_recommendation(state=S.ASSIGNED, owner=officer)
    make_recommendation(state=S.SUBMITTED, level=Level.NAMED_OFFICERS)
    counts = Recommendation.objects.at_the_desk_of(officer).counted(officer)
    assert counts == {"unowned": 2, "mine": 1, "clear": 1, "open": 4}
    client = Client()
    client.force_login(officer)
    for view in ("unowned", "mine", "clear", "open"):
        shown = client.get(f"/recommendations/?view={view}").context
        assert shown["count"] == len(shown["rows"]) == counts[view]
    assert client.get("/recommendations/?view=all").context["count"] == 6
    assert client.get("/recommendations/?view=open&q=valleys").context["count"] == 4


def test_search_for_the_sender_works_for_the_desk_and_for_nobody_else() -> None:
    item = unnamed(level=Level.UNNAMED)
    officer = make_officer()
    seen = Recommendation.objects.visible_to(officer).for_the_desk(officer)
    assert list(seen.matching("hidden valley", senders=True)) == [item]
    assert not Recommendation.objects.visible_to(AnonymousUser()).matching("hidden").exists()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("نطلب لقاءات منتظمة مع المجتمع المدني", "المجتمع"),
        ("我们要求与独立组织定期会面", "独立组织"),
        ("Мы просим встречаться с независимыми организациями", "независимыми"),
        ("Nous demandons des réunions régulières", "reunions"),
    ],
)
def test_search_finds_words_of_any_script(text: str, word: str) -> None:
    item = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC, text=text)
    make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    found = Recommendation.objects.visible_to(AnonymousUser()).matching(word)
    assert list(found) == [item]


# Two worlds -----------------------------------------------------------------------------------
def test_two_portals_that_differ_in_one_hidden_item_give_others_the_same_pages() -> None:
    """Non-interference, with its positive control: a public item does make a difference."""
    shown = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    reader = Client()
    reader.force_login(make_submitter()[0])
    officer = Client()
    staff = {"owner": make_officer(), "clearer": make_approver()}
    officer.force_login(staff["owner"])

    def everything() -> list[bytes]:
        public = [same(one.get(path)) for one in (Client(), reader) for path in pages(shown)]
        desk = [
            same(officer.get(path))
            for path in (*pages(shown)[1:], f"{pages(shown)[4]}?view=all", "/")
        ]
        return public + desk

    before = everything()
    for state in (one for one in S.values if one != S.JOINED):
        make_recommendation(
            state=state, level=Level.NAMED_OFFICERS, title=HIDDEN, text=HIDDEN, **staff
        )
    assert everything() == before
    make_recommendation(state=S.ANSWERED, level=Level.PUBLIC, title=HIDDEN, **staff)
    assert everything() != before


def test_page_of_an_invisible_item_is_the_same_404_as_of_a_missing_one(client: Client) -> None:
    client.force_login(make_user())
    item = make_recommendation(state=S.SUBMITTED, level=Level.PUBLIC)
    there = client.get(item.get_absolute_url())
    nowhere = "00000000-0000-4000-8000-000000000000"
    missing = client.get(reverse("recommendations:detail", args=[nowhere]))
    assert there.status_code == missing.status_code == 404
    assert same(there) == same(missing)


def test_withdrawn_item_leaves_every_public_page(client: Client) -> None:
    item = unnamed(level=Level.PUBLIC)
    actions.withdraw(recommendation=item, by=item.created_by)
    assert client.get(item.get_absolute_url()).status_code == 404
    assert item.title not in client.get(reverse("recommendations:published")).content.decode()


def test_sender_who_wants_no_name_any_more_is_unnamed_at_once(client: Client) -> None:
    item = unnamed(level=Level.PUBLIC)
    actions.choose_level(
        recommendation=item, level=Level.UNNAMED, version=item.version, by=item.created_by
    )
    body = client.get(item.get_absolute_url()).content.decode()
    assert item.title in body
    assert HIDDEN not in body
