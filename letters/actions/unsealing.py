"""Showing one name that is not counted to two people for half an hour: asked, agreed, looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from foundation.audit.recording import record, record_read
from foundation.notifications.outbox import notify, notify_pseudonym
from foundation.workflow import NotYours, Refused, WrongState
from letters.enums import Mode, UnsealingSide
from letters.models import Letter, Signatory, Unsealing
from letters.models.unsealing import SHOWN_FOR
from letters.notifications.hidden import hidden_kind
from letters.rules import may_decide, may_look, office_for, unsealing_side
from letters.secrecy import own_names
from organizations.models import NetworkCoordinator

WHY = "an action finds the one sealed name that it was given the code of; nothing of it is shown"
CODE = re.compile(r"[0-9a-f]{8}")


class NoSuchName(Refused):
    """No sealed name under the letter has this code."""


@transaction.atomic
def ask_to_unseal(*, letter: Letter, code: str, reason: str, by: Any) -> Unsealing:
    """Ask to see the name with this code under `letter`. Raises NotYours, NoSuchName.

    Nobody is shown which names are sealed, or that any are: who asks brings the code. It is what
    the log calls the name (eight digits), and what its owner reads beside it.
    """
    side = unsealing_side(by, letter)
    if not side:
        raise NotYours(_("Only a coordinator of the network or an approver may ask this."))
    signatory = _sealed_name(letter, code)
    if signatory.pk in own_names(by).rows:
        raise NotYours(_("This is your own name."))
    unsealing = Unsealing(letter=letter, signatory=signatory, asked_by=by, asked_as=side)
    unsealing.put_reason(reason)
    unsealing.save(force_insert=True)
    record("letters.unsealing_asked", letter, by=by, unsealing=unsealing.pk, signatory=signatory.pk)
    for person in _other_side(letter, side):
        if person.pk != by.pk:
            notify("letters.unsealing_asked", to=person, about=unsealing, dedupe=str(unsealing.pk))
    return unsealing


@transaction.atomic
def agree_to_unseal(*, unsealing: Unsealing, by: Any) -> Unsealing:
    """Let the name be shown to who asked and to `by`, for half an hour from now; the person whose
    name it is, is told. Raises NotYours, WrongState."""
    unsealing = _to_decide(unsealing, by)
    if not _is_sealed_still(unsealing.signatory):
        raise WrongState(_("This name is not there any more, or its owner has opened it."))
    rows = Unsealing.objects.unguarded(WHY).filter(pk=unsealing.pk)
    rows.update(approved_by=by, approved_at=Now(), until=Now() + SHOWN_FOR)
    _note(unsealing, "letters.unsealing_agreed", by)
    notify_pseudonym(
        hidden_kind("letters.name_unsealed"), about=unsealing.signatory, dedupe=str(unsealing.pk)
    )
    return rows.get()


@transaction.atomic
def refuse_to_unseal(*, unsealing: Unsealing, by: Any) -> Unsealing:
    """Refuse a request; it cannot be agreed to any more. Raises NotYours, WrongState."""
    unsealing = _to_decide(unsealing, by)
    rows = Unsealing.objects.unguarded(WHY).filter(pk=unsealing.pk)
    rows.update(refused_by=by, refused_at=Now())
    _note(unsealing, "letters.unsealing_refused", by)
    return rows.get()


def read_unsealed(*, unsealing: Unsealing, by: Any) -> Signatory | None:
    """Return the name, opened, to one of the two while it is shown; None otherwise. Each look is
    on record before anything is returned."""
    signatory = Signatory.objects.unguarded(WHY).get(pk=unsealing.signatory_id)
    if not may_look(by, unsealing) or not _is_sealed_still(signatory):
        return None
    record_read("letters.unsealed_name_read", unsealing.letter, by=by, unsealing=unsealing.pk,
                signatory=signatory.pk)  # fmt: skip
    signatory.open()
    return signatory


def code_of(signatory: Signatory) -> str:
    """Return what a sealed name is called where it must not be named."""
    return str(signatory.pk)[:8]


def _sealed_name(letter: Letter, code: str) -> Signatory:
    """Return the one name under the letter that is not counted and has this code. NoSuchName."""
    wanted = code.strip().lower()
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(mode=Mode.NOT_COUNTED)
    found = [name for name in names if CODE.fullmatch(wanted) and code_of(name) == wanted]
    if len(found) != 1:
        raise NoSuchName(_("No sealed name under this letter has this code."))
    return found[0]


def _to_decide(unsealing: Unsealing, by: Any) -> Unsealing:
    """Return the request, locked, if `by` may decide it now. NotYours, WrongState."""
    rows = Unsealing.objects.unguarded("an action locks what its caller has seen")
    locked = rows.select_related("letter", "signatory").select_for_update(of=("self",))
    unsealing = locked.get(pk=unsealing.pk)
    if not unsealing.is_waiting:
        raise WrongState(_("This request was decided meanwhile, or is too old."))
    if not may_decide(by, unsealing):
        raise NotYours(_("Another person, of the other side, decides this."))
    return unsealing


def _is_sealed_still(signatory: Signatory) -> bool:
    return signatory.withdrawn_at is None and signatory.mode == Mode.NOT_COUNTED


def _note(unsealing: Unsealing, action: str, by: Any) -> None:
    record(action, unsealing.letter, by=by, unsealing=unsealing.pk,
           signatory=unsealing.signatory_id)  # fmt: skip
    notify("letters.unsealing_decided", to=unsealing.asked_by, about=unsealing,
           dedupe=str(unsealing.pk))  # fmt: skip


def _other_side(letter: Letter, side: str) -> Iterable[Any]:
    """Return the people who may decide what `side` asks."""
    if side == UnsealingSide.COORDINATOR:
        people = office_for(letter, StaffRole.APPROVER)
    else:
        rows = NetworkCoordinator.objects.unguarded(WHY).present()
        ids = rows.filter(network=letter.network_id).values_list("user_id", flat=True)
        people = list(get_user_model().objects.filter(pk__in=set(ids), is_active=True))
    return [person for person in people if unsealing_side(person, letter) not in ("", side)]
