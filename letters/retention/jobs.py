"""What this room forgets by itself, and the legal hold that keeps it from that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import SystemActor
from foundation.confidentiality.forgetting import Job, register_job
from letters.enums import Method
from letters.models import (
    BatchLine,
    LegalHold,
    NamedLine,
    Signatory,
    SignatoryBatch,
    SignOnInvitation,
    SignOnRequest,
)
from letters.models.requests import EXPIRES
from letters.secrecy import seal, unseal

NIGHT = SystemActor("retention")
TWO_YEARS = timedelta(days=730)
REMOVED = "(removed)"


def held_by(letter: str) -> Any:
    """Return what keeps the rows whose letter (`letter`, a lookup of its id) stands under a hold."""

    def held(rows: Any) -> Any:
        standing = LegalHold.objects.filter(letter=OuterRef(letter), lifted_at=None)
        return rows.filter(Exists(standing))

    return held


def _batches() -> Any:
    """Lists that were pasted for letters that were closed two years ago."""
    batches = SignatoryBatch.objects.visible_to(NIGHT).filter(forgotten_at=None)
    return batches.filter(letter__closed_at__lt=timezone.now() - TWO_YEARS)


def _empty_batches(batches: Any) -> int:
    """Seal nothing in the place of what was pasted and of how it was read; a committed line stands
    as a name of its own."""
    emptied = list(batches)
    for line in BatchLine.objects.visible_to(NIGHT).filter(batch__in=emptied):
        blank = {field.name: field.get_default() for field in NamedLine._meta.fields}
        blank |= {"raw": REMOVED, "kind": line.kind}
        for name, value in blank.items():
            setattr(line, name, value)
        line.doubts = []
        line.close()
        line.save()
    for batch in emptied:
        batch.close(source="")
        batch.forgotten_at = timezone.now()
        batch.save(update_fields=["sealed", "forgotten_at"])
    return len(emptied)


register_job(
    Job(
        "letters.pasted_lists",
        _(
            "A pasted list, and how its lines were read, is emptied two years after its letter closed."
        ),
        _batches,
        _empty_batches,
        held_by("letter_id"),
    )
)


# People without an account -----------------------------------------------------------------------
HALF_A_YEAR = timedelta(days=182)
OF_A_MAILBOX = ("address", "language", "wants_news")


def _unconfirmed() -> Any:
    """Requests to sign that nobody confirmed within fourteen days."""
    asked = SignOnRequest.objects.visible_to(NIGHT).exclude(sealed=None)
    return asked.filter(confirmed_at=None, created_at__lt=timezone.now() - EXPIRES)


def _confirmed() -> Any:
    """Requests of letters delivered half a year ago, by people who did not wish for news."""
    asked = SignOnRequest.objects.visible_to(NIGHT).exclude(sealed=None)
    return asked.filter(
        confirmed_at__isnull=False,
        wants_news=False,
        letter__delivered_at__lt=timezone.now() - HALF_A_YEAR,
    )


def _invited() -> Any:
    """Addresses that were invited to sign letters which were closed half a year ago."""
    invited = SignOnInvitation.objects.visible_to(NIGHT).exclude(sealed=None)
    return invited.filter(letter__closed_at__lt=timezone.now() - HALF_A_YEAR)


def _addresses() -> Any:
    """Names under such letters that were signed by mail, still with the key of an address whose
    owner did not wish for news."""
    names = Signatory.objects.visible_to(NIGHT).filter(method=Method.EMAIL).exclude(address_key="")
    wished = SignOnRequest.objects.visible_to(NIGHT).filter(signatory=OuterRef("pk"))
    old = timezone.now() - HALF_A_YEAR
    return names.filter(letter__delivered_at__lt=old).exclude(
        Exists(wished.filter(wants_news=True))
    )


def _empty_requests(rows: Any) -> int:
    return int(
        rows.update(sealed=None, address_key="", token_hash="", code_hash="", held_because=[])
    )


def _empty_addresses(names: Any) -> int:
    names = list(names)
    for name in names:
        facts = {key: value for key, value in unseal(name).items() if key not in OF_A_MAILBOX}
        name.sealed = seal(name, facts) if facts else None
        name.address_key = ""
        name.save(update_fields=["sealed", "address_key"])
    return len(names)


register_job(
    Job(
        "letters.unconfirmed",
        _("What was typed to sign by mail and not confirmed is emptied after fourteen days."),
        _unconfirmed,
        _empty_requests,
        held_by("letter_id"),
    )
)
register_job(
    Job(
        "letters.confirmed",
        _(
            "Links of those who signed by mail end six months after the delivery, unless they "
            "wished for news."
        ),
        _confirmed,
        _empty_requests,
        held_by("letter_id"),
    )
)
register_job(
    Job(
        "letters.invited",
        _("Addresses that were invited are emptied six months after the letter was closed."),
        _invited,
        lambda rows: rows.update(sealed=None, address_key="", token_hash=""),
        held_by("letter_id"),
    )
)
register_job(
    Job(
        "letters.addresses",
        _("Their addresses are taken out of the names then, too."),
        _addresses,
        _empty_addresses,
        held_by("letter_id"),
    )
)
