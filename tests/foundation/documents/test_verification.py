"""Every kind of file that a person may bring to the verify page."""

import hashlib
import io
import random
import re
import zlib

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from foundation.documents.keys import SealIdentity, new_identity
from foundation.documents.sealing import seal
from foundation.documents.verification import LARGEST, Outcome, Verdict, verify


def nothing_known(file_hash: str) -> str | None:
    return None


@pytest.fixture
def check(identity: SealIdentity):
    def check(data: bytes) -> Verdict:
        return verify(data, nothing_known, [new_identity("Earlier"), identity])

    return check


def test_sealed_file_is_ours_and_unchanged(check, sealed, identity):
    verdict = check(sealed)
    assert verdict.ours and verdict.unchanged
    assert verdict.certificate == identity.fingerprint
    assert verdict.sealed_at is not None
    assert verdict.file_hash == hashlib.sha256(sealed).hexdigest()


def test_known_hash_is_ours_with_its_reference(unsealed, identity):
    expected = hashlib.sha256(unsealed).hexdigest()
    verdict = verify(unsealed, {expected: "LTR-2026-7K3QXP"}.get, [identity])
    assert verdict.unchanged
    assert verdict.reference == "LTR-2026-7K3QXP"


def test_pyhanko_and_pdfsig_agree_about_the_sealed_file(sealed, identity, run):
    signature = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    root = asn1_x509.Certificate.load(identity.root.public_bytes(serialization.Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    said = run(sealed, "pdfsig", "-nocert", "FILE")
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_flipped_byte_in_the_signed_range_is_changed_and_pdfsig_says_so(check, sealed, run):
    at = sealed.index(b"stream") + 40
    flipped = flip(sealed, at)
    assert check(flipped).outcome is Outcome.CHANGED
    assert "Digest Mismatch" in run(flipped, "pdfsig", "-nocert", "FILE")


def test_flips_all_over_the_file_are_never_called_unchanged(check, sealed):
    start, end = value_of_the_signature(sealed)
    chosen = random.Random(7).sample([*range(start), *range(end, len(sealed))], 400)
    for at in chosen:
        assert check(flip(sealed, at)).outcome is Outcome.CHANGED, at


def test_flips_in_the_signatures_value_are_seen_where_they_matter(check, sealed):
    """A few bytes there (version numbers, names of algorithms) are signed by nobody."""
    start, end = value_of_the_signature(sealed)
    outcomes = [check(flip(sealed, at)).outcome for at in range(start + 1, end - 1, 3)]
    assert set(outcomes) <= {Outcome.CHANGED, Outcome.OURS}
    assert outcomes.count(Outcome.OURS) < len(outcomes) * 0.1
    padding = [check(flip(sealed, at)).outcome for at in range(end - 40, end - 1)]
    assert set(padding) == {Outcome.CHANGED}


def value_of_the_signature(data: bytes) -> tuple[int, int]:
    hole = re.search(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)", data)
    return int(hole[1]), int(hole[2])


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_appended_bytes_are_called_added(check, sealed):
    verdict = check(sealed + b"\n% more")
    assert verdict.outcome is Outcome.CHANGED
    assert "added" in verdict.sentence


def test_later_revision_is_called_added(check, sealed):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Lang"]
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = page["/TrimBox"][0]
    writer.update_container(page)
    later = io.BytesIO()
    writer.write(later)
    verdict = check(later.getvalue())
    assert later.getvalue().startswith(sealed) and len(later.getvalue()) > len(sealed)
    assert verdict.outcome is Outcome.CHANGED
    assert "added" in verdict.sentence


def test_cut_file_is_changed_or_without_seal(check, sealed):
    assert check(sealed[:-100]).outcome is Outcome.CHANGED
    assert check(sealed[: len(sealed) // 3]).outcome is Outcome.NOT_SEALED


def test_seal_of_a_stranger_with_our_name_is_not_ours(check, unsealed):
    verdict = check(seal(unsealed, new_identity("Test Portal"), "Sealed copy"))
    assert verdict.outcome is Outcome.NOT_OURS
    assert not verdict.ours


def test_resaved_file_loses_its_seal(check, unsealed, sealed):
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.save(again)
    assert not check(again.getvalue()).unchanged
    assert check(unsealed).outcome is Outcome.NOT_SEALED


def test_encrypted_file_is_named_so(check, unsealed):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(unsealed)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert check(locked.getvalue()).outcome is Outcome.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"", Outcome.EMPTY),
        (b" \n", Outcome.EMPTY),
        (b"Hello", Outcome.NOT_PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Outcome.NOT_PDF),
        (bytes(range(256)) * 40, Outcome.NOT_PDF),
        (b"%PDF-1.7\n", Outcome.NOT_SEALED),
        (b"%PDF-1.7\n/ByteRange [0 4 8 900]", Outcome.NOT_OURS),
        (b"%PDF-1.7\n/ByteRange [0 999999999 999999999 999999999]", Outcome.NOT_OURS),
        (b"%PDF-1.7\n/ByteRange [0 9 11 30]<>", Outcome.NOT_OURS),
        (b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]\n" * 50_000, Outcome.NOT_OURS),
        (b"%PDF-1.7\n" + zlib.compress(bytes(9_000_000)), Outcome.NOT_SEALED),
        (b"%PDF-1.7\n" + bytes(LARGEST), Outcome.TOO_LARGE),
    ],
)
def test_garbage_gets_a_sentence_and_advice(check, data, outcome):
    verdict = check(data)
    assert verdict.outcome is outcome
    assert verdict.sentence.endswith(".") and verdict.advice.endswith(".")


def test_random_bytes_never_raise(check):
    chance = random.Random(11)
    for _ in range(200):
        check(b"%PDF-1.7\n" + chance.randbytes(300) + b"/ByteRange [0 20 60 100]<30")


def test_rotation_keeps_earlier_seals_valid(sealed, identity):
    later = new_identity("Test Portal")
    assert verify(sealed, nothing_known, [identity, later]).unchanged
    assert not verify(sealed, nothing_known, [later]).ours
