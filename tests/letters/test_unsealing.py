"""A name that is not counted: two people of two sides, half an hour, on record, and its owner knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.audit.presenting import sentence
from foundation.notifications.models import Notice, Outbox
from foundation.notifications.outbox import deliver_mails
from foundation.web.models import FormReceipt
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.enums import LetterState as S
from letters.enums import Mode
from letters.models import Letter, Signatory, Unsealing
from letters.models.unsealing import WAITS_FOR
from letters.waiting import letters_waiting_for
from organizations.models import NetworkCoordinator
from tests.factories import make_approver, make_officer, make_user
from tests.letters.factories import make_coordinator, make_letter, make_name, make_signer

pytestmark = pytest.mark.django_db
CANARY = "Kanarienhof"
REASON = "A court asks whether this body signed; it wants us to confirm."


@dataclass
class Case:
    """A delivered letter with a sealed name, and everybody around it."""

    letter: Letter
    name: Signatory
    people: dict[str, Any]

    def __getitem__(self, role: str) -> Any:
        return self.people[role]

    @property
    def code(self) -> str:
        return str(self.name.pk)[:8]

    def ask(self, role: str = "coordinator", code: str = "") -> Unsealing:
        return actions.ask_to_unseal(
            letter=self.letter, code=code or self.code, reason=REASON, by=self[role]
        )


@pytest.fixture
def case() -> Case:
    coordinator, network = make_coordinator()
    fellow = make_user()
    NetworkCoordinator(network=network, user=fellow, named_by=make_officer()).save()
    signer, body = make_signer(name=f"{CANARY} Kenya", acronym="KHK")
    letter = make_letter(state=S.OPEN, network=network, by=coordinator)
    name = actions.sign(letter=letter, mode=Mode.NOT_COUNTED, by=signer, organization_id=body.pk)
    deliver(letter)
    signing_approver, with_stake = make_approver(), make_approver()
    NetworkCoordinator(network=network, user=with_stake, named_by=make_officer()).save()
    both = make_user("", "approver", "administrator")
    people = {
        "coordinator": coordinator,
        "fellow coordinator": fellow,
        "coordinator elsewhere": make_coordinator()[0],
        "approver": make_approver(),
        "another approver": make_approver(),
        "approver who coordinates": with_stake,
        "approver and administrator": both,
        "officer": make_officer(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "signer": signer,
        "participant": make_signer()[0],
        "person": make_user(),
    }
    del signing_approver
    return Case(letter, name, people)


def deliver(letter: Letter) -> None:
    letter.state, letter.delivered_at = S.DELIVERED, timezone.now()
    letter.save(update_fields=["state", "delivered_at"])


def later(unsealing: Unsealing, **time: float) -> Unsealing:
    """As if everything about it had happened so much earlier."""
    shift = timedelta(**time)
    rows = Unsealing.objects.unguarded("test").filter(pk=unsealing.pk)
    row = rows.get()
    rows.update(
        asked_at=row.asked_at - shift,
        approved_at=row.approved_at - shift if row.approved_at else None,
        until=row.until - shift if row.until else None,
    )
    return rows.get()


def looks() -> int:
    return AuditEvent.objects.filter(action="letters.unsealed_name_read").count()


COORDINATORS = {"coordinator", "fellow coordinator", "approver who coordinates"}
APPROVERS = {"approver", "another approver"}


def test_only_the_two_sides_may_ask(case: Case) -> None:
    for role, user in case.people.items():
        if role in COORDINATORS | APPROVERS:
            assert case.ask(role).asked_by_id == user.pk
        else:
            with pytest.raises(NotYours):
                case.ask(role)
    assert not Signatory.objects.visible_to(case["coordinator"]).filter(pk=case.name.pk).exists()


@pytest.mark.parametrize("asker", ["coordinator", "approver"])
def test_only_another_person_of_the_other_side_agrees(case: Case, asker: str) -> None:
    other_side = APPROVERS if asker == "coordinator" else COORDINATORS
    for role, user in case.people.items():
        unsealing = case.ask(asker)
        if role in other_side:
            agreed = actions.agree_to_unseal(unsealing=unsealing, by=user)
            assert agreed.approved_by_id == user.pk and agreed.is_open
        else:
            with pytest.raises(NotYours):
                actions.agree_to_unseal(unsealing=unsealing, by=user)
            with pytest.raises(NotYours):
                actions.refuse_to_unseal(unsealing=unsealing, by=user)


@pytest.mark.parametrize("state", [S.DRAFT, S.OPEN, S.CLOSED, S.SET_ASIDE])
def test_nobody_asks_before_the_office_has_the_letter(case: Case, state: str) -> None:
    Letter.objects.unguarded("test").filter(pk=case.letter.pk).update(state=state)
    case.letter.refresh_from_db()
    for role in COORDINATORS | APPROVERS:
        with pytest.raises(NotYours):
            case.ask(role)


@pytest.mark.parametrize("mode", [Mode.PUBLIC, Mode.OFFICE, Mode.COORDINATORS])
def test_code_of_a_name_that_is_not_sealed_is_unknown_like_any_other(case: Case, mode: str) -> None:
    other = make_name(case.letter, mode=mode, organization_name="Aldern Law Clinic")
    elsewhere = make_name(make_letter(state=S.DELIVERED), mode=Mode.NOT_COUNTED)
    said = set()
    for code in (str(other.pk)[:8], str(elsewhere.pk)[:8], "00000000", "%", case.code[:7], "x" * 8):
        with pytest.raises(Refused) as refusal:
            case.ask(code=code)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert case.ask(code=f" {case.code.upper()} ")  # the control


def test_owner_cannot_use_it_on_the_own_name(case: Case) -> None:
    network = case.letter.network
    NetworkCoordinator(network=network, user=case["signer"], named_by=make_officer()).save()
    with pytest.raises(NotYours, match="your own name"):
        case.ask("signer")
    unsealing = case.ask("approver")
    with pytest.raises(NotYours):
        actions.agree_to_unseal(unsealing=unsealing, by=case["signer"])


def test_both_see_the_name_for_half_an_hour_and_each_look_is_on_record(case: Case) -> None:
    unsealing = actions.agree_to_unseal(unsealing=case.ask(), by=case["approver"])
    assert unsealing.until == unsealing.approved_at + timedelta(minutes=30)
    for turn, role in enumerate(("coordinator", "approver", "coordinator"), 1):
        name = actions.read_unsealed(unsealing=unsealing, by=case[role])
        assert name is not None and CANARY in name.display_line()
        assert looks() == turn
    event = AuditEvent.objects.filter(action="letters.unsealed_name_read").latest("id")
    assert event.actor_id == str(case["coordinator"].pk)
    assert event.facts == {"unsealing": str(unsealing.pk), "signatory": str(case.name.pk)}
    assert "not counted" in sentence(event)


def test_nobody_else_sees_the_name(case: Case) -> None:
    unsealing = actions.agree_to_unseal(unsealing=case.ask(), by=case["approver"])
    for role, user in case.people.items():
        shown = actions.read_unsealed(unsealing=unsealing, by=user) is not None
        assert shown == (role in ("coordinator", "approver")), role
    assert looks() == 2


@pytest.mark.parametrize(("minutes", "shown"), [(29, True), (31, False)])
def test_name_is_sealed_again_after_half_an_hour(case: Case, minutes: int, shown: bool) -> None:
    agreed = actions.agree_to_unseal(unsealing=case.ask(), by=case["approver"])
    unsealing = later(agreed, minutes=minutes)
    for role in ("coordinator", "approver"):
        name = actions.read_unsealed(unsealing=unsealing, by=case[role])
        assert (name is not None) == shown
    assert looks() == 2 * shown
    with pytest.raises(WrongState):  # a second word does not open it anew
        actions.agree_to_unseal(unsealing=unsealing, by=case["another approver"])


def test_who_left_their_side_sees_nothing_any_more(case: Case) -> None:
    unsealing = actions.agree_to_unseal(unsealing=case.ask(), by=case["approver"])
    rows = NetworkCoordinator.objects.unguarded("test").filter(user=case["coordinator"])
    rows.update(ended_at=timezone.now())
    assert actions.read_unsealed(unsealing=unsealing, by=case["coordinator"]) is None
    assert actions.read_unsealed(unsealing=unsealing, by=case["approver"]) is not None


def test_refused_or_old_requests_cannot_be_agreed_to(case: Case) -> None:
    refused = actions.refuse_to_unseal(unsealing=case.ask(), by=case["approver"])
    old = later(case.ask(), seconds=WAITS_FOR.total_seconds() + 1)
    for unsealing in (refused, old):
        with pytest.raises(WrongState):
            actions.agree_to_unseal(unsealing=unsealing, by=case["another approver"])
        assert actions.read_unsealed(unsealing=unsealing, by=case["coordinator"]) is None


def test_name_that_was_opened_or_taken_back_meanwhile_is_not_shown(case: Case) -> None:
    unsealing = case.ask()
    agreed = actions.agree_to_unseal(unsealing=case.ask(), by=case["approver"])
    rows = Signatory.objects.unguarded("test").filter(pk=case.name.pk)
    rows.update(mode=Mode.OFFICE)
    assert actions.read_unsealed(unsealing=agreed, by=case["coordinator"]) is None
    with pytest.raises(WrongState):
        actions.agree_to_unseal(unsealing=unsealing, by=case["approver"])


def test_person_whose_name_it_is_is_told_and_reads_when_and_why(case: Case) -> None:
    Outbox.objects.all().delete()
    unsealing = case.ask()
    assert not Outbox.objects.filter(protected=True).exists()
    reader = Unsealing.objects.visible_to(case["signer"])
    assert not reader.exists()  # that somebody asked is told when somebody agreed
    actions.agree_to_unseal(unsealing=unsealing, by=case["approver"])
    (row,) = Outbox.objects.filter(protected=True)
    assert row.kind == "letters.name_unsealed_unnamed" and row.about_id == str(case.name.pk)
    assert not Notice.objects.filter(recipient_id=case["signer"].pk, kind=row.kind).exists()
    deliver_mails([row.pk])
    assert [message.to for message in mail.outbox] == [[case["signer"].email]]
    assert CANARY not in mail.outbox[0].body + mail.outbox[0].subject
    page = client(case["signer"]).get(reverse("letters:unsealing", args=[unsealing.pk]))
    said = page.content.decode()
    assert "A court asks" in said
    for role in ("coordinator", "approver"):
        assert case[role].email not in said and case[role].display_name() not in said


def client(user: Any) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_whole_way_in_the_browser(case: Case) -> None:
    asks, agrees = client(case["coordinator"]), client(case["approver"])
    letter = asks.get(case.letter.get_absolute_url()).content.decode()
    address = reverse("letters:unseal", args=[case.letter.pk])
    assert address in letter and CANARY not in letter
    assert asks.post(address, {"code": "00000000", "reason": REASON}).status_code == 422
    answer = asks.post(address, {"code": case.code, "reason": REASON})
    assert answer.status_code == 302
    here = answer["Location"]
    first = asks.get(here).content.decode()
    assert "Waits for somebody of the other side" in first and CANARY not in first
    assert "A court asks" in agrees.get(here).content.decode()
    (waiting,) = [item for item in letters_waiting_for(case["approver"]) if item.url == here]
    assert case.letter.reference in waiting.sentence
    unsealing = Unsealing.objects.unguarded("test").get()
    agree = reverse("letters:agree_to_unseal", args=[unsealing.pk])
    assert asks.get(agree).status_code == 404  # not the same person
    assert client(case["administrator"]).get(agree).status_code == 404
    assert agrees.get(agree).status_code == 200
    assert agrees.post(agree).status_code == 302
    for browser in (asks, agrees):
        page = browser.get(here)
        assert CANARY in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    assert looks() == 2
    for role in ("fellow coordinator", "another approver", "signer"):
        page = client(case[role]).get(here)
        # (the owner sees the own name elsewhere, never here)
        assert page.status_code in (200, 404) and CANARY not in page.content.decode()
    for role in ("administrator", "officer", "auditor", "participant", "coordinator elsewhere"):
        assert client(case[role]).get(here).status_code == 404, role
    later(unsealing, minutes=31)
    for browser in (asks, agrees):
        page = browser.get(here).content.decode()
        assert "sealed again" in page and CANARY not in page


def test_refusing_in_the_browser(case: Case) -> None:
    unsealing = case.ask("approver")
    browser = client(case["fellow coordinator"])
    refuse = reverse("letters:refuse_to_unseal", args=[unsealing.pk])
    assert browser.post(refuse).status_code == 302
    page = client(case["approver"]).get(reverse("letters:unsealing", args=[unsealing.pk]))
    assert "Refused on" in page.content.decode() and CANARY not in page.content.decode()


def test_sealed_name_stays_off_the_page_that_offers_to_ask(case: Case) -> None:
    """No list, no number: with one sealed name and with none, the page says the same."""
    approver = client(case["approver"])
    with_one = approver.get(case.letter.get_absolute_url()).content.decode()
    assert case.code not in with_one and CANARY not in with_one
    owner = client(case["signer"]).get(case.letter.get_absolute_url()).content.decode()
    assert case.code in owner  # the control: the owner reads it


def test_reason_lies_encrypted(case: Case) -> None:
    unsealing = case.ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(u)::text FROM letters_unsealing u")
        dumped = cursor.fetchone()[0]
    assert str(unsealing.pk) in dumped and "court" not in dumped
    assert unsealing.reason() == REASON
    assert "court" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: {"approved_by": row.asked_by, "approved_at": row.asked_at,
                     "until": row.asked_at + timedelta(minutes=30)},
        lambda row: {"approved_by": make_approver(), "approved_at": row.asked_at,
                     "until": row.asked_at + timedelta(minutes=31)},
        lambda row: {"approved_by": make_approver(), "approved_at": row.asked_at},
        lambda row: {"until": timezone.now() + timedelta(minutes=30)},
        lambda row: {"approved_by": make_approver(), "approved_at": row.asked_at,
                     "until": row.asked_at + timedelta(minutes=30),
                     "refused_by": make_approver(), "refused_at": row.asked_at},
        lambda row: {"asked_as": "operator"},
    ],
)  # fmt: skip
def test_database_refuses_what_the_rule_forbids(case: Case, change: Any) -> None:
    unsealing = case.ask()
    rows = Unsealing.objects.unguarded("test").filter(pk=unsealing.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change(unsealing))


def test_receipts_of_a_hidden_name_lead_to_nobody() -> None:
    """Changing who sees a name and taking it back, as signing it, leave a receipt without a person."""
    signer, body = make_signer(name=CANARY)
    letter = make_letter(state=S.OPEN)
    name = actions.sign(letter=letter, mode=Mode.OFFICE, by=signer, organization_id=body.pk)
    browser = client(signer)
    to_mode = reverse("letters:change_mode", args=[name.pk])
    assert browser.post(to_mode, {"mode": Mode.NOT_COUNTED}).status_code == 302
    assert browser.post(reverse("letters:withdraw", args=[name.pk])).status_code == 302
    receipts = set(FormReceipt.objects.values_list("user_id", "answer"))
    assert receipts == {(None, "")}
