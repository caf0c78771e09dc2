"""What the check of a file found, in words that a person can act on."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext as _

from foundation.documents.keys import in_groups


class Outcome(Enum):
    """What a check found."""

    OURS = "ours"
    CHANGED = "changed"
    NOT_OURS = "not_ours"
    NOT_SEALED = "not_sealed"
    ENCRYPTED = "encrypted"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


@dataclass(frozen=True)
class Verdict:
    """The answer about one file.

    `ours`: it carries our seal or traces of it; `unchanged`: and is as we sealed it. `reference` is
    known for files that we still keep; `certificate` is the fingerprint (64 hex digits) of the
    certificate that sealed it; `sealed_at` is the time that the seal itself claims.
    """

    outcome: Outcome
    sentence: str
    advice: str
    file_hash: str
    reference: str = ""
    certificate: str = ""
    sealed_at: datetime | None = None

    @property
    def ours(self) -> bool:
        return self.outcome in (Outcome.OURS, Outcome.CHANGED)

    @property
    def unchanged(self) -> bool:
        return self.outcome is Outcome.OURS

    @property
    def certificate_shown(self) -> str:
        """The fingerprint of the certificate as people compare it."""
        return in_groups(self.certificate)

    @property
    def tone(self) -> str:
        """The tone of its notice: yes, no, or wait for "cannot tell"."""
        if self.ours:
            return "yes" if self.unchanged else "no"
        return "no" if self.outcome is Outcome.NOT_OURS else "wait"


def verdict(
    outcome: Outcome,
    file_hash: str,
    *,
    reference: str = "",
    certificate: str = "",
    sealed_at: datetime | None = None,
    added: str = "",
) -> Verdict:
    """Return the verdict with its words; `added` is "bytes" or "revision" where something stands
    behind what was sealed."""
    sentence, advice = _words(outcome, added)
    return Verdict(outcome, sentence, advice, file_hash, reference, certificate, sealed_at)


def _words(outcome: Outcome, added: str) -> tuple[str, str]:
    """What was found, and what to do about it."""
    ask = _("Ask the person who gave it to you for the file as it was downloaded from the portal.")
    nothing = _("You need to do nothing.")
    words = {
        Outcome.OURS: (_("This file was sealed by the portal and is unchanged."), nothing),
        Outcome.CHANGED: (
            _changed(added),
            _("Do not rely on it.") + " " + ask,
        ),
        Outcome.NOT_OURS: (
            _("This file carries a seal or signature, but not one of ours."),
            _("Do not take it for a document of the portal.") + " " + ask,
        ),
        Outcome.NOT_SEALED: (
            _("This file carries no seal of ours."),
            _("A printed, scanned or re-saved copy loses its seal.") + " " + ask,
        ),
        Outcome.ENCRYPTED: (
            _("This file is protected by a password and cannot be checked."),
            _("Our documents are never protected by a password.") + " " + ask,
        ),
        Outcome.NOT_PDF: (
            _("This is not a PDF file."),
            _("Choose the PDF itself, not a picture, a web page or a ZIP file around it."),
        ),
        Outcome.TOO_LARGE: (
            _("This file is larger than 10 MB and was not checked."),
            _("Our sealed documents are smaller.") + " " + ask,
        ),
        Outcome.EMPTY: (_("This file is empty."), _("Download it again, then try once more.")),
    }
    return words[outcome]


def _changed(added: str) -> str:
    """How a file of ours was changed; `added`: "bytes", "revision", or "" for a change inside."""
    if added == "revision":
        return _(
            "This file was sealed by the portal, but a later revision was added to it: what it "
            "shows may no longer be what was sealed."
        )
    if added:
        return _(
            "This file was sealed by the portal, but something was added behind its end afterwards."
        )
    return _("This file was sealed by the portal, but it has been changed since.")
