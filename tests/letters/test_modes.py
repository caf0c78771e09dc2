"""Who learns of a name: four modes, what lies in the database, and who alone can change it."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Audience, Level
from foundation.confidentiality.vault import Sealed
from foundation.notifications.models import Notice, Outbox
from foundation.web.models import FormReceipt
from foundation.workflow import NotYours
from letters import actions
from letters.documents import names_for
from letters.enums import LetterState as S
from letters.enums import Mode
from letters.models import Letter, Signatory, StillSealed
from letters.notifications.hidden import ReceiptUnnamed
from tests.factories import (
    make_approver,
    make_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import make_letter, make_name
from tests.letters.test_sign_on import make_signer

pytestmark = pytest.mark.django_db
HIDDEN = [mode for mode in Mode if mode != Mode.PUBLIC]
OPENED = ("closed", "delivered")


def sign(letter: Letter, signer: Any, organization: Any, mode: str, **style: Any) -> Signatory:
    return actions.sign(
        letter=letter, mode=mode, by=signer, organization_id=organization.pk, style=style
    )


def dumped(*, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Return every table as text, as a stolen dump would show it."""
    tables = connection.introspection.table_names()
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table not in without:
                cursor.execute(f'SELECT json_agg(t)::text FROM "{table}" t')  # noqa: S608
                found[table] = cursor.fetchone()[0] or ""
    return found


def readers(letter: Letter, signer: Any, organization: Any) -> dict[str, Any]:
    colleague = make_user()
    make_membership(colleague, organization, role="contributor")
    return {
        "signer": signer,
        "colleague": colleague,
        "coordinator": letter.created_by,
        "officer": make_officer(),
        "approver": make_approver(),
        "auditor": make_user("", "auditor"),
        "administrator": make_user("", "administrator"),
        "participant": make_signer()[0],
        "anyone": AnonymousUser(),
    }


OWN = {"signer", "colleague"}
EVERYONE = {"signer", "colleague", "coordinator", "officer", "approver", "participant"}
SEEN = {
    (Mode.PUBLIC, S.OPEN): OWN | {"coordinator", "participant"},
    (Mode.PUBLIC, S.DELIVERED): EVERYONE | {"auditor", "administrator", "anyone"},
    (Mode.OFFICE, S.OPEN): OWN | {"coordinator"},
    (Mode.OFFICE, S.DELIVERED): OWN | {"coordinator", "officer", "approver"},
    (Mode.COORDINATORS, S.OPEN): OWN | {"coordinator"},
    (Mode.COORDINATORS, S.DELIVERED): OWN | {"coordinator"},
    (Mode.NOT_COUNTED, S.OPEN): OWN,
    (Mode.NOT_COUNTED, S.DELIVERED): OWN,
}


def set_state(letter: Letter, state: str) -> Letter:
    """Lead an open letter to a later state."""
    from django.utils import timezone

    rows = Letter.objects.unguarded("test").filter(pk=letter.pk)
    rows.update(state=state, delivered_at=timezone.now())
    return rows.get()


@pytest.mark.parametrize(("mode", "state"), SEEN)
def test_name_is_seen_by(mode, state):
    letter = make_letter(state=S.OPEN, level=Level.PUBLIC)
    signer, organization = make_signer()
    name = sign(letter, signer, organization, mode)
    people = readers(letter, signer, organization)
    if state == S.DELIVERED:
        letter = set_state(letter, state)
    seen = {
        who
        for who, person in people.items()
        if Signatory.objects.visible_to(person).filter(pk=name.pk).exists()
    }
    # Any member of the body that signed sees it where the letter is open to them.
    assert seen == SEEN[mode, state]
    copies = {
        level: [n.pk for n in names_for(letter, level)] for level in (Level.PUBLIC, Level.OFFICE)
    }
    assert copies[Level.PUBLIC] == ([name.pk] if mode == Mode.PUBLIC else [])
    assert copies[Level.OFFICE] == ([name.pk] if mode in (Mode.PUBLIC, Mode.OFFICE) else [])


@pytest.mark.parametrize("mode", HIDDEN)
def test_hidden_name_lies_nowhere_in_clear_and_nothing_leads_to_it(mode):
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    own = [signer.pk, organization.pk, organization.name, signer.email]
    before = dumped()
    name = sign(letter, signer, organization, mode, other_script="Скрытая клиника")
    after = dumped()
    changed = {table for table in after if after[table] != before[table]}
    assert {"letters_signatory", "notifications_outbox"} <= changed
    for table in changed:
        for word in (*own, "Скрытая"):
            assert after[table].count(str(word)) == before[table].count(str(word)), (table, word)
    assert name.open()["organization_name"] == organization.name
    assert name.display_line().startswith(f"{organization.name}")


def test_public_name_leads_to_who_signed():
    """The control of the test above: the same look finds what is there."""
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    before = dumped()
    sign(letter, signer, organization, Mode.PUBLIC)
    after = dumped()
    found = {
        table
        for table in after
        if after[table].count(str(signer.pk)) > before[table].count(str(signer.pk))
    }
    assert {"letters_signatory", "notifications_outbox", "notifications_notice"} <= found


def test_audit_of_a_hidden_name_names_a_random_actor():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    sign(letter, signer, organization, Mode.COORDINATORS)
    event = AuditEvent.objects.filter(action="letters.signed").get()
    assert event.actor_kind == "pseudonym"
    assert event.actor_id != str(signer.pk)
    assert str(signer.pk) not in json.dumps(event.facts)


def test_receipt_finds_its_reader_only_when_it_is_sent():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    name = sign(letter, signer, organization, Mode.NOT_COUNTED)
    row = Outbox.objects.get(kind=ReceiptUnnamed.kind)
    assert row.recipient_id != signer.pk
    assert not Notice.objects.filter(recipient_id=signer.pk, about_id=str(letter.pk)).exists()
    assert ReceiptUnnamed().mailbox(row.about_id).address == signer.email
    actions.withdraw(signatory=name, reason="", by=signer)
    assert ReceiptUnnamed().mailbox(row.about_id) is None


def test_form_that_signs_leaves_no_receipt_with_a_person(client):
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    client.force_login(signer)
    form = {"mode": "coordinators", "hat": str(organization.pk), "declared": "on",
            "token": str(uuid.uuid4())}  # fmt: skip
    for _ in range(2):
        answer = client.post(reverse("letters:sign", args=[letter.pk]), form)
        assert answer.status_code == 302
    assert FormReceipt.objects.get().user_id is None
    assert Signatory.objects.unguarded("test").of(letter).count() == 1


@pytest.mark.parametrize("first", Mode)
@pytest.mark.parametrize("second", Mode)
def test_nobody_signs_twice_in_whatever_modes(first, second):
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    sign(letter, signer, organization, first)
    with pytest.raises(actions.sign_on.AlreadySigned), transaction.atomic():
        sign(letter, signer, organization, second)


def test_hidden_name_taken_back_leaves_no_key_and_may_be_signed_anew():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    name = sign(letter, signer, organization, Mode.OFFICE)
    actions.withdraw(signatory=name, reason="They came to ask.", by=signer)
    row = Signatory.objects.unguarded("test").get(pk=name.pk)
    assert (row.person_key, row.organization_key, row.withdrawn_by_id) == ("", "", None)
    assert row.withdrawal_reason == ""
    assert row.open()["withdrawal_reason"] == "They came to ask."
    sign(letter, signer, organization, Mode.PUBLIC)


def test_hidden_signatory_reads_the_letter_after_the_sign_on_ended():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    sign(letter, signer, organization, Mode.NOT_COUNTED)
    letter = set_state(letter, S.CLOSED)
    assert Letter.objects.visible_to(signer).filter(pk=letter.pk).exists()
    assert not Letter.objects.visible_to(make_signer()[0]).filter(pk=letter.pk).exists()


def test_reading_hidden_names_of_others_goes_on_record_once():
    letter = make_letter(state=S.OPEN)
    for mode in Mode:
        sign(letter, *make_signer(), mode)
    names = actions.read_names(letter=letter, by=letter.created_by)
    assert len(names) == 3 and all(name.display_line() for name in names)
    event = AuditEvent.objects.get(action="letters.names_read")
    assert event.facts == {"names": 2, "modes": ["coordinators", "office"]}


def test_reading_ones_own_hidden_name_is_nobodys_business():
    letter = make_letter(state=S.OPEN)
    signer, organization = make_signer()
    sign(letter, signer, organization, Mode.NOT_COUNTED)
    (name,) = actions.read_names(letter=letter, by=signer)
    assert organization.name in name.display_line()
    assert not AuditEvent.objects.filter(action="letters.names_read").exists()


def test_closed_line_refuses_to_be_printed():
    name = make_name(make_letter(state=S.OPEN), mode=Mode.OFFICE)
    row = Signatory.objects.unguarded("test").get(pk=name.pk)
    with pytest.raises(StillSealed):
        row.display_line()


def test_database_refuses_a_hidden_name_in_clear():
    letter = make_letter(state=S.OPEN)
    row = Signatory(
        letter=letter, mode=Mode.OFFICE, method="entered", kind="organization",
        organization_name="Aldern Law Clinic",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="a_hidden_name_lies_nowhere_in_clear"):
        row.save()


def test_sealed_parts_do_not_open_in_another_row():
    letter = make_letter(state=S.OPEN)
    one, other = (make_name(letter, mode=Mode.OFFICE) for _ in range(2))
    Signatory.objects.unguarded("test").filter(pk=other.pk).update(sealed=one.sealed)
    with pytest.raises(Sealed):
        Signatory.objects.unguarded("test").get(pk=other.pk).open()


@pytest.mark.parametrize("was", Mode)
@pytest.mark.parametrize("to", Mode)
def test_signatory_changes_who_sees_the_name(was, to):
    letter = make_letter(state=S.OPEN, level=Level.PUBLIC)
    signer, organization = make_signer()
    name = sign(letter, signer, organization, was)
    line = actions.read_names(letter=letter, by=signer)[0].display_line()
    changed = actions.change_mode(signatory=name, mode=to, by=signer)
    assert changed.mode == to
    (read,) = actions.read_names(letter=letter, by=signer)
    assert read.display_line() == line
    assert len(names_for(letter, Level.PUBLIC)) == (to == Mode.PUBLIC)
    old = Signatory.objects.unguarded("test").get(pk=name.pk)
    if was == Mode.PUBLIC and to != Mode.PUBLIC:
        assert old.withdrawn_at and old.organization_name == "" and old.signed_by_id is None
    with pytest.raises(actions.sign_on.AlreadySigned), transaction.atomic():
        sign(letter, signer, organization, Mode.PUBLIC)


@pytest.mark.parametrize("who", ["coordinator", "officer", "colleague", "stranger"])
def test_nobody_else_changes_who_sees_a_name(who):
    letter = make_letter(state=S.OPEN, level=Level.PUBLIC)
    signer, organization = make_signer()
    name = sign(letter, signer, organization, Mode.COORDINATORS)
    people = {**readers(letter, signer, organization), "stranger": make_user()}
    with pytest.raises(NotYours):
        actions.change_mode(signatory=name, mode=Mode.PUBLIC, by=people[who])


def test_page_shows_what_each_audience_would_see_before_anything_is_signed(client):
    letter = make_letter(state=S.OPEN, level=Level.PUBLIC)
    signer, organization = make_signer()
    client.force_login(signer)
    form = {"mode": "office", "hat": str(organization.pk), "preview": "yes",
            "other_script": "مركز ألدرن", "token": str(uuid.uuid4())}  # fmt: skip
    answer = client.post(reverse("letters:sign", args=[letter.pk]), form)
    assert answer.status_code == 200
    seen = {one["who"]: one["line"] for one in answer.context["as_seen"]}
    lines = list(seen.values())
    assert lines[0] == "" and "مركز ألدرن" in lines[1] and lines[1] == lines[2]
    assert "I have the mandate" in answer.content.decode()  # not the name of the field
    assert not Signatory.objects.unguarded("test").exists()


def test_audience_of_a_document_never_reads_what_is_for_the_coordinators():
    letter = make_letter(state=S.OPEN)
    for mode in Mode:
        make_name(letter, mode=mode, organization_name=f"Body {mode}")
    modes = {
        level: {n.mode for n in Signatory.objects.visible_to(Audience(level)).of(letter)}
        for level in Level
    }
    assert modes[Level.PUBLIC] == modes[Level.UNNAMED] == {Mode.PUBLIC}
    assert modes[Level.OFFICE] == modes[Level.NAMED_OFFICERS] == {Mode.PUBLIC, Mode.OFFICE}
    assert make_organization().pk  # another body does not change it
