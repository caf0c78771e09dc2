"""Who sent what came by mail: three words before anybody outside the Office reads a line of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from recommendations import actions
from recommendations.enums import LinkState
from recommendations.enums import RecommendationState as S
from recommendations.models import Recommendation, SenderLink
from recommendations.transitions import LINK
from tests.factories import (
    make_approver,
    make_expert,
    make_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.recommendations.factories import (
    make_contributor,
    make_entered,
    make_link,
    make_recommendation,
    make_submitter,
)

pytestmark = pytest.mark.django_db
SECRET = "Circle of the Quiet Ford"


def again(item: Recommendation) -> Recommendation:
    return Recommendation.objects.unguarded("test").get(pk=item.pk)


def sees(person: Any, item: Recommendation) -> bool:
    return Recommendation.objects.visible_to(person).filter(pk=item.pk).exists()


# The truth table ------------------------------------------------------------------------------
STEPS = {
    "confirm": actions.confirm_link,
    "accept": actions.accept_link,
    "decline": actions.decline_link,
    "undo": actions.undo_link,
    "unlink": actions.undo_link,
}
ROLES: dict[str, set[str]] = {
    "proposer": {"officer"},
    "officer": {"officer", "checker"},
    "approver": {"officer", "checker", "approver"},
    "officer of theirs": set(),
    "representative": {"sender"},
    "contributor": set(),
    "other representative": set(),
    "auditor": set(),
    "administrator": set(),
    "stranger": set(),
}


def cast(role: str, link: SenderLink, representative: Any) -> Any:
    makers = {
        "proposer": lambda: link.proposed_by,
        "officer": make_officer,
        "approver": make_approver,
        "officer of theirs": lambda: officer_of(link),
        "representative": lambda: representative,
        "contributor": lambda: make_contributor(link.organization),
        "other representative": lambda: make_submitter()[0],
        "auditor": lambda: make_user("", "auditor"),
        "administrator": lambda: make_user("", "administrator"),
        "stranger": make_user,
    }
    return makers[role]()


def officer_of(link: SenderLink) -> Any:
    officer = make_officer()
    make_membership(officer, link.organization, role="contributor")
    return officer


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", LinkState.values)
def test_step_in_state_by_role(state: str, name: str, role: str) -> None:
    representative, organization = make_submitter()
    link = make_link(make_entered(), organization, state=state)
    who, step = cast(role, link, representative), LINK.transition(name)
    if name in ("undo", "unlink"):  # one verb, two steps: which one it is follows from the state
        step = LINK.transition("unlink" if state == LinkState.ACCEPTED else "undo")
    allowed = bool(ROLES[role] & step.who) and state in step.sources
    if allowed:
        STEPS[name](link=link, by=who)
    else:
        with pytest.raises((NotYours, WrongState)):
            STEPS[name](link=link, by=who)
    after = SenderLink.objects.unguarded("test").get(pk=link.pk).state
    assert after == (step.target if allowed else state)


# What is seen before, and after --------------------------------------------------------------
@pytest.mark.parametrize("state", LinkState.values)
def test_members_read_it_only_after_they_accepted(state: str) -> None:
    representative, organization = make_submitter()
    contributor = make_contributor(organization)
    item = make_entered(sender_as_stated=SECRET, title=SECRET, text=SECRET)
    link = make_link(item, organization, state=state)
    accepted = state == LinkState.ACCEPTED
    for person in (representative, contributor):
        assert sees(person, item) == accepted
        client = Client()
        client.force_login(person)
        pages = ["/", reverse("recommendations:list"), item.get_absolute_url()]
        pages += [reverse("recommendations:offer", args=[link.pk])]
        pages += [reverse("recommendations:link_step", args=[link.pk, name]) for name in STEPS]
        text = "".join(client.get(path).content.decode() for path in pages)
        assert (SECRET in text) == accepted


def test_question_says_how_and_when_it_came_and_no_more(client: Client) -> None:
    representative, organization = make_submitter()
    item = make_entered(title=SECRET, text=SECRET, received_on="2026-01-05")
    link = make_link(item, organization, state=LinkState.CONFIRMED)
    client.force_login(representative)
    assert "Say whether something that the Office received" in client.get("/").content.decode()
    page = client.get(reverse("recommendations:offer", args=[link.pk])).content.decode()
    assert "5 January 2026" in page and "Came on paper" in page
    assert SECRET not in page and item.reference not in page and str(item.pk) not in page


def test_whole_way_in_the_browser(client: Client) -> None:
    representative, organization = make_submitter(name="Quiet Ford Assembly")
    officer, second = make_officer(), make_officer()
    item = make_entered(sender_as_stated=SECRET)
    client.force_login(officer)
    path = reverse("recommendations:link", args=[item.pk])
    found = client.get(path, {"q": "quiet ford"}).content.decode()
    assert organization.reference in found
    form = {"sender": str(organization.pk), "how": "called", "token": uuid.uuid4()}
    assert client.post(f"{path}?q=quiet+ford", form).status_code == 302
    link = SenderLink.objects.unguarded("test").get()
    confirm = reverse("recommendations:link_step", args=[link.pk, "confirm"])
    assert client.get(confirm).status_code == 404  # not the one who said it
    client.force_login(second)
    assert "Check who sent" in client.get("/").content.decode()
    assert client.post(confirm, {"token": uuid.uuid4()}).status_code == 302
    client.force_login(representative)
    accept = reverse("recommendations:link_step", args=[link.pk, "accept"])
    assert client.get(accept).status_code == 200
    assert client.post(accept, {"token": uuid.uuid4()}).status_code == 302
    assert again(item).organization == organization
    assert item.title in client.get(item.get_absolute_url()).content.decode()
    told = set(Notice.objects.values_list("kind", "recipient_id"))
    assert ("recommendations.link_to_check", second.pk) in told
    assert ("recommendations.link_offered", representative.pk) in told
    assert ("recommendations.link_decided", officer.pk) in told
    done = set(AuditEvent.objects.values_list("action", flat=True))
    assert {
        f"recommendations.link_{verb}" for verb in ("proposed", "confirmed", "accepted")
    } <= done


def test_expert_is_asked_too() -> None:
    expert = make_expert()
    item = make_entered()
    link = make_link(item, expert, state=LinkState.CONFIRMED)
    assert not sees(expert.user, item)
    actions.accept_link(link=link, by=expert.user)
    assert sees(expert.user, item)


def test_undone_link_leaves_nothing_behind(client: Client) -> None:
    representative, organization = make_submitter()
    item = make_entered()
    link = make_link(item, organization, state=LinkState.CONFIRMED)
    actions.undo_link(link=link, by=link.proposed_by)
    client.force_login(representative)
    assert client.get(reverse("recommendations:offer", args=[link.pk])).status_code == 404
    assert "came from you" not in client.get("/").content.decode()
    assert not sees(representative, item)
    make_link(item, make_submitter()[1])  # and another one can be said


def test_accepted_link_is_taken_away_by_an_approver() -> None:
    representative, organization = make_submitter()
    item = make_entered()
    link = make_link(item, organization, state=LinkState.ACCEPTED)
    assert sees(representative, item)
    with pytest.raises(NotYours):
        actions.undo_link(link=link, by=make_officer())
    actions.undo_link(link=link, by=make_approver())
    assert not sees(representative, item)
    event = AuditEvent.objects.get(action="recommendations.link_undone")
    assert event.facts == {"readable": True}


def test_linked_item_belongs_to_its_members_alone() -> None:
    """An officer acts for a sender only as long as nobody is there to do it."""
    representative, organization = make_submitter()
    item = make_entered(state=S.ASSIGNED)
    make_link(item, organization, state=LinkState.ACCEPTED)
    with pytest.raises(NotYours):
        actions.withdraw(recommendation=item, by=make_officer())
    actions.withdraw(recommendation=item, by=representative)


@pytest.mark.parametrize(
    "wrong", ["not entered", "draft", "withdrawn", "linked", "not vetted", "hidden", "stake"]
)
def test_what_cannot_be_linked_is_refused(wrong: str) -> None:
    officer = make_officer()
    _user, organization = make_submitter()
    item = make_entered()
    if wrong == "not entered":
        item = make_recommendation()
    elif wrong == "draft":
        item = make_entered(state=S.DRAFT, by=officer)
    elif wrong == "withdrawn":
        item = make_entered(state=S.WITHDRAWN)
    elif wrong == "linked":
        make_link(item, make_submitter()[1])
    elif wrong == "not vetted":
        organization = make_organization(state="draft")
    elif wrong == "hidden":
        organization = make_submitter(level=Level.NAMED_OFFICERS)[1]
    else:
        make_membership(officer, organization)
    with pytest.raises(Refused):
        actions.propose_link(recommendation=item, sender=organization, how="called", by=officer)


def test_owner_with_a_stake_is_noticed() -> None:
    owner = make_officer()
    _user, organization = make_submitter()
    make_membership(owner, organization)
    item = make_entered(state=S.ASSIGNED, owner=owner)
    with pytest.raises(Refused, match="owner"):
        actions.propose_link(recommendation=item, sender=organization, how="met", by=make_officer())


def test_nobody_confirms_alone_and_one_link_stands_even_in_the_database() -> None:
    link = make_link(make_entered(), make_submitter()[1])
    rows = SenderLink.objects.unguarded("test").filter(pk=link.pk)
    for wrong in (
        {"state": "confirmed"},
        {"state": "confirmed", "confirmed_by": link.proposed_by},
        {"state": "nonsense"},
        {"organization": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_link(link.recommendation, make_submitter()[1])


def test_search_for_a_sender_keeps_to_what_the_officer_sees(client: Client) -> None:
    make_submitter(name="Quiet Ridge", level=Level.NAMED_OFFICERS)
    item = make_entered()
    client.force_login(make_officer())
    path = reverse("recommendations:link", args=[item.pk])
    assert "Quiet Ridge" not in client.get(path, {"q": "Quiet Ridge"}).content.decode().replace(
        'value="Quiet Ridge"', ""
    )
    client.force_login(make_approver())
    assert "Quiet Ridge" in client.get(path, {"q": "Quiet Ridge"}).content.decode().replace(
        'value="Quiet Ridge"', ""
    )


def test_body_that_lost_its_vetting_meanwhile_is_shown_nothing() -> None:
    """Its people may not be those whom the Office once looked at."""
    representative, organization = make_submitter()
    item = make_entered()
    link = make_link(item, organization, state=LinkState.CONFIRMED)
    type(organization).objects.unguarded("test").filter(pk=organization.pk).update(state="expired")
    with pytest.raises(Refused):
        actions.accept_link(link=link, by=representative)
    assert not sees(representative, item)
    actions.decline_link(link=link, by=representative)


def test_link_shows_no_hidden_body_to_officers_who_were_not_named_for_it() -> None:
    """The name of an entry for named officers would stand on the page of everybody's item."""
    approver = make_approver()
    _user, organization = make_submitter(level=Level.NAMED_OFFICERS)
    with pytest.raises(Refused, match="Close"):
        actions.propose_link(
            recommendation=make_entered(), sender=organization, how="met", by=approver
        )
    closed = make_entered(level=Level.NAMED_OFFICERS)
    actions.propose_link(recommendation=closed, sender=organization, how="met", by=approver)
