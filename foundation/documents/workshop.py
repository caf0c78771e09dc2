"""One document from its row to its file: begun under a lease, rendered, sealed, stored, finished.

Used by the worker's task and by commands that wait for a document (`render_now`). Imports the
renderer, so only processes that render import this module.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import audit
from foundation.confidentiality import SystemActor
from foundation.documents import store
from foundation.documents.enums import Stage
from foundation.documents.heartbeat import Heartbeat
from foundation.documents.kinds import Changed
from foundation.documents.models import Document
from foundation.documents.provider import seal_provider
from foundation.documents.rendering import RenderingFailed, render_pdf
from foundation.documents.sealing import seal
from foundation.documents.signals import document_ready
from foundation.leases import work

RENDERER = SystemActor("renderer")
MOST_TRIES = 5
"""Orderly failures (a full disk, an error of ours) after which a person has to look."""

logger = logging.getLogger(__name__)


class NotMade(Exception):
    """`render_now` gave up; the text says why, in words."""


def render_claimed(pk: Any) -> bool:
    """Render document `pk` if it is due and nobody renders it; True if this call made it ready.

    Never raises for what goes wrong with the document: that is written into its row. Errors of
    the database are raised; the lease then runs out and the document is taken up again.
    """
    if pk not in work.begin(Document, [pk], settings.DOCUMENT_LEASE):
        return False
    document = Document.objects.visible_to(RENDERER).get(pk=pk)
    with Heartbeat(pk, settings.DOCUMENT_LEASE) as heartbeat:
        try:
            data, certificate = _make(document, heartbeat)
            heartbeat.progress(Stage.STORING, 0)
            name = store.put(data, document)
        except RenderingFailed as error:
            return _give_up(document, error.reason, "RenderingFailed")
        except SoftTimeLimitExceeded:
            words = _("It took longer than %(seconds)d seconds to make.")
            limit = {"seconds": settings.DOCUMENT_TIME_LIMIT}
            return _give_up(document, words % limit, "SoftTimeLimitExceeded")
        except MemoryError:
            return _give_up(document, _("It needs more memory than a document may."), "MemoryError")
        except (DatabaseError, InterfaceError):
            raise
        except Exception as error:
            return _put_off(document, error)
    return _finish(document, name, data, certificate)


def render_now(document: Document, *, patience: float = 180.0) -> Document:
    """The finished `document`, rendered here or by the worker that got it first.

    Takes the same lease as a worker and waits at most `patience` seconds while somebody else
    holds it. Raises NotMade with the reason when it cannot be made.
    """
    end = time.monotonic() + patience
    while True:
        render_claimed(document.pk)
        fresh = Document.objects.visible_to(RENDERER).get(pk=document.pk)
        if fresh.is_ready:
            return fresh
        if fresh.parked_at or fresh.done_at:
            raise NotMade(fresh.reason)
        if time.monotonic() > end:
            raise NotMade(_("It was not ready in time; somebody else is still making it."))
        time.sleep(0.5)


def _make(document: Document, heartbeat: Heartbeat) -> tuple[bytes, str]:
    """The bytes of `document` and the fingerprint of the certificate that sealed them ("": none)."""
    kind = document.described
    with translation.override(document.language):
        try:
            sheet = kind.sheet(document)
        except Changed as error:
            raise RenderingFailed(_("It has changed since. Please ask for it anew.")) from error
        except LookupError as error:
            raise RenderingFailed(_("What it was to be made of is no longer there.")) from error
        pdf = render_pdf(sheet, heartbeat.progress)
        if not kind.seals:
            return pdf, ""
        heartbeat.progress(Stage.SEALING, 0)
        identity = seal_provider().identity()
        reason = kind.reason(document)
        sealed = seal(pdf, identity, reason, timestamp_url=settings.SEAL_TIMESTAMP_URL)
        return sealed, identity.fingerprint


def _finish(document: Document, name: str, data: bytes, certificate: str) -> bool:
    """Enter the file into its row; where another worker was first, its file stays and ours goes."""
    file_hash = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        first = work.finish(
            Document, document.pk, file=name, file_hash=file_hash, size=len(data),
            certificate=certificate, stage=Stage.DONE, page=0, failure="",
        )  # fmt: skip
        if first:
            ready = Document.objects.visible_to(RENDERER).get(pk=document.pk)
            audit.record("documents.rendered", ready, by=RENDERER, hash=file_hash)
            document_ready.send(sender=Document, document=ready)
    if not first:
        store.remove(name)
    return first


def _give_up(document: Document, reason: str, code: str) -> bool:
    """Trying again would change nothing: park the document with its reason."""
    with transaction.atomic():
        Document.objects.visible_to(RENDERER).filter(pk=document.pk).update(failure=reason)
        work.park(Document, document.pk, code)
        audit.record("documents.failed", document, by=RENDERER, code=code)
    return False


def _put_off(document: Document, error: Exception) -> bool:
    """Something of ours failed (a full disk, a bug): try again later, a few times."""
    code = type(error).__name__
    logger.error("documents: %s put off (%s)", document.pk, code)
    if document.attempts + 1 < MOST_TRIES:
        work.fail(Document, document.pk, code)
        return False
    reason = _("The portal failed to make it %(times)d times (%(code)s).")
    return _give_up(document, reason % {"times": MOST_TRIES, "code": code}, code)
