"""The page that tells how to check a letter without us: its commands are run, with others' tools."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from foundation.documents import store
from foundation.documents.provider import seal_provider
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import seal
from letters.models import ListVersion
from tests.foundation.documents.letters import letter as sheet
from tests.letters.test_withdrawing import make_signed, public_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pdfsig", "openssl", "sha256sum"))), reason="tools are missing"
    ),
]


@pytest.fixture(scope="module")
def unsealed() -> bytes:
    return render_pdf(sheet("en"))


@pytest.fixture
def page(settings, tmp_path) -> str:
    settings.SEAL_DIR = tmp_path / "seal"
    seal_provider().identity()
    return Client().get(reverse("letters:without_us")).content.decode()


@pytest.fixture
def folder(page, tmp_path, unsealed) -> Path:
    """A folder with letter.pdf and seal.pem, as a person has it."""
    place = tmp_path / "work"
    place.mkdir()
    identity = seal_provider().identity()
    (place / "letter.pdf").write_bytes(seal(unsealed, identity, "Sealed"))
    link = re.search(r'href="(/verify/certificates/[^"]+)"', page)
    assert link
    (place / "seal.pem").write_bytes(Client().get(link[1]).content)
    return place


@pytest.fixture
def run(page, folder) -> Callable[[str], str]:
    """Run a command that stands on the page, word for word; gives all that it says."""

    def run_it(command: str) -> str:
        assert command in html.unescape(re.sub(r"</?code[^>]*>", "", page)), command
        done = subprocess.run(  # noqa: S602  (the command of our own page)
            command, shell=True, cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout + done.stderr

    return run_it


def code(page: str, name: str) -> str:
    """Return what stands in the code of that id."""
    found = re.search(rf'<code dir="ltr" id="{name}">(.*?)</code>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_page_opens_for_everyone_without_a_cookie():
    answer = Client().get(reverse("letters:without_us"))
    assert answer.status_code == 200 and not answer.cookies


def test_pdfsig_says_both_lines_of_a_sealed_letter(page, run):
    said = run("pdfsig -nocert letter.pdf")
    for line in ("Total document signed", "Signature Validation: Signature is Valid."):
        assert line in said and f'<code dir="ltr">{line}</code>' in page
    assert said.count("Signature #") == 1


def test_pdfsig_says_the_other_lines_of_changed_letters(page, run, folder, unsealed):
    sealed = (folder / "letter.pdf").read_bytes()
    flipped = sealed[:900] + bytes([sealed[900] ^ 1]) + sealed[901:]
    for data, line in (
        (flipped, "Digest Mismatch."),
        (sealed + b"\n% more", "Not total document signed"),
        (unsealed, "does not contain any signatures"),
    ):
        (folder / "letter.pdf").write_bytes(data)
        assert line in run("pdfsig -nocert letter.pdf") and f'<code dir="ltr">{line}</code>' in page


def test_certificates_in_the_letter_are_the_two_that_were_downloaded(run, folder):
    shown = run("openssl x509 -in seal.pem -noout -fingerprint -sha256")
    assert shown.strip().rpartition("=")[2].replace(":", "").lower() == (
        seal_provider().identity().fingerprint
    )
    run("pdfsig -nocert -dump letter.pdf")
    printed = run("openssl pkcs7 -inform DER -in letter.pdf.sig0 -print_certs")
    assert certificates(printed) == certificates((folder / "seal.pem").read_text())


def certificates(text: str) -> list[str]:
    return sorted(re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END", text, re.DOTALL))


def test_openssl_alone_checks_the_seal_and_finds_a_change(page, run, folder):
    run("pdfsig -nocert -dump letter.pdf")
    assert run(code(page, "signed-bytes")) == ""
    assert "CMS Verification successful" in run(code(page, "cms-verify"))
    signed = bytearray((folder / "signed.bin").read_bytes())
    signed[700] ^= 1
    (folder / "signed.bin").write_bytes(signed)
    assert "CMS Verification successful" not in run(code(page, "cms-verify"))
    (folder / "letter.pdf").write_bytes((folder / "letter.pdf").read_bytes() + b"more")
    assert "something was added" in run(code(page, "signed-bytes"))


@pytest.mark.parametrize("tool", ["with-python", "with-jq"])
@pytest.mark.parametrize("what", ["example-text", "example-list"])
def test_anyone_computes_the_fingerprints_of_the_examples(page, run, folder, tool, what):
    if tool == "with-jq" and not shutil.which("jq"):
        pytest.skip("jq is missing")
    (folder / "text.json").write_text(code(page, what), encoding="utf-8")
    expected = code(page, {"example-text": "example-hash"}.get(what, "example-list-hash"))
    assert run(code(page, tool)).split()[0] == expected


def test_attached_text_and_list_have_the_fingerprints_of_the_letter(run, folder):
    letter, _name, _user = make_signed()
    (folder / "letter.pdf").write_bytes(store.read(public_file(letter)))
    run("pdfdetach -saveall letter.pdf")
    text, names = run("sha256sum text.json signatories.json").splitlines()
    assert text.split()[0] == letter.frozen.sha256
    assert names.split()[0] == ListVersion.objects.unguarded("test").get(letter=letter).sha256


def test_sha256sum_of_the_file_is_its_fingerprint(run, folder):
    import hashlib

    expected = hashlib.sha256((folder / "letter.pdf").read_bytes()).hexdigest()
    assert run("sha256sum letter.pdf").startswith(expected)
