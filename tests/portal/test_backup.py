"""Backup and restore: what is refused, and one whole way into a second, empty cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import SignInSession, User
from foundation.audit import record
from foundation.audit.sealing import seal_pending
from foundation.confidentiality import SystemActor
from foundation.confidentiality.vault.keys import ring
from foundation.documents.provider import seal_provider
from foundation.documents.rendering import render_pdf
from foundation.documents.sealing import seal
from foundation.documents.sheets import Sheet
from launcher.servers import start_throwaway
from portal.operations import manifest as manifests
from portal.operations import pgtools
from portal.operations.backing_up import HEAD, MEDIA
from portal.operations.copying import human
from portal.operations.errors import OperationError
from tests.foundation.confidentiality.vault.keys import SECOND

BY = SystemActor("test")
ADDRESS, SECRET = "amina@portal.example", "a-long-enough-secret-7"
SIGN_IN = f"""
import django; django.setup()
from django.test import Client
from accounts.models import SignInSession
print(SignInSession.objects.count(), end=" old sessions, ")
client = Client()
client.post("/accounts/login/", {{"login": "{ADDRESS}", "password": "{SECRET}"}})
print("signed in" if "_auth_user_id" in client.session else "refused")
"""


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    """Return a folder with files, certificates and the head of the chain for this test alone."""
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    settings.SEAL_DIR = tmp_path / "var" / "keys" / "seal"
    settings.AUDIT_HEAD_FILE = tmp_path / "var" / "audit-head.json"
    for path, content in (
        (settings.MEDIA_ROOT / "evidence" / "ab" / "paper.pdf", b"%PDF" + os.urandom(3000)),
        (settings.MEDIA_ROOT / "documents" / "letter.pdf", b""),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    seal_provider().identity()
    return tmp_path


@pytest.fixture
def filled(transactional_db: None) -> None:
    """A person who can sign in, and a sealed log with one event that waits."""
    user = User.objects.create_user(ADDRESS, SECRET)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    Client().force_login(user)
    assert SignInSession.objects.count() == 1
    for number in range(5):
        record("letters.frozen", user, by=user, number=number)
    assert seal_pending() == 5
    record("letters.opened", user, by=user)


def sealed_letter() -> bytes:
    """Return a PDF of one page under the seal of this test."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Letter</title></head>'
        "<body><main><h1>Letter</h1><p>We write to you.</p></main></body></html>"
    )
    sheet = Sheet(html=html, language="en", title="Letter", created=datetime.now(UTC))
    return seal(render_pdf(sheet), seal_provider().identity(), "Sealed by a test")


def back_up(folder: Path) -> str:
    out = StringIO()
    call_command("backup", str(folder), stdout=out)
    return out.getvalue()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Elsewhere:
    """Another machine: an empty cluster, an empty folder, the same keys."""

    def __init__(self, url: str, var: Path) -> None:
        self.var = var
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "PORTAL_VAR": str(var),
            "SEAL_DIR": str(var / "keys" / "seal"),
            "MEDIA_ROOT": str(var / "media"),
            "AUDIT_HEAD_FILE": str(var / "audit-head.json"),
        }

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python with `words` there."""
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def manage(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py there."""
        return self.run("-m", "django", *words, **more)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    """Start a second cluster, empty."""
    servers = start_throwaway()
    try:
        yield Elsewhere(servers.database_url, tmp_path / "elsewhere")
    finally:
        servers.stop()


@pytest.mark.fault
@pytest.mark.usefixtures("filled")
def test_restore_into_an_empty_cluster_brings_everything_back(
    place: Path, elsewhere: Elsewhere, settings: Settings
) -> None:
    letter = Path(settings.MEDIA_ROOT) / "documents" / "sealed.pdf"
    letter.write_bytes(sealed_letter())
    folder = place / "backup"
    said = back_up(folder)
    assert "The keys are NOT in it" in said
    everything = b"".join(contents(folder).values())
    for name in ("SECRET_KEY", "AUDIT_KEY", "DATA_KEY", "BLIND_KEY"):
        assert getattr(settings, name).encode() not in everything
    for secret in (ring().newest.secret, ring().newest.line.partition(":")[2].encode()):
        assert secret not in everything
    assert b"PRIVATE KEY" in (Path(settings.SEAL_DIR) / "seal.pem").read_bytes()
    assert b"PRIVATE KEY" not in everything
    manifest = manifests.read(folder)
    assert manifest.head_position == 5

    other = elsewhere.manage("restore", str(folder), DATA_KEY="another-key-" + "x" * 40)
    assert other.returncode == 1
    assert "DATA_KEY here is" in other.stderr
    other = elsewhere.manage("restore", str(folder), VAULT_KEYS=SECOND)
    assert other.returncode == 1
    assert "The backup needs these keys of the vault: fortests." in other.stdout
    assert "VAULT_KEYS fortests here is missing" in other.stderr
    answer = elsewhere.manage("restore", str(folder))
    assert answer.returncode == 0, answer.stderr
    assert "The audit chain holds: 5 sealed events." in answer.stdout
    assert contents(elsewhere.var / "media") == contents(Path(settings.MEDIA_ROOT))
    # The key of the seal is not there, its certificate is: that is enough to verify.
    assert not (elsewhere.var / "keys" / "seal" / "seal.pem").exists()
    copy = elsewhere.var / "media" / "documents" / "sealed.pdf"
    assert elsewhere.manage("verify_pdf", str(copy)).returncode == 0
    copy.write_bytes(copy.read_bytes().replace(b"/Title", b"/Tytle", 1))
    assert elsewhere.manage("verify_pdf", str(copy)).returncode == 1  # the control
    copy.write_bytes(letter.read_bytes())

    verified = elsewhere.manage("verify_audit")
    assert verified.returncode == 0, verified.stderr
    assert "Waiting for their seal: 3" in verified.stdout  # with those of backup and restore
    assert elsewhere.manage("seal_audit", "--once").stdout == "Sealed: 3.\n"
    assert elsewhere.run("-c", SIGN_IN).stdout == "0 old sessions, signed in\n"
    wrong = elsewhere.run("-c", SIGN_IN.replace(SECRET, "not-the-secret"))
    assert wrong.stdout == "1 old sessions, refused\n"  # the control

    # A second time it is not empty any more, and its log is newer than the backup.
    again = elsewhere.manage("restore", str(folder))
    assert "positions ahead of the backup" in again.stderr
    again = elsewhere.manage("restore", str(folder), "--accept-loss")
    assert "Restore into an empty place" in again.stderr
    again = elsewhere.manage("restore", str(folder), "--accept-loss", "--force-empty")
    assert again.returncode == 0, again.stderr
    assert elsewhere.manage("verify_audit").returncode == 0
    (aside,) = elsewhere.var.glob("media.before-*")
    assert contents(aside) == contents(Path(settings.MEDIA_ROOT))


@pytest.mark.fault
@pytest.mark.usefixtures("filled")
def test_restore_of_a_backup_with_a_cut_log_says_so(place: Path, elsewhere: Elsewhere) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_event WHERE id = (SELECT max(event_id) FROM audit_seal)")
        cursor.execute("SET session_replication_role = origin")
    back_up(place / "backup")
    answer = elsewhere.manage("restore", str(place / "backup"))
    assert answer.returncode == 1
    assert "does NOT hold" in answer.stderr


def spoil_nothing(folder: Path) -> None:
    pass


def spoil_manifest(folder: Path) -> None:
    path = folder / manifests.NAME
    path.write_text(path.read_text()[:-40])


def lose_manifest(folder: Path) -> None:
    (folder / manifests.NAME).unlink()


def edit_manifest(folder: Path) -> None:
    path = folder / manifests.NAME
    values = json.loads(path.read_text())
    values["head_position"] = 4
    path.write_text(json.dumps(values))


def lead_outside(folder: Path) -> None:
    manifest = manifests.read(folder)
    manifest.files.append(manifests.Entry("media/../../secret", 1, "0"))
    manifests.write(folder, manifest)


def lose_a_file(folder: Path) -> None:
    next(path for path in (folder / MEDIA).rglob("*.pdf")).unlink()


def flip_a_byte(folder: Path) -> None:
    path = folder / "database.dump"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_the_head(folder: Path) -> None:
    (folder / HEAD).write_text("{}")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_nothing, "the database holds"),  # the control: all is well up to the last check
        (spoil_manifest, "cannot be read"),
        (lose_manifest, "no manifest.json"),
        (edit_manifest, "was changed or is damaged"),
        (lead_outside, "outside the backup"),
        (lose_a_file, "is missing"),
        (flip_a_byte, "database.dump is not as it was written"),
        (cut_the_head, "audit-head.json is not as it was written"),
    ],
)
def test_restore_of_a_broken_backup_touches_nothing(
    place: Path, settings: Settings, spoil: object, words: str
) -> None:
    folder = place / "backup"
    back_up(folder)
    before = contents(Path(settings.MEDIA_ROOT))
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(CommandError, match=words):
        call_command("restore", str(folder), stdout=StringIO())
    assert contents(Path(settings.MEDIA_ROOT)) == before
    assert User.objects.count() == 1


@pytest.mark.usefixtures("filled")
def test_backup_into_a_folder_that_is_not_empty_is_refused(place: Path) -> None:
    (place / "full").mkdir()
    (place / "full" / "file").touch()
    with pytest.raises(CommandError, match="not empty"):
        back_up(place / "full")
    with pytest.raises(CommandError, match="lies inside"):
        back_up(place / "var" / "media" / "backup")


@pytest.mark.usefixtures("filled")
def test_backup_of_files_with_the_keys_among_them_is_refused(
    place: Path, settings: Settings
) -> None:
    settings.VAULT_KEYS_FILE = Path(settings.MEDIA_ROOT) / "keys" / "vault-keys"
    with pytest.raises(CommandError, match="keys lie inside the files"):
        back_up(place / "backup")
    assert not (place / "backup" / manifests.NAME).exists()


@pytest.mark.usefixtures("filled")
def test_backup_of_a_link_is_refused_and_leaves_no_manifest(
    place: Path, settings: Settings
) -> None:
    (Path(settings.MEDIA_ROOT) / "link").symlink_to("/etc/passwd")
    with pytest.raises(CommandError, match="is a link"):
        back_up(place / "backup")
    assert not (place / "backup" / manifests.NAME).exists()


@pytest.mark.usefixtures("filled")
def test_backup_can_be_read_by_its_owner_only(place: Path) -> None:
    back_up(place / "backup")
    assert (place / "backup").stat().st_mode & 0o077 == 0
    assert all(
        path.stat().st_mode & 0o077 == 0
        for path in (place / "backup").rglob("*")
        if path.is_file() and path.name != manifests.NAME
    )


@pytest.mark.django_db
def test_tool_of_another_version_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    version = pgtools.server_version()
    assert str(version) in subprocess.check_output(
        [pgtools.find_tool("pg_dump"), "--version"], text=True
    )
    monkeypatch.setattr(pgtools, "server_version", lambda: version + 1)
    with pytest.raises(
        OperationError, match=f"is version {version}.*postgresql-client-{version + 1}"
    ):
        pgtools.find_tool("pg_dump")


@pytest.mark.django_db
def test_tool_that_fails_says_why_and_shows_no_password(settings: Settings) -> None:
    with pytest.raises(OperationError, match="pg_restore failed"):
        pgtools.run_tool("pg_restore", "/nowhere/at/all")


def test_sizes_are_words() -> None:
    assert [human(n) for n in (0, 999, 1000, 12_340_000, 5 * 10**12)] == [
        "0 bytes", "999 bytes", "1.0 kB", "12.3 MB", "5000.0 GB",
    ]  # fmt: skip
