"""The pages of this room: forms that lose nothing, lists with a constant number of queries."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice, Outbox
from recommendations.enums import RecommendationState as S
from recommendations.models import Answer, Recommendation
from recommendations.tasks import remind_of_answers
from tests.factories import make_approver, make_expert, make_officer, make_user
from tests.recommendations.factories import make_contributor, make_recommendation, make_submitter

pytestmark = pytest.mark.django_db


def draft_form(item: Recommendation, **changes: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "title": "Meet us",
        "text": "On every visit.",
        "background": "",
        "addressee": item.addressee_id or "",
        "action_asked": "",
        "topics": [topic.pk for topic in item.topics.all()],
        "countries": "Kenya; Mali",
        "place_as_stated": "",
        "version": item.version,
        "token": uuid.uuid4(),
        **changes,
    }


def items() -> Any:
    return Recommendation.objects.unguarded("test")


def test_visibility_is_asked_before_the_text(client: Client) -> None:
    user, organization = make_submitter()
    client.force_login(user)
    page = client.get(reverse("recommendations:begin")).content.decode()
    assert page.index('name="level"') < page.index('name="hat"')
    assert "textarea" not in page
    form = {"level": 20, "hat": str(organization.pk), "token": uuid.uuid4()}
    answer = client.post(reverse("recommendations:begin"), form)
    item = items().get()
    assert answer.headers["Location"] == reverse("recommendations:write", args=[item.pk])
    assert (item.level, item.organization, item.state) == (20, organization, S.DRAFT)


def test_level_offered_first_is_the_office_or_closer(client: Client) -> None:
    for level, offered in ((10, 30), (30, 30), (40, 40)):
        user, _organization = make_submitter(level=level)
        client.force_login(user)
        form = client.get(reverse("recommendations:begin")).context["form"]
        assert form.initial["level"] == offered


def test_draft_is_written_and_sent_with_a_receipt_at_once(client: Client) -> None:
    user, organization = make_submitter()
    officer = make_officer()
    client.force_login(user)
    item = make_recommendation(state=S.DRAFT, organization=organization, by=user)
    client.post(reverse("recommendations:write", args=[item.pk]), draft_form(item))
    step = reverse("recommendations:step", args=[item.pk, "submit"])
    assert client.get(step).status_code == 200
    page = client.post(step, {"token": uuid.uuid4()}, follow=True).content.decode()
    assert f"It has arrived. Its reference is {item.reference}." in page
    item.refresh_from_db(from_queryset=items())
    assert (item.state, item.title, item.countries) == (S.SUBMITTED, "Meet us", ["KE", "ML"])
    told = Notice.objects.filter(about_id=str(item.pk)).values_list("kind", "recipient_id")
    assert set(told) == {
        ("recommendations.received", user.pk),
        ("recommendations.to_assign", officer.pk),
    }
    assert Outbox.objects.filter(recipient_id=user.pk).count() == 1


def test_draft_is_kept_while_it_is_typed(client: Client) -> None:
    item = make_recommendation(state=S.DRAFT)
    client.force_login(item.created_by)
    keep = reverse("recommendations:keep", args=[item.pk])
    answer = client.post(keep, draft_form(item, title="Half a th", countries="Atlantis"))
    assert b"Draft kept" in answer.content
    assert b"cannot be kept" in answer.content  # the country that nobody knows
    assert b'name="version" value="1"' in answer.content
    assert items().get().title == "Half a th"
    stale = client.post(keep, draft_form(item, title="Older"))
    assert b"Somebody else" in stale.content
    assert items().get().title == "Half a th"


@pytest.mark.parametrize("field", ["title", "text", "background", "place_as_stated", "countries"])
@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "x" * 1_000_001])
def test_field_with_bad_text_gets_an_error_and_loses_nothing(
    client: Client, field: str, value: str
) -> None:
    item = make_recommendation(state=S.DRAFT, title="As it was")
    client.force_login(item.created_by)
    path = reverse("recommendations:write", args=[item.pk])
    try:
        answer = client.post(path, draft_form(item, **{field: value}))
    except UnicodeEncodeError:
        pytest.skip("a browser cannot send this")
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert b"On every visit." in answer.content or field == "text"
    assert items().get().title == "As it was"


@pytest.mark.parametrize("name", ["q", "state", "owner", "pillar", "topic", "country", "language"])
@pytest.mark.parametrize("value", ["nonsense", "-1", "99999999999999999999", "a\x01b", "'\"<b>"])
def test_bad_filter_is_an_error_of_the_form(client: Client, name: str, value: str) -> None:
    make_recommendation()
    client.force_login(make_officer())
    for path in ("list", "published"):
        answer = client.get(reverse(f"recommendations:{path}"), {name: value})
        assert answer.status_code == (400 if "\x01" in value else 200)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("view=all", 4),
        ("view=unowned", 1),
        ("view=clear", 1),
        ("view=mine", 0),
        ("view=all&state=answered", 1),
        ("view=all&country=KE", 1),
        ("view=all&language=fr", 1),
        ("view=all&q=fontaines", 1),
        ("view=all&q=quiet+spring", 1),
        ("view=all&q=nothing+like+it", 0),
    ],
)
def test_desk_is_filtered(client: Client, query: str, count: int) -> None:
    _user, organization = make_submitter(name="Quiet Spring Trust")
    make_recommendation(organization=organization, language="fr", title="Les fontaines")
    make_recommendation(state=S.ANSWERED, countries=["KE"])
    make_recommendation(state=S.TO_CLEAR)
    make_recommendation(state=S.WITHDRAWN)
    make_recommendation(state=S.DRAFT)
    make_recommendation(level=Level.NAMED_OFFICERS)
    client.force_login(make_officer())
    page = client.get(f"{reverse('recommendations:list')}?{query}")
    assert page.context["count"] == count


def test_desk_is_filtered_by_owner_topic_pillar_and_addressee(client: Client) -> None:
    from organizations.models import Pillar

    mine = make_recommendation(state=S.ASSIGNED)
    pillar = Pillar.objects.get_or_create(key="iv", defaults={"label": "Pillar"})[0]
    mine.pillars.add(pillar)
    other = make_recommendation(state=S.ASSIGNED, addressee=None)
    other.topics.clear()
    client.force_login(mine.owner)
    asked = {
        "owner": mine.owner_id,
        "pillar": pillar.pk,
        "topic": mine.topics.get().pk,
        "addressee": mine.addressee_id,
    }
    for name, value in asked.items():
        page = client.get(reverse("recommendations:list"), {name: value})
        assert page.context["count"] == 1, name
    assert client.get(reverse("recommendations:list")).context["count"] == 2
    assert client.get(reverse("recommendations:list") + "?view=mine").context["count"] == 1


# Queries --------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    owner = make_officer()
    for _ in range(count):
        item = make_recommendation(state=S.ASSIGNED, owner=owner)
    client.force_login(owner)
    topic = item.topics.get().pk
    path = reverse("recommendations:list") + "?view=open&language=en&q=valleys&state=assigned"
    path += f"&topic={topic}&owner={owner.pk}&addressee={item.addressee_id}"
    client.get(path)
    with django_assert_num_queries(12):
        page = client.get(path)
    assert page.context["count"] == count


@pytest.mark.parametrize("count", [1, 3])
def test_public_list_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    with django_assert_num_queries(5):
        body = client.get(reverse("recommendations:published")).content.decode()
    assert body.count("REC-") == count


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    user, organization = make_submitter()
    for _ in range(count):
        make_recommendation(organization=organization, by=user)
    client.force_login(user)
    client.get(reverse("recommendations:list"))
    with django_assert_num_queries(8):
        body = client.get(reverse("recommendations:list")).content.decode()
    assert body.count("REC-") == count


@pytest.mark.parametrize("count", [1, 3])
def test_item_takes_a_constant_number_of_queries(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    from recommendations.actions import report_progress

    item = make_recommendation(state=S.ANSWERED, level=Level.PUBLIC)
    for number in range(count):
        report_progress(
            recommendation=item, progress="under_way", text=f"Step {number}.", by=item.owner
        )
    with django_assert_max_num_queries(6):
        assert client.get(item.get_absolute_url()).status_code == 200


# Pages for everyone of the cast ---------------------------------------------------------------
@pytest.mark.parametrize("state", S.values)
def test_page_opens_for_its_people(client: Client, state: str) -> None:
    item = make_recommendation(state=state, level=Level.PUBLIC)
    for own in (item.created_by, make_contributor(item.organization)):
        client.force_login(own)
        assert client.get(item.get_absolute_url()).status_code == 200
    for staff in (make_officer(), make_approver()):
        client.force_login(staff)
        desk = reverse("recommendations:item", args=[item.pk])
        assert client.get(desk).status_code == (404 if state == S.DRAFT else 200)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S.SUBMITTED, ["Assign", "Answer together with another"]),
        (
            S.ASSIGNED,
            [
                "Write the answer",
                "Change owner or day",
                "Ask for clarification",
                "Answer together with another",
            ],
        ),
        (S.CLARIFICATION, ["Go on without an answer"]),
        (S.TO_CLEAR, ["Clear", "Give back"]),
        (S.CLEARED, ["Publish the answer", "Take back to change"]),
        (S.ANSWERED, ["Report progress", "Answer again"]),
        (S.JOINED, ["Answer on its own again"]),
        (S.WITHDRAWN, []),
    ],
)
def test_desk_offers_what_can_be_done(client: Client, state: str, words: list[str]) -> None:
    item = make_recommendation(state=state)
    client.force_login(make_approver())
    body = client.get(reverse("recommendations:item", args=[item.pk])).content.decode()
    panel = body[body.index('id="work"') :].partition("</section>")[0]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", panel) == words


def test_opening_an_item_at_the_desk_is_recorded(client: Client) -> None:
    item = make_recommendation()
    client.force_login(make_officer())
    client.get(reverse("recommendations:item", args=[item.pk]))
    assert AuditEvent.objects.filter(action="recommendations.read").count() == 1


def test_answer_is_written_cleared_and_published_in_the_browser(client: Client) -> None:
    item = make_recommendation(state=S.ASSIGNED, level=Level.PUBLIC)
    client.force_login(item.owner)
    path = reverse("recommendations:answer", args=[item.pk])
    form = {"position": "not_accepted", "text": "We cannot.", "language": "en", "version": 0}
    refused = client.post(path, {**form, "token": uuid.uuid4()})
    assert refused.status_code == 422
    assert b"Choose the reason" in refused.content
    assert b"We cannot." in refused.content
    form |= {"position": "accepted", "text": "We will.", "then": "propose"}
    client.post(path, {**form, "token": uuid.uuid4()})
    assert items().get().state == S.TO_CLEAR
    clear = reverse("recommendations:step", args=[item.pk, "clear"])
    assert client.post(clear, {"token": uuid.uuid4()}).status_code == 404  # an officer
    client.force_login(make_approver())
    client.post(clear, {"token": uuid.uuid4()})
    client.force_login(item.owner)
    publish = reverse("recommendations:step", args=[item.pk, "publish"])
    client.post(publish, {"token": uuid.uuid4()})
    assert items().get().state == S.ANSWERED
    client.logout()
    assert "We will." in client.get(item.get_absolute_url()).content.decode()


def test_question_and_reply_in_the_browser(client: Client) -> None:
    item = make_recommendation(state=S.ASSIGNED)
    client.force_login(item.owner)
    form = {"text": "Which valleys?", "token": uuid.uuid4()}
    client.post(reverse("recommendations:ask", args=[item.pk]), form)
    client.force_login(item.created_by)
    path = reverse("recommendations:clarify", args=[item.pk])
    assert "Which valleys?" in client.get(path).content.decode()
    client.post(path, {"text": "The northern ones.", "token": uuid.uuid4()})
    assert items().get().state == S.ASSIGNED


def test_officer_enters_what_came_on_paper(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    form = {
        "level": 30,
        "source": "paper",
        "sender_as_stated": "Circle of the Quiet Ford",
        "received_on": "2026-01-05",
        "token": uuid.uuid4(),
    }
    answer = client.post(reverse("recommendations:enter"), form, follow=True)
    assert answer.status_code == 200
    item = items().get()
    assert (item.source, item.state) == ("paper", S.DRAFT)
    client.force_login(make_officer())
    assert client.get(item.get_absolute_url()).status_code == 404  # a draft of another officer


@pytest.mark.parametrize("name", ["begin", "enter"])
def test_pages_of_writers_are_not_there_for_others(client: Client, name: str) -> None:
    path = reverse(f"recommendations:{name}")
    assert client.get(path).status_code == 302
    others = [make_user(), make_submitter(expired=True)[0]]
    others += [make_officer()] if name == "begin" else [make_submitter()[0], make_expert().user]
    for other in others:
        client.force_login(other)
        assert client.get(path).status_code == 404


def test_approver_names_officers(client: Client) -> None:
    item = make_recommendation(level=Level.NAMED_OFFICERS)
    officer = make_officer()
    client.force_login(make_approver())
    path = reverse("recommendations:officers", args=[item.pk])
    assert client.get(path).status_code == 200
    client.post(path, {"officers": [officer.pk], "token": uuid.uuid4()})
    assert Recommendation.objects.visible_to(officer).count() == 1
    client.post(path, {"token": uuid.uuid4()})
    assert Recommendation.objects.visible_to(officer).count() == 0


def test_home_says_what_waits(client: Client) -> None:
    item = make_recommendation(state=S.TO_CLEAR)
    client.force_login(make_approver())
    assert "Clear the answer to" in client.get("/").content.decode()
    client.force_login(item.created_by)
    make_recommendation(state=S.CLARIFICATION, organization=item.organization, by=item.created_by)
    assert "Answer what the Office asks about" in client.get("/").content.decode()
    assert not Answer.objects.visible_to(item.created_by).exists()


def test_owner_is_reminded_once_before_the_day() -> None:
    item = make_recommendation(state=S.ASSIGNED)
    make_recommendation(state=S.CLARIFICATION)  # its clock stands still
    remind_of_answers()
    assert not Notice.objects.exists()
    items().update(answer_by=timezone.now().date() + timedelta(days=2))
    for _again in range(2):
        remind_of_answers()
    told = Notice.objects.values_list("kind", "recipient_id")
    assert list(told) == [("recommendations.due_soon", item.owner_id)]
