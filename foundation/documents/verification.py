"""Is this file ours, and unchanged? A verdict, never an exception.

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

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from foundation.documents.keys import KnownSeal
from foundation.documents.verdicts import Outcome, Verdict, verdict

__all__ = ["LARGEST", "KnownHashes", "Outcome", "Verdict", "verify"]

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is looked at."""

KnownHashes = Callable[[str], str | None]
"""From the SHA-256 (64 hex digits) of a file to the reference it went out under; None: not ours."""

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_MOMENT = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})Z")
_REVISION = re.compile(rb"\bstartxref\b|\d\s+obj\b")
_MANY = 20  # signatures that are looked at; ours carry one


def verify(data: bytes, known_hashes: KnownHashes, seals: Sequence[KnownSeal]) -> Verdict:
    """The verdict about `data`; never raises for anything that `data` contains.

    `known_hashes` looks a file up among those handed out; `seals` are the certificates that ever
    sealed for us.
    """
    if len(data) > LARGEST:
        return verdict(Outcome.TOO_LARGE, "")
    file_hash = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return verdict(Outcome.EMPTY, file_hash)
    seal = _find_seal(data, seals)
    reference = known_hashes(file_hash)
    if reference is not None or (seal and seal.whole):
        return verdict(
            Outcome.OURS,
            file_hash,
            reference=reference or "",
            certificate=seal.by.fingerprint if seal else "",
            sealed_at=seal.at if seal else None,
        )
    if seal:
        certificate = seal.by.fingerprint
        return verdict(
            Outcome.CHANGED,
            file_hash,
            certificate=certificate,
            sealed_at=seal.at,
            added="revision" if seal.revised else "bytes",
        )
    if trace := _trace(data, seals):
        return verdict(Outcome.CHANGED, file_hash, certificate=trace.fingerprint)
    return verdict(_kind_of_stranger(data), file_hash)


@dataclass(frozen=True)
class _Seal:
    by: KnownSeal
    whole: bool  # covers the file to its last byte
    revised: bool  # what stands behind it reads like a later revision of the file
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
    if hole[1:-1] not in (hole[1:-1].upper(), hole[1:-1].lower()):
        return None  # the same value in mixed letters: not written by us
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
        if intact and valid and shown == set(ders) and _as_we_write_it(message, signer, known):
            behind = data[start + length :]
            revised = _REVISION.search(behind) is not None
            return _Seal(known, not behind, revised, _time_of(data[start : start + 4000]))
    return None


def _as_we_write_it(message: cms.ContentInfo, signer: cms.SignerInfo, known: KnownSeal) -> bool:
    """Whether also those bytes of the signature that nobody signs (version numbers, names of
    algorithms) are the ones that we write, so that no byte of a sealed file can change unseen.

    Left open is an embedded timestamp, which its own service signs.
    """
    certificate = asn1_x509.Certificate.load(_der(known.certificate))
    digest = {"algorithm": "sha256"}
    sid = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    parts = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", sid),
        "digest_algorithm": digest,
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": signer["signature"],
    }
    if signer["unsigned_attrs"]:
        parts["unsigned_attrs"] = signer["unsigned_attrs"]
    content = {
        "version": "v1",
        "digest_algorithms": [digest],
        "encap_content_info": {"content_type": "data"},
        "certificates": message["content"]["certificates"],
        "signer_infos": [cms.SignerInfo(parts)],
    }
    ours = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
    return bool(ours.dump() == message.dump())


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
