"""The seal's identity: a key and its certificate under a root of our own, and every one ever used.

Files in one folder (setting SEAL_DIR, mode 0700):
    seal.pem            private key, certificate, root certificate (0600); replaced whole on rotation
    known/<sha256>.pem  certificate and root of every identity that ever sealed; public, never deleted
    lock                held while an identity is made

The root's private key is thrown away after it has signed its one certificate: nobody, not even we,
can make a second seal under the same root. Rotation therefore makes a new root.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS_VALID = 10


class UnsafeKeyFile(Exception):
    """The seal's key can be read by others than the portal's own user."""


class GivenFromOutside(Exception):
    """The seal's key is not ours to renew."""


class NoKey(Exception):
    """There is no seal identity yet, and none was to be made."""


@dataclass(frozen=True)
class KnownSeal:
    """The public half of an identity: its certificate, and the root above it."""

    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate (DER), 64 lower-case hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def root_fingerprint(self) -> str:
        """SHA-256 of the root certificate (DER), 64 lower-case hexadecimal digits."""
        return self.root.fingerprint(hashes.SHA256()).hex()

    def pem(self) -> bytes:
        """Both certificates, as people download them to check a seal without us."""
        encoding = serialization.Encoding.PEM
        return self.certificate.public_bytes(encoding) + self.root.public_bytes(encoding)


@dataclass(frozen=True)
class SealIdentity(KnownSeal):
    """A key that can seal. Its representation never shows the key."""

    key: ec.EllipticCurvePrivateKey

    def __repr__(self) -> str:
        return f"<SealIdentity {self.fingerprint[:16]}>"


class SealProvider(Protocol):
    """Where seals come from (setting SEAL_PROVIDER): files now, a bought eIDAS seal or a KMS later."""

    def identity(self) -> SealIdentity: ...

    def known(self) -> tuple[KnownSeal, ...]: ...

    def rotate(self) -> SealIdentity: ...


class FileSealProvider:
    """Keeps the identity as files in `folder`, made on first use.

    With `pem` (key, certificate and root, from the environment) that identity seals instead; the
    folder then holds public certificates only.
    """

    def __init__(self, folder: Path, organization: str, pem: str = "") -> None:
        self.folder = folder
        self.organization = organization
        self.pem = pem

    def identity(self) -> SealIdentity:
        """The identity that seals now; made once, under a lock, when there is none.

        Raises UnsafeKeyFile when others may read the key.
        """
        if self.pem:
            return self._given()
        path = self.folder / "seal.pem"
        if not path.exists():
            with self._locked():
                if not path.exists():
                    self._make()
        return load_identity(path)

    def known(self) -> tuple[KnownSeal, ...]:
        """Every identity that ever sealed, the present one included, by their certificates."""
        return known_seals(self.folder)

    def rotate(self) -> SealIdentity:
        """Make a new identity that seals from now on; the earlier ones stay known.

        Raises GivenFromOutside where the environment gives the identity: it is renewed there.
        """
        if self.pem:
            raise GivenFromOutside("The seal comes from SEAL_PEM: put a new one there.")
        with self._locked():
            return self._make()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> SealIdentity:
        identity = new_identity(self.organization)
        key = identity.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        # Known first: a seal must never be in use while the verify page does not know it.
        self._remember(identity)
        write_safely(self.folder / "seal.pem", key + identity.pem(), mode=0o600)
        return identity

    def _given(self) -> SealIdentity:
        identity = parse_identity(self.pem.encode())
        if not self._place_of(identity).exists():
            with self._locked():
                self._remember(identity)
        return identity

    def _remember(self, identity: SealIdentity) -> None:
        place = self._place_of(identity)
        place.parent.mkdir(mode=0o755, exist_ok=True)
        write_safely(place, identity.pem(), mode=0o644)

    def _place_of(self, identity: SealIdentity) -> Path:
        return self.folder / "known" / f"{identity.fingerprint}.pem"


def load_identity(path: Path) -> SealIdentity:
    """The identity in `path` (key, certificate, root as PEM).

    Raises NoKey when there is no such file and UnsafeKeyFile when others may read it.
    """
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NoKey(f"There is no seal key at {path.name}.") from error
    if mode & 0o077:
        raise UnsafeKeyFile(f"{path.name} can be read by others: set its mode to 0600.")
    return parse_identity(content)


def parse_identity(content: bytes) -> SealIdentity:
    """The identity in PEM `content`: key, certificate, root, in this order of certificates.

    Raises ValueError or TypeError when it is something else.
    """
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("The seal's key must be an elliptic-curve key.")
    certificate, root = x509.load_pem_x509_certificates(content)
    return SealIdentity(certificate=certificate, root=root, key=key)


def known_seals(folder: Path) -> tuple[KnownSeal, ...]:
    """All public certificates under `folder`/known, the oldest first."""

    def age(path: Path) -> tuple[datetime, int]:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        return certificate.not_valid_before_utc, path.stat().st_mtime_ns

    return tuple(
        KnownSeal(*x509.load_pem_x509_certificates(path.read_bytes()))
        for path in sorted((folder / "known").glob("*.pem"), key=age)
    )


def certificate_fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 fingerprint as people compare it: sixteen groups of four upper-case digits."""
    return in_groups(certificate.fingerprint(hashes.SHA256()).hex())


def in_groups(digits: str) -> str:
    """Hexadecimal digits in groups of four, in capitals."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4)).upper()


def new_identity(organization: str, now: datetime | None = None) -> SealIdentity:
    """A fresh key (EC P-256) with a certificate valid for ten years under a root of its own.

    `organization` is the name that readers show beside the seal. Nothing is stored.
    """
    start = (now or datetime.now(UTC)) - timedelta(minutes=5)
    root_key = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    root_name = _name(organization, f"{organization} – root of the seal {start:%Y}")
    root = _certificate(root_name, root_key, root_name, root_key, start, is_root=True)
    name = _name(organization, f"{organization} – seal of documents")
    certificate = _certificate(name, key, root_name, root_key, start, is_root=False)
    return SealIdentity(certificate=certificate, root=root, key=key)


def _name(organization: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime,
    *,
    is_root: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=round(365.25 * YEARS_VALID)))
        .add_extension(x509.BasicConstraints(is_root, 0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def write_safely(path: Path, content: bytes, *, mode: int) -> None:
    """Write `content` so that `path` is either as before or complete, also after a power cut."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
