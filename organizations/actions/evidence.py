"""Papers: added cleaned, taken back, never shown to anyone but the owners and the Office."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from organizations.actions.parts import lock
from organizations.enums import RegistrationState as S
from organizations.models import EvidenceFile, Registration
from organizations.rules import is_member
from organizations.transitions import EDITABLE_STATES
from organizations.uploads import NotTaken, clean

MOST_FILES = 12


def add_evidence(*, registration: Registration, title: str, data: bytes, by: Any) -> EvidenceFile:
    """Clean `data` (the bytes of a file) and keep it with the entry; return its row.

    At most settings.UPLOAD_LIMIT bytes and MOST_FILES papers an entry. Raises Refused with the
    reason; then no file lies about.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        raise Refused(_("The file is larger than 10 MB. Nothing was kept."))
    try:
        cleaned = clean(data)  # outside the transaction: it takes a moment, and no lock waits
    except NotTaken as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        entry = lock(registration)
        _may_change(entry, by)
        present = EvidenceFile.objects.unguarded("how many there are").about(entry).present()
        same = present.filter(sha256=cleaned.sha256).first()
        if same:
            return same
        if present.count() >= MOST_FILES:
            raise Refused(_("There are twelve papers already. Take one back first."))
        paper = EvidenceFile(
            **{entry.column: entry},
            title=title,
            kind=cleaned.kind,
            size=len(cleaned.data),
            sha256=cleaned.sha256,
            uploaded_by=by,
        )
        paper.file.save("", ContentFile(cleaned.data), save=False)
        try:
            paper.save()
            record("organizations.evidence_added", paper, by=by, kind=paper.kind, size=paper.size)
        except BaseException:
            paper.file.delete(save=False)  # no row, no file
            raise
        return paper


@transaction.atomic
def remove_evidence(*, paper: EvidenceFile, by: Any) -> None:
    """Take a paper back while the entry may be edited. The Office no longer sees it."""
    entry = lock(paper.registration)
    _may_change(entry, by)
    paper = lock(paper)
    if paper.removed_at:
        return
    paper.removed_at = timezone.now()
    paper.save(update_fields=["removed_at"])
    record("organizations.evidence_removed", paper, by=by)


def _may_change(entry: Registration, by: Any) -> None:
    if not is_member(by, entry):
        raise NotYours(_("Only its members may do this."))
    if entry.state not in (*EDITABLE_STATES, S.SUBMITTED, S.REFUSED, S.APPEALED):
        raise WrongState(_("Papers are not taken now."))
