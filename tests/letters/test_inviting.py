"""Inviting to sign, saying no, and what coordinators see of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from foundation.notifications.models import Notice
from foundation.workflow import NotYours, WrongState
from letters import actions
from letters.enums import LetterState, Mode
from letters.models import Letter, SignOnInvitation
from letters.tasks import tell_coordinators
from tests.factories import (
    make_expert,
    make_membership,
    make_network_membership,
    make_organization,
    make_user,
)
from tests.letters.factories import make_letter, make_signer
from tests.races import together


def invite(letter: Letter, *entries: Any, by: Any = None) -> list[SignOnInvitation]:
    """Invite organizations and experts; return all standing invitations of the letter."""
    actions.invite_to_sign(
        letter=letter,
        organizations=[one.pk for one in entries if one.column == "organization"],
        experts=[one.pk for one in entries if one.column == "expert"],
        by=by or letter.created_by,
    )
    return list(SignOnInvitation.objects.unguarded("test").of(letter).standing())


def open_letter(**fields: Any) -> Letter:
    """Return a letter that collects signatures until in a week."""
    deadline = timezone.now() + timedelta(days=7)
    return make_letter(state=LetterState.OPEN, **{"deadline": deadline, **fields})


def member(letter: Letter, **fields: Any) -> tuple[Any, Any]:
    """Return a representative and the organization, a vetted member of the letter's network."""
    user, organization = make_signer(**fields)
    make_network_membership(letter.network, organization)
    return user, organization


def page_of(letter: Letter, user: Any = None, query: str = "") -> str:
    """Return the page of the letter's invitations as `user` (the coordinator) sees it."""
    client = Client()
    client.force_login(user or letter.created_by)
    answer = client.get(reverse("letters:invitations", args=[letter.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def posted(letter: Letter, **data: Any) -> Any:
    """Post the form of the page as the coordinator."""
    client = Client()
    client.force_login(letter.created_by)
    return client.post(
        reverse("letters:invitations", args=[letter.pk]), {"token": uuid.uuid4(), **data}
    )


pytestmark = pytest.mark.django_db


def test_invited_are_told_once_and_it_is_on_record() -> None:
    letter = open_letter()
    (user, organization), expert = member(letter), make_expert(level=Level.PUBLIC)
    assert len(invite(letter, organization, expert)) == 2
    assert len(invite(letter, organization, expert)) == 2  # again: nobody is new
    told = Notice.objects.filter(kind="letters.invited").values_list("recipient_id", flat=True)
    assert set(told) == {user.pk, expert.user_id} and len(told) == 2
    assert AuditEvent.objects.filter(action="letters.invited").count() == 2


@pytest.mark.parametrize("case", ["not vetted", "expired", "not visible"])
def test_who_is_not_vetted_or_not_visible_is_passed_over(case: str) -> None:
    letter = open_letter()
    organization = make_organization(
        state="submitted" if case == "not vetted" else "vetted",
        expired=case == "expired",
        level=Level.OFFICE if case == "not visible" else Level.PUBLIC,
    )
    assert invite(letter, organization) == []


@pytest.mark.parametrize("state", [s for s in LetterState.values if s != LetterState.OPEN])
def test_nobody_is_invited_to_a_letter_that_is_not_open(state: str) -> None:
    letter = make_letter(state=state)
    with pytest.raises(WrongState):
        invite(letter, make_organization(level=Level.PUBLIC))


def test_only_coordinators_of_this_letter_invite_and_take_back() -> None:
    letter, other = open_letter(), open_letter()
    organization = make_organization(level=Level.PUBLIC)
    with pytest.raises(NotYours):
        invite(letter, organization, by=other.created_by)
    (invitation,) = invite(letter, organization)
    with pytest.raises(NotYours):
        actions.take_invitation_back(invitation=invitation, by=other.created_by)
    actions.take_invitation_back(invitation=invitation, by=letter.created_by)
    with pytest.raises(WrongState):
        actions.take_invitation_back(invitation=invitation, by=letter.created_by)
    (again,) = invite(letter, organization)
    assert again.pk != invitation.pk


def test_invitation_is_seen_by_the_coordinators_and_by_who_is_invited() -> None:
    letter = open_letter()
    (user, organization), expert = member(letter), make_expert(level=Level.PUBLIC)
    colleague, officer = make_user(), make_user("", "engagement_officer")
    make_membership(colleague, organization, role="contributor")
    invite(letter, organization, expert)
    seen = {
        "coordinator": letter.created_by, "representative": user, "contributor": colleague,
        "expert": expert.user, "officer": officer, "stranger": make_user(),
    }  # fmt: skip
    counts = {
        name: SignOnInvitation.objects.visible_to(one).of(letter).count()
        for name, one in seen.items()
    }
    assert counts == {
        "coordinator": 2, "representative": 1, "contributor": 1, "expert": 1, "officer": 0,
        "stranger": 0,
    }  # fmt: skip


def test_representative_declines_undoes_and_declines_again() -> None:
    letter = open_letter()
    user, organization = member(letter)
    (invitation,) = invite(letter, organization)
    client = Client()
    client.force_login(user)
    assert "Decline to sign" in client.get(letter.get_absolute_url()).content.decode()
    url = reverse("letters:decline", args=[invitation.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "Not our field."}).status_code == 302
    invitation.refresh_from_db()
    assert invitation.declined_by == user and invitation.decline_reason == "Not our field."
    assert "Not our field." in page_of(letter)
    assert client.get(url).status_code == 404  # declined already
    client.post(reverse("letters:undo_decline", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert (invitation.declined_at, invitation.decline_reason) == (None, "")
    assert client.post(url).status_code == 302


@pytest.mark.parametrize("who", ["contributor", "coordinator", "stranger", "ended"])
def test_only_a_representative_of_the_invited_answers(who: str) -> None:
    letter = open_letter()
    _user, organization = member(letter)
    (invitation,) = invite(letter, organization)
    by = letter.created_by if who == "coordinator" else make_user()
    if who in ("contributor", "ended"):
        role = "contributor" if who == "contributor" else "representative"
        make_membership(by, organization, role=role, ended=who == "ended")
    with pytest.raises(NotYours):
        actions.decline(invitation=invitation, reason="", by=by)
    client = Client()
    client.force_login(by)
    for name in ("decline", "undo_decline"):
        assert client.post(reverse(f"letters:{name}", args=[invitation.pk])).status_code == 404


def test_nobody_declines_after_the_sign_on_has_ended() -> None:
    letter = open_letter()
    user, organization = member(letter)
    (invitation,) = invite(letter, organization)
    Letter.objects.unguarded("test").update(deadline=timezone.now() - timedelta(minutes=1))
    with pytest.raises(WrongState):
        actions.decline(invitation=invitation, reason="", by=user)


def test_a_no_does_not_keep_from_signing() -> None:
    letter = open_letter()
    user, organization = member(letter, name="Centre for Open Rivers")
    (invitation,) = invite(letter, organization)
    actions.decline(invitation=invitation, reason="", by=user)
    actions.sign(letter=letter, mode=Mode.PUBLIC, by=user, organization_id=organization.pk)
    assert ">signed<" in page_of(letter) and ">declined<" not in page_of(letter)


def test_page_invites_all_members_or_those_who_are_chosen() -> None:
    letter = open_letter()
    members = [member(letter)[1] for _ in range(3)]
    far = make_organization(level=Level.PUBLIC, name="Far Away Reading Room")
    html = page_of(letter)
    assert "Invite all 3 members" in html and "Far Away" not in html
    assert "Far Away" in page_of(letter, query="?q=reading")
    assert posted(letter, whom=[f"organization:{far.pk}"]).status_code == 302
    assert posted(letter).status_code == 422
    assert posted(letter, everyone="on").status_code == 302
    invited = SignOnInvitation.objects.unguarded("test").of(letter)
    assert {one.organization_id for one in invited} == {far.pk, *(one.pk for one in members)}
    assert "Invite all" not in page_of(letter)


def test_page_tells_the_deadline_by_the_letters_clock_and_the_readers() -> None:
    letter = open_letter(deadline_zone="Africa/Nairobi")
    html = page_of(letter)
    assert "in Nairobi" in html and "UTC)" in html
    assert "Nobody is tracked for opening a page" in html


def test_no_column_says_who_opened_a_page() -> None:
    columns = {field.name for field in SignOnInvitation._meta.get_fields()}
    assert not [name for name in columns if "read" in name or "seen" in name or "opened" in name]


@pytest.mark.django_db(transaction=True)
def test_ten_coordinators_invite_the_same_organization_once() -> None:
    letter = open_letter()
    _user, organization = member(letter)
    together(lambda _: len(invite(letter, organization)), threads=10)
    assert SignOnInvitation.objects.unguarded("test").of(letter).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_meet_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    from letters.actions import inviting

    letter = open_letter()
    _user, organization = member(letter)
    monkeypatch.setattr(inviting, "lock", lambda pk: letter)

    def slowly(*_args: Any, **_more: Any) -> None:
        import time

        time.sleep(0.2)

    monkeypatch.setattr(inviting, "must_coordinate", slowly)

    def go(_: int) -> str:
        try:
            invite(letter, organization)
        except IntegrityError:
            return "refused"
        return "invited"

    assert "refused" in together(go, threads=10)


def test_coordinators_are_told_once_a_day_of_what_the_day_brought() -> None:
    letter = open_letter()
    told = Notice.objects.filter(kind="letters.new_names", recipient_id=letter.created_by_id)
    user, organization = member(letter)
    (invitation,) = invite(letter, organization)
    actions.decline(invitation=invitation, reason="", by=user)
    assert tell_coordinators() == 0  # the day is not over
    ago = timezone.now() - timedelta(days=1)
    Letter.objects.unguarded("test").update(created_at=ago - timedelta(days=1))
    SignOnInvitation.objects.unguarded("test").update(invited_at=ago, declined_at=ago)
    assert [tell_coordinators(), tell_coordinators(), told.count()] == [1, 0, 1]
