"""The page that stands in every sealed letter: is this the letter, and does its list still stand?"""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.documents.keys import KnownSeal, certificate_fingerprint
from foundation.documents.provider import seal_provider
from foundation.documents.views import TooManyChecks, known_certificates, look_at_upload
from foundation.web.policies import public
from foundation.web.shortcuts import page
from letters.documents.verifying import (
    Record,
    canonical_public_list,
    is_in_force,
    is_public,
    letter_of,
    record_of,
)
from letters.models import Letter
from letters.text import LetterText, canonical_list, fingerprint, spaced

# The page spells them out; a test computes their fingerprints with the commands that it gives.
EXAMPLE = LetterText(
    language="en",
    addressee="Ms. Amara Okonjo\nUnder-Secretary-General",
    place="",
    date="3 November 2026",
    subject="Country visits and the ninth review",
    salutation="Your Excellency,",
    body="We ask one thing.[^1]\n\na) Meet us on each visit.",
    closing="Yours sincerely,",
    notes="1. Resolution 77/298, paragraph 9.",
)
EXAMPLE_LIST = [{"line": "Aldern Law Clinic, Germany", "kind": "organization", "countries": ["DE"]}]
BEARER = "the secret stands in the sealed letter: whoever has it has a copy"


@csrf_exempt  # changes nothing, and so needs no cookie
@public(BEARER)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a sealed copy of the letter must agree with; look at a copy that is brought."""
    try:
        form, verdict = look_at_upload(request)
    except TooManyChecks:
        return ratelimit.respond_429(request)
    letter = _letter(secret)
    context = _context(record_of(letter)) | {
        "form": form,
        "verdict": verdict,
        "other": _other_letter(letter, verdict),
        "action": reverse("letters:verify", args=[letter.verify_secret]),
    }
    return _unseen(page(request, "letters/verify.html", context))


@public("how to check a letter without us")
@require_safe
def without_us(request: HttpRequest) -> HttpResponse:
    """Tell how anybody checks a sealed letter with tools that are not ours."""
    context = {
        "known": known_certificates(),
        "example_hash": fingerprint(EXAMPLE.canonical()),
        "example_list_hash": fingerprint(canonical_list(EXAMPLE_LIST)),
    }
    return page(request, "letters/without_us.html", context)


@public(BEARER)
@require_safe
def text(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """Give the canonical form of a text, byte for byte what its fingerprint was computed from."""
    letter = _open_letter(secret)
    texts = record_of(letter).texts
    if not 1 <= number <= len(texts) or not is_in_force(letter, texts[number - 1]):
        raise Http404
    return _json(texts[number - 1].canonical, f"{letter.reference}-text-{number}.json")


@public(BEARER)
@require_safe
def public_list(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the canonical form of the public list as it stands."""
    letter = _open_letter(secret)
    return _json(canonical_public_list(letter), f"{letter.reference}-list.json")


def _letter(secret: str) -> Letter:
    letter = letter_of(secret)
    if letter is None:
        raise Http404
    return letter


def _open_letter(secret: str) -> Letter:
    """Return the letter if everyone may read it: the text is in a copy, but so only there."""
    letter = _letter(secret)
    if not is_public(letter):
        raise Http404
    return letter


def _other_letter(letter: Letter, verdict: Any) -> str:
    """Return the reference of the document that was brought, where it is another one than this."""
    if verdict is None or not verdict.unchanged or verdict.reference == letter.reference:
        return ""
    return verdict.reference or _("one that is not kept here any more")


def _context(record: Record) -> dict[str, Any]:
    """Return the record as the page shows it."""
    used = {file.certificate for file in (*record.copies, *record.office_copies)}
    seals = [seal for seal in seal_provider().known() if seal.fingerprint in used]
    return {
        "record": record,
        "letter": record.letter,
        "texts": [
            {
                "at": at,
                "text": one,
                "shown": spaced(one.sha256),
                "in_force": is_in_force(record.letter, one),
            }
            for at, one in enumerate(record.texts, start=1)
        ],
        "copies": [{"file": one, "shown": spaced(one.file_hash)} for one in record.copies],
        "office_copies": [spaced(one.file_hash) for one in record.office_copies],
        "versions": [{"version": one, "shown": spaced(one.sha256)} for one in record.versions],
        "seals": [_shown(seal) for seal in seals],
    }


def _shown(seal: KnownSeal) -> dict[str, Any]:
    return {"seal": seal, "shown": certificate_fingerprint(seal.certificate)}


def _json(canonical: str, filename: str) -> HttpResponse:
    response = HttpResponse(canonical.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return _unseen(response)


def _unseen(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is a key, out of other sites' logs and of search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
