"""What this package keeps of people, how long and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from foundation.documents.models import Document

register(
    "documents",
    Row(
        Document,
        (
            "kind",
            "source_type",
            "language",
            "content_hash",
            "file",
            "file_hash",
            "certificate",
            "failure",
            "last_error",
        ),
        _("as long as what it was made of"),
        _("the room of its source deletes row and file"),
        _("the same file is handed out to everyone, and recognized when it comes back"),
    ),
    Row(
        Document,
        ("requested_by",),
        _("as long as the account"),
        _("the link is emptied, the document stays"),
        _("the person who asked is told when it is ready"),
    ),
)
