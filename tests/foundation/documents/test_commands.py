"""The operators' commands about seals."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.documents.keys import certificate_fingerprint
from foundation.documents.provider import seal_provider
from foundation.documents.sealing import seal

pytestmark = pytest.mark.django_db


def said(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def test_make_keys_makes_them_once(note):
    first = said("make_keys")
    assert certificate_fingerprint(seal_provider().identity().certificate) in first
    assert said("make_keys") == first


def test_make_keys_rotates_on_demand(note):
    first = said("make_keys")
    assert said("make_keys", "--rotate") != first
    assert len(seal_provider().known()) == 2


def test_verify_pdf_of_ours_says_so_and_ends_with_0(note, unsealed, tmp_path):
    path = tmp_path / "ours.pdf"
    path.write_bytes(seal(unsealed, seal_provider().identity(), "Sealed"))
    assert "is unchanged." in said("verify_pdf", str(path))


@pytest.mark.parametrize("change", [b"\n", b"% more"])
def test_verify_pdf_of_a_changed_file_ends_with_1(note, unsealed, tmp_path, change, capsys):
    path = tmp_path / "changed.pdf"
    path.write_bytes(seal(unsealed, seal_provider().identity(), "Sealed") + change)
    with pytest.raises(SystemExit) as end:
        call_command("verify_pdf", str(path))
    assert end.value.code == 1
    assert "something was added" in capsys.readouterr().out


def test_verify_pdf_of_a_missing_file_says_so(note, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_pdf", str(tmp_path / "nothing.pdf"))
