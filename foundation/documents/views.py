"""Pages of documents: progress, download, and the public check of a file."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from allauth.core import ratelimit
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import audit
from foundation.documents import actions, store
from foundation.documents.forms import OnlyInMemory, VerifyForm
from foundation.documents.keys import certificate_fingerprint
from foundation.documents.models import Document
from foundation.documents.provider import seal_provider
from foundation.documents.verification import Verdict
from foundation.documents.verification import verify as verdict_about
from foundation.web.policies import public
from foundation.web.shortcuts import get_visible_or_404, page
from foundation.workflow.machine import Refused

OWN_READERS = "each kind of document says who may see it; nothing else is shown"


def _document(request: HttpRequest, pk: uuid.UUID) -> Document:
    return get_visible_or_404(Document.objects.visible_to(request.user), pk=pk)


@public(OWN_READERS)
@require_GET
def progress(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far a document is; once it is ready, its download."""
    document = _document(request, pk)
    kind = document.described
    context = {
        "document": document,
        "state": document.state,
        "title": kind.title(document),
        "back_url": kind.back_url(document),
    }
    return page(request, "documents/progress.html", context)


@public(OWN_READERS)
@require_GET
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The file, as an attachment; written into the log of reads."""
    document = _document(request, pk)
    if not document.is_ready:
        return redirect("documents:progress", pk=pk)
    try:
        data = store.read(document)
    except store.Damaged:
        context = {"document": document, "back_url": document.described.back_url(document)}
        return page(request, "documents/damaged.html", context, status=500)
    with transaction.atomic():
        audit.record_read("documents.downloaded", document, by=request.user)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = _attachment(document.described.filename(document))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@public(OWN_READERS)
@require_POST
def retry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a document that could not be made tried again."""
    document = _document(request, pk)
    # Refused where somebody else had it tried again: the page shows how far it is.
    with suppress(Refused):
        actions.retry(document=document, by=request.user)
    return redirect("documents:progress", pk=pk)


class TooManyChecks(Exception):
    """This address brought too many files (ACCOUNT_RATE_LIMITS, "verify_document")."""


def look_at_upload(request: HttpRequest) -> tuple[VerifyForm, Verdict | None]:
    """The form, and the verdict about the file that was posted with it; None without one.

    The file is looked at once, in memory, and is gone with the request. To be called before
    anything reads `request.POST`. Raises TooManyChecks.
    """
    request.upload_handlers = [OnlyInMemory(request)]
    if request.method != "POST":
        return VerifyForm(), None
    if not ratelimit.consume(request, action="verify_document"):
        raise TooManyChecks
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, None
    data = form.cleaned_data["file"].read()
    return form, verdict_about(data, Document.objects.reference_of, seal_provider().known())


def known_certificates() -> list[dict[str, Any]]:
    """Every certificate that ever sealed for us, the present one first, as pages show them."""
    return [
        {"seal": seal, "shown": certificate_fingerprint(seal.certificate)}
        for seal in reversed(seal_provider().known())
    ]


@csrf_exempt  # changes nothing, and so needs no cookie
@public("whoever has a file may ask whether it is ours")
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Bring a file, hear whether it is ours and unchanged."""
    try:
        form, verdict = look_at_upload(request)
    except TooManyChecks:
        return ratelimit.respond_429(request)
    context = {"form": form, "verdict": verdict, "known": known_certificates()}
    return page(request, "documents/verify.html", context)


@public("the public half of our seal, to check our files without us")
@require_GET
def certificate(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A certificate that seals, or sealed, for us, with the root above it."""
    for seal in seal_provider().known():
        if seal.fingerprint == fingerprint:
            response = HttpResponse(seal.pem(), content_type="application/x-pem-file")
            response.headers["Content-Disposition"] = _attachment(f"seal-{fingerprint[:8]}.pem")
            return response
    raise Http404


def _attachment(filename: str) -> str:
    return content_disposition_header(as_attachment=True, filename=filename) or "attachment"
