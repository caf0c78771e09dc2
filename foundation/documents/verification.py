"""Is this file ours, and unchanged? A sentence for people, never an exception.

First the file's SHA-256 among those that we handed out, then the seal. The seal is checked over raw
bytes, without a PDF parser: a signature made with one of our keys over every byte of the file but
its own value proves that the file is what we sealed, whatever is inside. So no upload can exploit,
stall or mislead a parser (no bombs, no second xref, no signed revision below an unsigned one), and
the answer holds after the certificate has expired.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.utils.translation import gettext as _

from foundation.documents.keys import KnownSeal, in_groups

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is looked at."""

KnownHashes = Callable[[str], str | None]
"""From the SHA-256 (64 hex digits) of a file to the reference it went out under; None: not ours."""

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_MOMENT = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})Z")
_MANY = 20  # signatures that are looked at; ours carry one


class Outcome(Enum):
    """What a check found."""

    OURS = "ours"
    CHANGED = "changed"
    NOT_OURS = "not_ours"
    NOT_SEALED = "not_sealed"
    ENCRYPTED = "encrypted"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


@dataclass(frozen=True)
class Verdict:
    """The answer about one file.

    `ours`: it carries our seal or traces of it; `unchanged`: and is as we sealed it. `reference` is
    known for files that we still keep; `certificate` is the fingerprint (64 hex digits) of the
    certificate that sealed it; `sealed_at` is the time that the seal itself claims.
    """

    outcome: Outcome
    sentence: str
    advice: str
    file_hash: str
    reference: str = ""
    certificate: str = ""
    sealed_at: datetime | None = None

    @property
    def ours(self) -> bool:
        return self.outcome in (Outcome.OURS, Outcome.CHANGED)

    @property
    def unchanged(self) -> bool:
        return self.outcome is Outcome.OURS

    @property
    def certificate_shown(self) -> str:
        """The fingerprint of the certificate as people compare it."""
        return in_groups(self.certificate)

    @property
    def tone(self) -> str:
        """The tone of its notice: yes, no, or wait for "cannot tell"."""
        if self.ours:
            return "yes" if self.unchanged else "no"
        return "no" if self.outcome is Outcome.NOT_OURS else "wait"


def verify(data: bytes, known_hashes: KnownHashes, seals: Sequence[KnownSeal]) -> Verdict:
    """The verdict about `data`; never raises for anything that `data` contains.

    `known_hashes` looks a file up among those handed out; `seals` are the certificates that ever
    sealed for us.
    """
    if len(data) > LARGEST:
        return _verdict(Outcome.TOO_LARGE, "")
    file_hash = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return _verdict(Outcome.EMPTY, file_hash)
    seal = _find_seal(data, seals)
    reference = known_hashes(file_hash)
    if reference is not None or (seal and seal.whole):
        return _verdict(
            Outcome.OURS,
            file_hash,
            reference=reference or "",
            certificate=seal.by.fingerprint if seal else "",
            sealed_at=seal.at if seal else None,
        )
    if seal:
        certificate = seal.by.fingerprint
        return _verdict(
            Outcome.CHANGED, file_hash, certificate=certificate, sealed_at=seal.at, added=True
        )
    if trace := _trace(data, seals):
        return _verdict(Outcome.CHANGED, file_hash, certificate=trace.fingerprint)
    return _verdict(_kind_of_stranger(data), file_hash)


@dataclass(frozen=True)
class _Seal:
    by: KnownSeal
    whole: bool  # covers the file to its last byte
    at: datetime | None


def _find_seal(data: bytes, seals: Sequence[KnownSeal]) -> _Seal | None:
    """A seal of ours that holds for the bytes it covers; the one over the whole file first."""
    found = None
    for number, match in enumerate(_BYTE_RANGE.finditer(data)):
        if number == _MANY:
            break
        try:
            seal = _check(data, *(int(group) for group in match.groups()), seals=seals)
        except Exception:  # noqa: S112  (whatever is wrong with it: it is not a seal that holds)
            continue
        if seal and seal.whole:
            return seal
        found = found or seal
    return found


def _check(
    data: bytes, end: int, start: int, length: int, *, seals: Sequence[KnownSeal]
) -> _Seal | None:
    """The seal whose value stands between `end` and `start`, if it is ours and holds."""
    # Half a second to load, and the web process hardly ever needs it.
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    hole = data[end:start]
    if start + length > len(data) or hole[:1] != b"<" or hole[-1:] != b">":
        return None
    content = bytes.fromhex(hole[1:-1].decode("ascii"))
    message = cms.ContentInfo.load(content)
    if content[len(message.dump()) :].strip(b"\0"):
        return None  # something hides behind the signature's value
    signer = extract_signer_info(message["content"])
    digest = hashlib.sha256(data[:end] + data[start : start + length]).digest()
    serial = signer["sid"].chosen["serial_number"].native
    shown = {certificate.chosen.dump() for certificate in message["content"]["certificates"]}
    for known in (known for known in seals if known.certificate.serial_number == serial):
        ders = [_der(known.certificate), _der(known.root)]
        intact, valid = validate_sig_integrity(
            signer, asn1_x509.Certificate.load(ders[0]), "data", digest
        )
        if intact and valid and shown == set(ders):
            whole = start + length == len(data)
            return _Seal(known, whole, _time_of(data[start : start + 4000]))
    return None


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _time_of(signed: bytes) -> datetime | None:
    """The time that the signature's own dictionary claims; it stands right behind the value."""
    moment = _MOMENT.search(signed)
    if moment is None:
        return None
    return datetime.strptime(moment[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _trace(data: bytes, seals: Sequence[KnownSeal]) -> KnownSeal | None:
    """The identity whose certificates still stand in the file although no seal holds."""
    lower = data.lower()
    for known in seals:
        for certificate in (known.certificate, known.root):
            point = certificate.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
            if point.hex().encode() in lower:
                return known
    return None


def _kind_of_stranger(data: bytes) -> Outcome:
    if b"%PDF-" not in data[:1024]:
        return Outcome.NOT_PDF
    if b"/Encrypt" in data:
        return Outcome.ENCRYPTED
    if _BYTE_RANGE.search(data):
        return Outcome.NOT_OURS
    return Outcome.NOT_SEALED


def _verdict(
    outcome: Outcome,
    file_hash: str,
    *,
    reference: str = "",
    certificate: str = "",
    sealed_at: datetime | None = None,
    added: bool = False,
) -> Verdict:
    sentence, advice = _words(outcome, added)
    return Verdict(outcome, sentence, advice, file_hash, reference, certificate, sealed_at)


def _words(outcome: Outcome, added: bool) -> tuple[str, str]:
    """What was found, and what to do about it."""
    ask = _("Ask the person who gave it to you for the file as it was downloaded from the portal.")
    nothing = _("You need to do nothing.")
    words = {
        Outcome.OURS: (_("This file was sealed by the portal and is unchanged."), nothing),
        Outcome.CHANGED: (
            _("This file was sealed by the portal, but something was added to it afterwards.")
            if added
            else _("This file was sealed by the portal, but it has been changed since."),
            _("Do not rely on it.") + " " + ask,
        ),
        Outcome.NOT_OURS: (
            _("This file carries a seal or signature, but not one of ours."),
            _("Do not take it for a document of the portal.") + " " + ask,
        ),
        Outcome.NOT_SEALED: (
            _("This file carries no seal of ours."),
            _("A printed, scanned or re-saved copy loses its seal.") + " " + ask,
        ),
        Outcome.ENCRYPTED: (
            _("This file is protected by a password and cannot be checked."),
            _("Our documents are never protected by a password.") + " " + ask,
        ),
        Outcome.NOT_PDF: (
            _("This is not a PDF file."),
            _("Choose the PDF itself, not a picture, a web page or a ZIP file around it."),
        ),
        Outcome.TOO_LARGE: (
            _("This file is larger than 10 MB and was not checked."),
            _("Our sealed documents are smaller.") + " " + ask,
        ),
        Outcome.EMPTY: (_("This file is empty."), _("Download it again, then try once more.")),
    }
    return words[outcome]
