"""A member who signs unnamed: no join of a stolen database leads from the letter to the person.

The search and its rules (what is a step, what is a hub) stand in tests/trust/joins.py.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.audit.recording import record
from foundation.audit.sealing import seal_pending
from foundation.confidentiality import Level, Pseudonym
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails, notify
from foundation.web import guarding
from foundation.web.models import FormReceipt
from letters import actions
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory, SignOnInvitation
from tests.factories import make_network_membership, make_organization, make_user
from tests.letters import test_by_mail as outsiders
from tests.letters.factories import make_letter
from tests.trust import joins

pytestmark = pytest.mark.django_db(transaction=True)
HIDDEN = [mode for mode in Mode if mode != Mode.PUBLIC]


@pytest.fixture(autouse=True)
def head_of_the_log(settings: Any, tmp_path: Path) -> None:
    """The seals of each test begin anew."""
    settings.AUDIT_HEAD_FILE = str(tmp_path / "head")


@dataclass
class Member:
    """A person with the mandate of a body in the network, invited to sign, signed in."""

    user: Any
    organization: Any
    client: Client
    token: str

    def ids(self) -> set[str]:
        """Return all by which a database knows this person."""
        membership = self.organization.memberships.unguarded("test").get()
        found = {self.user.pk, self.user.email, self.organization.pk, membership.pk}
        return {str(one) for one in found} | {str(self.client.session.session_key)}


def make_member(letter: Letter) -> Member:
    user = make_user(language="en")
    organization = make_organization(representative=user)
    make_network_membership(letter.network, organization)
    SignOnInvitation.objects.create(
        letter=letter, organization=organization, invited_by=letter.created_by
    )
    client = Client()
    client.force_login(user)
    client.get(letter.get_absolute_url())
    return Member(user, organization, client, str(uuid.uuid4()))


@dataclass
class Scene:
    """An open letter, one who will sign it, and two who could."""

    letter: Letter
    signer: Member
    twins: list[Member]
    before: list[joins.Row]
    began: Any

    @classmethod
    def set(cls) -> Scene:
        letter = make_letter(state=LetterState.OPEN, level=Level.PUBLIC)
        signer, *twins = (make_member(letter) for _ in range(3))
        send_mails()
        return cls(letter, signer, twins, joins.dump(), joins.database_time())

    def again(self) -> None:
        """Let what was done until now be what a thief knows already."""
        send_mails()
        self.before, self.began = joins.dump(), joins.database_time()

    def sign(self, mode: str, member: Member | None = None) -> None:
        """Sign over the page, as a browser does."""
        member = member or self.signer
        form = {"mode": mode, "hat": str(member.organization.pk), "declared": "on"}
        answer = member.client.post(
            reverse("letters:sign", args=[self.letter.pk]), {**form, "token": member.token}
        )
        assert answer.status_code == 302, answer.content.decode()

    def name(self) -> Signatory:
        return Signatory.objects.unguarded("test").of(self.letter).standing().get()

    def path(self, person: set[str] | None = None) -> list[str]:
        """Return how a thief gets from the letter to the signer, or to `person`."""
        send_mails()
        seal_pending()
        act = joins.Act(self.before, joins.dump(), self.began, joins.database_time())
        rows = [row for row in act.new() if row[0] == "letters_signatory"]
        start = {str(self.letter.pk), self.letter.reference.lower()}
        start = start.union(*(act.values(row) for row in rows)) - {joins.ACT}
        start |= {joins.ACT} if any(joins.ACT in act.values(row) for row in rows) else set()
        twins = [twin.ids() for twin in self.twins]
        return joins.path_to_person(
            act, start=start, person=person or self.signer.ids(), twins=twins
        )


def send_mails() -> None:
    """Send what waits, as a worker would: a mail that has left says the day only."""
    deliver_mails(list(Outbox.objects.filter(done_at=None).values_list("pk", flat=True)))


# What people do -------------------------------------------------------------------------------
@pytest.mark.parametrize("mode", HIDDEN)
def test_nothing_leads_from_the_letter_to_who_signed(mode: str) -> None:
    scene = Scene.set()
    scene.sign(mode)
    assert not scene.path()
    assert mail.outbox[-1].to == [scene.signer.user.email], "the receipt reached its reader"


def test_public_name_leads_to_who_signed() -> None:
    """Positive control: of a public name the search finds the person."""
    scene = Scene.set()
    scene.sign(Mode.PUBLIC)
    assert scene.path()


@pytest.mark.parametrize("to", HIDDEN)
def test_change_of_who_sees_a_hidden_name_leads_to_nobody(to: str) -> None:
    scene = Scene.set()
    scene.sign(Mode.OFFICE if to != Mode.OFFICE else Mode.COORDINATORS)
    scene.again()
    change = reverse("letters:change_mode", args=[scene.name().pk])
    answer = scene.signer.client.post(change, {"mode": to, "token": str(uuid.uuid4())})
    assert answer.status_code == 302 and scene.name().mode == to
    assert not scene.path()


@pytest.mark.parametrize("mode", HIDDEN)
def test_hidden_name_that_is_taken_back_leads_to_nobody(mode: str) -> None:
    scene = Scene.set()
    scene.sign(mode)
    scene.again()
    withdraw = reverse("letters:withdraw", args=[scene.name().pk])
    answer = scene.signer.client.post(withdraw, {"reason": "", "token": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert not Signatory.objects.unguarded("test").of(scene.letter).standing().exists()
    assert not scene.path()


def test_message_to_hidden_signatories_leads_to_nobody() -> None:
    scene = Scene.set()
    scene.sign(Mode.COORDINATORS)
    scene.again()
    actions.close(letter=scene.letter, by=scene.letter.created_by)
    assert not scene.path()


@pytest.mark.parametrize("mode", HIDDEN)
def test_hidden_name_signed_by_mail_says_the_day_only(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that hangs on it holds the second, which access logs of others might be put beside."""
    monkeypatch.setattr(guarding, "TOO_FAST", 0)
    scene = Scene.set()
    outsiders.mails()
    actions.open_door(letter=scene.letter, by=scene.letter.created_by)
    scene.letter.refresh_from_db()
    scene.again()
    outsiders.fill_in(scene.letter, mode=mode)
    (message,) = outsiders.mails()
    assert outsiders.sign(outsiders.link_in(message)).status_code == 302
    assert scene.name().mode == mode
    assert not scene.path({joins.ACT})


# Leaks that are planted -------------------------------------------------------------------------
def in_facts_of_the_log(scene: Scene) -> None:
    record("letters.signed", scene.letter, by=Pseudonym(uuid.uuid4()), who=scene.signer.user.pk)


def as_actor_of_the_log(scene: Scene) -> None:
    record("letters.signed", scene.letter, by=scene.signer.user)


def as_hash_in_the_log(scene: Scene) -> None:
    who = hashlib.sha256(str(scene.signer.user.pk).encode()).hexdigest()
    record("letters.signed", scene.letter, by=Pseudonym(uuid.uuid4()), who=who)


def as_hash_with_the_letter(scene: Scene) -> None:
    text = f"{scene.letter.pk}:{scene.signer.organization.pk}"
    who = hashlib.sha256(text.encode()).hexdigest()
    Signatory.objects.unguarded("test").filter(pk=scene.name().pk).update(person_key=who)


def as_reader_of_the_receipt(scene: Scene) -> None:
    notify("letters.receipt", to=scene.signer.user, about=scene.letter)


def as_recipient_in_the_outbox(scene: Scene) -> None:
    Outbox.objects.filter(protected=True).update(recipient_id=scene.signer.user.pk)


def in_the_receipt_of_the_form(scene: Scene) -> None:
    FormReceipt.objects.create(
        token=uuid.uuid4(), user_id=scene.signer.user.pk, answer=scene.letter.get_absolute_url()
    )


def in_the_receipt_by_the_time_only(scene: Scene) -> None:
    FormReceipt.objects.create(token=uuid.uuid4(), user_id=scene.signer.user.pk)
    Signatory.objects.unguarded("test").update(created_at=timezone.now())


def by_the_second_of_a_session(scene: Scene) -> None:
    """The log keeps the second of the act, and the session was written then."""
    record("letters.signed", scene.letter, by=scene.letter.created_by)
    session = scene.signer.client.session
    session["seen"] = "now"
    session.save()


def by_one_microsecond_elsewhere(scene: Scene) -> None:
    """Two rows share a time to the microsecond, long before the act."""
    moment = scene.began.replace(year=2025)
    Signatory.objects.unguarded("test").update(created_at=moment)
    type(scene.signer.user).objects.filter(pk=scene.signer.user.pk).update(joined_at=moment)


def by_the_invitation(scene: Scene) -> None:
    """A row from before the act that only the signer has: the new row names it."""
    invitation = SignOnInvitation.objects.unguarded("test").get(
        organization=scene.signer.organization
    )
    record("letters.signed", scene.letter, by=Pseudonym(uuid.uuid4()), after=invitation.pk)


def in_a_path_inside_a_text(scene: Scene) -> None:
    path = f"/organizations/{scene.signer.organization.pk}/"
    Signatory.objects.unguarded("test").update(declaration=f"Signed on {path}")


def as_address_in_an_error(scene: Scene) -> None:
    Outbox.objects.filter(protected=True).update(last_error=f"550 {scene.signer.user.email}"[:60])


def by_a_mail_that_left_at_its_second(scene: Scene) -> None:
    """The mail keeps when it left, a session was written then."""
    Outbox.objects.filter(protected=True).update(done_at=timezone.now())
    session = scene.signer.client.session
    session["seen"] = "now"
    session.save()


LEAKS = [
    in_facts_of_the_log, as_actor_of_the_log, as_hash_in_the_log, as_hash_with_the_letter,
    as_reader_of_the_receipt, as_recipient_in_the_outbox, in_the_receipt_of_the_form,
    in_the_receipt_by_the_time_only, by_the_second_of_a_session, by_one_microsecond_elsewhere,
    by_the_invitation, in_a_path_inside_a_text, as_address_in_an_error,
    by_a_mail_that_left_at_its_second,
]  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_planted_link_is_found(leak: Callable[[Scene], None]) -> None:
    """Positive control: each way in which a row might lead to the person is found."""
    scene = Scene.set()
    scene.sign(Mode.COORDINATORS)
    send_mails()
    leak(scene)
    assert scene.path()


def test_log_of_a_twin_is_no_link() -> None:
    """The other control: what others do meanwhile does not make the search cry out."""
    scene = Scene.set()
    scene.sign(Mode.COORDINATORS)
    scene.sign(Mode.PUBLIC, scene.twins[0])
    assert AuditEvent.objects.filter(action="letters.signed").count() == 2
    assert not scene.path()
