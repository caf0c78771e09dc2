"""Where finished files lie: random names, outside the web root, for the portal's own eyes (0600).

A document that everyone may read lies there as it is. One for fewer readers lies in a box of the
vault, bound to its row: the folder, or a backup of it, shows nothing of it without the keys.
"""

import hashlib
import logging
import secrets
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from foundation.confidentiality import Level, vault
from foundation.confidentiality.vault.boxes import is_box
from foundation.documents.keys import write_safely
from foundation.documents.models import Document

logger = logging.getLogger(__name__)


TABLE = Document._meta.db_table


class Damaged(Exception):
    """The stored file is missing, or is not the one that was put away."""


def folder() -> Path:
    """The store, made on first use with mode 0700."""
    path = Path(settings.MEDIA_ROOT) / "documents"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def put(data: bytes, document: Document) -> str:
    """Store `data` whole or not at all, also in a power cut; gives its name. OSError: disk full."""
    name = f"{secrets.token_hex(16)}.{'box' if is_protected(document) else 'pdf'}"
    (folder() / name[:2]).mkdir(mode=0o700, exist_ok=True)
    write_safely(path_of(name), _closed(data, document), mode=0o600)
    return name


def read(document: Document) -> bytes:
    """The bytes of a ready document. Raises Damaged when they are not what was put away."""
    try:
        data = path_of(document.file).read_bytes()
    except FileNotFoundError as error:
        raise Damaged("missing") from error
    if is_protected(document):
        data = _opened(data, document)
    if hashlib.sha256(data).hexdigest() != document.file_hash:
        raise Damaged("changed")
    return data


def is_protected(document: Document) -> bool:
    """Tell whether its file lies in a box: whenever not everyone may read it."""
    return document.level > Level.PUBLIC


def close_anew(document: Document) -> None:
    """Put the file of a protected document into a box under the newest key, in place. The caller
    holds the row's lock. Raises Damaged."""
    write_safely(path_of(document.file), _closed(read(document), document), mode=0o600)


def _closed(data: bytes, document: Document) -> bytes:
    if not is_protected(document):
        return data
    return vault.encrypt(data, table=TABLE, column="file", row=document.pk)


def _opened(data: bytes, document: Document) -> bytes:
    """What lies in the box; what was put away before there were boxes is as it is."""
    if not is_box(data):
        return data
    try:
        return vault.decrypt(data, table=TABLE, column="file", row=document.pk)
    except vault.UnknownKey as error:
        logger.error("The file of %s cannot be opened. %s", document, error)
        raise Damaged("key") from error
    except vault.Sealed as error:
        raise Damaged("changed") from error


def remove(name: str) -> None:
    """Forget a file that nobody refers to."""
    path_of(name).unlink(missing_ok=True)


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove files to which no row refers, half-written ones included; gives how many.

    A file lies without its row for a moment while it is put away, hence the age. What a killed
    worker left behind is found here.
    """
    oldest = time.time() - older_than.total_seconds()
    kept = set(
        Document.objects.unguarded("files are compared, nobody reads")
        .exclude(file="")
        .values_list("file", flat=True)
    )
    orphans = [
        path
        for path in folder().rglob("*")
        if path.is_file() and path.name not in kept and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def path_of(name: str) -> Path:
    """Where the file of that name lies."""
    return folder() / name[:2] / Path(name).name
