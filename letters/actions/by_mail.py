"""Asking to sign without an account: what was typed is kept, and link and code go to the mailbox.

Whoever asks sees the same answer whether or not the address has signed; the owner of the mailbox
is told.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym, vault
from foundation.notifications.outbox import notify_pseudonym
from foundation.workflow import WrongState
from letters import secrecy
from letters.actions.parts import hold_for_signing, must_coordinate
from letters.enums import LetterState
from letters.models import Letter, SignOnRequest
from letters.models.requests import EXPIRES, MOST_MAILS, MOST_TRIES
from letters.text.addresses import canonical_address

WHY = "the link, the code or the address is the key to it"
LINK = "letters.sign_on_link"


@transaction.atomic
def ask_to_sign(
    *,
    letter: Letter,
    parts: Mapping[str, Any],
    mode: str,
    address: str,
    language: str,
    wants_news: bool = False,
    held_because: Iterable[str] = (),
) -> uuid.UUID:
    """Keep what was typed, encrypted, and send link and code to `address`; return the id of the
    request, under which the code may be typed.

    The answer is the same for an address that has signed, and for one that had its five mails. With
    `held_because` (codes of foundation.web.guarding) no mail leaves until a coordinator lets it
    through. Raises WrongState where the letter cannot be signed.
    """
    text_id = open_text(letter)
    key = secrecy.address_key(letter.pk, canonical_address(address))
    _one_at_a_time(key)
    if _had_its_mails(letter, key):
        return uuid.uuid4()
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08d}"
    reasons = sorted(held_because)
    request = SignOnRequest(
        letter=letter,
        text_id=text_id,
        address_key=key,
        token_hash=token_hash(token),
        mails=0 if reasons else 1,
        held_at=timezone.now() if reasons else None,
        held_because=reasons,
        wants_news=wants_news,
    )
    request.code_hash = _code_hash(request.pk, code)
    facts: dict[str, Any] = {"parts": dict(parts), "mode": mode, "wants_news": wants_news}
    facts |= {"address": address, "language": language, "token": token, "code": code}
    request.sealed = secrecy.seal(request, facts)
    request.save(force_insert=True)
    record("letters.link_asked", letter, by=Pseudonym(uuid.uuid4()), held=bool(reasons))
    if not reasons:
        notify_pseudonym(LINK, about=request, dedupe="1")
    return request.pk


def _had_its_mails(letter: Letter, key: str) -> bool:
    """Tell whether the address was sent as many links for this letter as it may get."""
    since = timezone.now() - EXPIRES
    earlier = SignOnRequest.objects.unguarded(WHY).filter(letter=letter, address_key=key)
    sent = earlier.filter(created_at__gt=since).aggregate(sent=Sum("mails"))["sent"] or 0
    return bool(sent >= MOST_MAILS)


@transaction.atomic
def release(*, request: SignOnRequest, by: Any) -> None:
    """Let a request through that was held: its mail leaves. Raises NotYours; twice is once."""
    must_coordinate(by, request.letter)
    request = lock_request(request.pk)
    if not request.is_held or request.sealed is None:
        return
    request.released_at, request.mails = timezone.now(), request.mails + 1
    request.save(update_fields=["released_at", "mails"])
    record("letters.request_released", request.letter, by=by, request=request.pk)
    notify_pseudonym(LINK, about=request, dedupe="1")


def token_hash(token: str) -> str:
    """Return what is stored of a link's token (SHA-256, hex)."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def request_of(token: str) -> SignOnRequest | None:
    """Return the request that a link opens; None for an unknown link and for one that is over."""
    found = SignOnRequest.objects.unguarded(WHY).select_related("letter__network", "letter__frozen")
    request = found.filter(token_hash=token_hash(token)).first()
    return None if request is None or request.is_over or request.is_held else request


@transaction.atomic
def token_for_code(*, request_id: uuid.UUID, code: str) -> str | None:
    """Return the link's token for the typed code, None where it is wrong, over, or was tried five
    times. Each try counts before it is looked at, also of those that come at once."""
    rows = SignOnRequest.objects.unguarded(WHY).filter(
        pk=request_id, tries__lt=MOST_TRIES, confirmed_at=None, sealed__isnull=False,
        created_at__gt=timezone.now() - EXPIRES,
    )  # fmt: skip
    if not rows.update(tries=F("tries") + 1):
        return None
    request = SignOnRequest.objects.unguarded(WHY).get(pk=request_id)
    digits = "".join(char for char in code if char.isdigit())
    if request.is_held or not hmac.compare_digest(
        request.code_hash, _code_hash(request.pk, digits)
    ):
        return None
    return str(secrecy.unseal(request)["token"])


def _code_hash(pk: uuid.UUID, code: str) -> str:
    """A keyed hash: eight digits would be found in a second otherwise."""
    return vault.blind("letters.code", str(pk), code)


def _one_at_a_time(key: str) -> None:
    """Let requests of one address follow each other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def open_text(letter: Letter) -> int:
    """Hold the letter open for people without an account, and return the id of its text in force.
    Raises WrongState."""
    state, text_id = hold_for_signing(letter.pk)
    letter.refresh_from_db(fields=["state", "paused_at", "deadline", "open_to_outsiders"])
    why = why_not(letter)
    if why or state != LetterState.OPEN or text_id is None:
        raise WrongState(why or _("The sign-on of this letter has ended."))
    return text_id


def why_not(letter: Letter) -> str:
    """Return in words why nobody without an account can sign the letter now; "" where they can."""
    if letter.state != LetterState.OPEN or letter.is_past_deadline:
        return _("The sign-on of this letter has ended.")
    if letter.paused_at is not None:
        return _("The sign-on of this letter is paused. Please try again later.")
    if not letter.open_to_outsiders:
        return _("This letter is no longer open to people without an account.")
    return ""


def lock_request(pk: uuid.UUID) -> SignOnRequest:
    """Return a request with its letter, locked until the transaction ends."""
    found: SignOnRequest = (
        SignOnRequest.objects.unguarded(WHY)
        .select_related("letter__frozen")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    return found
