"""A sealed letter is changed in a thousand ways: each of them is called changed."""

from __future__ import annotations

import hashlib
import io
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from foundation.documents import verification
from foundation.documents.keys import SealIdentity, new_identity
from foundation.documents.sealing import seal
from foundation.documents.verification import Outcome, Verdict, verify

MANY = 1_000
REFERENCE = "LTR-2026-7K3QXP"
Check = Callable[[bytes], Verdict]


@pytest.fixture
def known(sealed: bytes, identity: SealIdentity) -> Check:
    """The check of a portal that keeps the file."""
    ours = {hashlib.sha256(sealed).hexdigest(): REFERENCE}
    return lambda data: verify(data, ours.get, [identity])


@pytest.fixture
def unknown(identity: SealIdentity) -> Check:
    """The check of a portal whose database has lost the file: the seal alone."""
    return lambda data: verify(data, lambda file_hash: None, [identity])


def changes(data: bytes, many: int = MANY, seed: int = 20261125) -> list[tuple[int, bytes]]:
    """Return `many` copies of `data`, each with one other byte at another place, and the places."""
    chance = random.Random(seed)
    found = []
    for at in sorted(chance.sample(range(len(data)), many)):
        other = data[at] ^ chance.randrange(1, 256)
        found.append((at, data[:at] + bytes([other]) + data[at + 1 :]))
    return found


@cache
def hole_of(data: bytes) -> range:
    """Return where the signature's own value stands, which it cannot sign."""
    hole = re.search(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)", data)
    assert hole
    return range(int(hole[1]), int(hole[2]))


def is_signed(data: bytes, at: int) -> bool:
    """Tell whether the byte stands in the signed ranges."""
    return at not in hole_of(data)


# One byte


def test_untouched_file_is_unchanged_by_hash_and_by_seal(known, unknown, sealed):
    """Positive control of everything below."""
    assert known(sealed).unchanged and known(sealed).reference == REFERENCE
    assert unknown(sealed).unchanged and unknown(sealed).reference == ""


def test_each_of_a_thousand_changed_bytes_is_called_changed_by_the_hash(known, sealed):
    said = Counter(known(data).outcome for _at, data in changes(sealed))
    assert said == {Outcome.CHANGED: MANY}


def test_each_of_a_thousand_changed_bytes_is_called_changed_by_the_seal_alone(unknown, sealed):
    """Those inside the signed ranges by the signature; those in its value (7 bytes of 100 in this
    file) because nothing of it may be other than we write it."""
    said = Counter((is_signed(sealed, at), unknown(data).outcome) for at, data in changes(sealed))
    inside, outside = said[True, Outcome.CHANGED], said[False, Outcome.CHANGED]
    assert inside + outside == MANY
    assert 900 < inside < MANY and outside > 10, "both kinds were tried"


def test_no_byte_of_the_signatures_value_may_change(unknown, sealed):
    """Every second one is tried, so that each byte of the value loses one of its two digits."""
    places = hole_of(sealed)[::2]
    for at in places:
        data = sealed[:at] + bytes([sealed[at] ^ (1 if at % 4 < 2 else 32)]) + sealed[at + 1 :]
        assert unknown(data).outcome is Outcome.CHANGED, at
    assert len(places) > 2_000


def test_signature_alone_would_miss_some(unknown, sealed, monkeypatch):
    """Positive control: without the look at what nobody signs, changed bytes pass."""
    monkeypatch.setattr(verification, "_as_we_write_it", lambda *parts: True)
    places = hole_of(sealed)[::2]
    flipped = (sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in places)
    assert Counter(unknown(data).outcome for data in flipped)[Outcome.OURS] > 0


# Something added

ADDED = {
    "a line end": b"\n",
    "a NUL": b"\0",
    "a comment": b"\n% all of it is true",
    "an end of file": b"\n%%EOF\n",
    "4 kB of NUL": bytes(4096),
    "a web page": b"<script>alert(1)</script>",
}


@pytest.mark.parametrize("junk", ADDED.values(), ids=ADDED)
def test_appended_bytes_are_called_added(known, unknown, sealed, junk):
    for check in (known, unknown):
        verdict = check(sealed + junk)
        assert verdict.outcome is Outcome.CHANGED
        assert "added behind its end" in verdict.sentence


def _turned(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def _other_words(writer: IncrementalPdfFileWriter) -> None:
    """Another content behind the same page: the shadow attack."""
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (We withdraw it.) Tj ET")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)


def _note_on_top(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800))),
            pdf_name("/Contents"): generic.TextStringObject("Void."),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def _other_title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(
        generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("Another letter")})
    )


UPDATES = {
    "a page turned": _turned,
    "other words on the page": _other_words,
    "a note on top": _note_on_top,
    "another title": _other_title,
}


def updated(sealed: bytes, update: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return the file with a later revision behind it, as a PDF editor appends one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    update(writer)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(sealed) and len(out.getvalue()) > len(sealed) + 50
    return out.getvalue()


@pytest.mark.parametrize("update", UPDATES.values(), ids=UPDATES)
def test_later_revision_is_called_one(known, unknown, sealed, update):
    for check in (known, unknown):
        verdict = check(updated(sealed, update))
        assert verdict.outcome is Outcome.CHANGED
        assert "a later revision was added" in verdict.sentence


def test_strangers_seal_over_ours_is_called_a_revision(known, sealed, unsealed):
    """A second signature that covers the whole file, by somebody else, saves nothing."""
    stranger = seal(unsealed, new_identity("Test Portal"), "Sealed")
    tail = stranger[len(unsealed) :]
    assert known(sealed + tail).outcome is Outcome.CHANGED
    assert known(stranger).outcome is Outcome.NOT_OURS


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler is missing")
def test_pdfsig_calls_later_revisions_valid(sealed, run):
    """Positive control: these files would deceive who reads one line only of what pdfsig says."""
    for data in (sealed + b"\n% more", updated(sealed, _turned), updated(sealed, _note_on_top)):
        said = run(data, "pdfsig", "-nocert", "FILE")
        assert "Signature is Valid" in said
        assert "Not total document signed" in said
