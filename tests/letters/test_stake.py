"""Staff who signed or coordinate a letter: its asks are their own, and they do not work on them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.confidentiality import Level
from foundation.workflow import NotYours, Refused
from letters.enums import LetterState as S
from letters.models import Letter
from organizations.models import NetworkCoordinator
from recommendations import actions
from recommendations.models import Answer, Message, Recommendation
from tests.factories import make_approver, make_officer
from tests.letters.factories import answer_ask, make_ask, make_letter, make_name

pytestmark = pytest.mark.django_db
STAKES = ("signed", "coordinates")


def staff_with(stake: str, letter: Letter, make: Any = make_officer) -> Any:
    """Return a member of staff with this stake in the letter ("": none)."""
    user = make()
    if stake == "signed":
        make_name(letter, signed_by=user)
    elif stake == "coordinates":
        NetworkCoordinator.objects.create(network=letter.network, user=user, named_by=user)
    return user


@pytest.fixture
def letter() -> Letter:
    return make_letter(state=S.ACKNOWLEDGED, level=Level.OFFICE)


def item_of(letter: Letter) -> Recommendation:
    ask = make_ask(letter)
    return Recommendation.objects.unguarded("test").get(pk=ask.recommendation_id)


def inside(user: Any, item: Recommendation) -> tuple[bool, bool, bool]:
    """Return whether `user` sees the item, its inside, and has it on the desk."""
    rows = Recommendation.objects
    return (
        rows.visible_to(user).filter(pk=item.pk).exists(),
        rows.seen_inside_by(user).filter(pk=item.pk).exists(),
        rows.at_the_desk_of(user).filter(pk=item.pk).exists(),
    )


def test_officer_without_a_stake_works_on_the_ask(letter: Letter) -> None:
    """Positive control."""
    assert inside(staff_with("", letter), item_of(letter)) == (True, True, True)


@pytest.mark.parametrize("make", [make_officer, make_approver])
@pytest.mark.parametrize("stake", STAKES)
def test_officer_with_a_stake_sees_what_every_signatory_sees(
    letter: Letter, stake: str, make: Any
) -> None:
    assert inside(staff_with(stake, letter, make), item_of(letter)) == (True, False, False)


@pytest.mark.parametrize("stake", STAKES)
def test_officer_with_a_stake_neither_owns_nor_answers_nor_clears(
    letter: Letter, stake: str
) -> None:
    item, officer = item_of(letter), staff_with(stake, letter)
    day = timezone.now().date()
    with pytest.raises(Refused):
        actions.assign(recommendation=item, owner=officer, answer_by=day, by=make_officer())
    with pytest.raises(NotYours):
        actions.assign(recommendation=item, owner=make_officer(), answer_by=day, by=officer)
    owner = make_officer()
    item = actions.assign(recommendation=item, owner=owner, answer_by=day, by=owner)
    values = {"position": "accepted", "language": "en", "text": "We will."}
    with pytest.raises(NotYours):
        actions.draft_answer(recommendation=item, values=values, version=0, by=officer)
    actions.draft_answer(recommendation=item, values=values, version=0, by=owner)
    actions.propose_answer(recommendation=item, by=owner)
    assert not Answer.objects.visible_to(officer).about(item).exists()
    with pytest.raises(NotYours):
        actions.clear_answer(recommendation=item, by=staff_with(stake, letter, make_approver))


@pytest.mark.parametrize("stake", STAKES)
def test_pages_of_the_desk_are_closed_to_a_stake(
    client: Client, letter: Letter, stake: str
) -> None:
    item, officer = item_of(letter), staff_with(stake, letter)
    client.force_login(officer)
    assert client.get(reverse("recommendations:item", args=[item.pk])).status_code == 404
    page = client.get(reverse("recommendations:detail", args=[item.pk]))
    assert page.status_code == 200
    assert item.reference not in client.get(reverse("recommendations:list")).content.decode()
    client.force_login(make_officer())
    assert item.reference in client.get(reverse("recommendations:list")).content.decode()


def test_nothing_of_the_office_is_read_by_a_stake(letter: Letter) -> None:
    ask = make_ask(letter)
    item = Recommendation.objects.unguarded("test").get(pk=ask.recommendation_id)
    officer, owner = staff_with("signed", letter), make_officer()
    Message.objects.create(recommendation=item, kind="note", text="Inside.", written_by=owner)
    assert Message.objects.visible_to(owner).about(item).exists()
    assert not Message.objects.visible_to(officer).about(item).exists()
    answer_ask(ask)
    assert Answer.objects.visible_to(officer).about(item).exists()


def test_owner_with_a_stake_in_a_letter_answers_nothing_joined_to_it(letter: Letter) -> None:
    item, owner = item_of(letter), staff_with("signed", letter)
    other = item_of(make_letter(state=S.ACKNOWLEDGED, level=Level.OFFICE))
    day = timezone.now().date()
    other = actions.assign(recommendation=other, owner=owner, answer_by=day, by=owner)
    with pytest.raises(Refused):
        actions.join(recommendation=item, main=other, by=make_officer())
