"""The kinds of documents. A room describes its kinds and registers them; we know none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from foundation.confidentiality import Level, Viewer
from foundation.documents.sheets import Sheet

if TYPE_CHECKING:
    from foundation.documents.models import Document
    from foundation.documents.querysets import DocumentQuerySet


class Changed(LookupError):
    """What a document was to be made of is not what it was when the document was asked for."""


class DocumentKind:
    """One kind of document, for example "letters.signed". A room subclasses and registers it."""

    name: str = ""
    seals: bool = True

    def restrict(self, queryset: DocumentQuerySet, viewer: Viewer) -> DocumentQuerySet:
        """`queryset` (documents of this kind) cut down to what `viewer` may see, by EXISTS."""
        raise NotImplementedError

    def level(self, source: Any) -> Level:
        """Who may read a document made of `source`."""
        raise NotImplementedError

    def content_hash(self, source: Any, language: str) -> str:
        """64 hexadecimal digits that change whenever the document of `source` would. The row keeps
        a keyed mark of them where not everyone may read it: compare with `document.holds`."""
        raise NotImplementedError

    def sheet(self, document: Document) -> Sheet:
        """What is to be rendered; called in a worker. Raises LookupError if the source is gone,
        Changed where it would no longer be what was asked for."""
        raise NotImplementedError

    def filename(self, document: Document) -> str:
        """The name under which the file is downloaded, with its ending."""
        raise NotImplementedError

    def title(self, document: Document) -> str:
        """What the document is called on its progress page, for those who may see it."""
        return _("Document")

    def reference(self, document: Document) -> str:
        """What the verify page calls a file that it recognizes; told to whoever has the file."""
        return ""

    def reason(self, document: Document) -> str:
        """The sentence that PDF readers show beside the seal. Names no person."""
        return _("Sealed by the portal")

    def back_url(self, document: Document) -> str:
        """Where the reader came from; "" for nowhere."""
        return ""


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: DocumentKind) -> DocumentKind:
    """Make `kind` known; one of the same name is replaced. Call in AppConfig.ready()."""
    if not kind.name:
        raise ValueError("A kind of documents needs a name.")
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> DocumentKind:
    """The registered kind; KeyError if there is none."""
    return _kinds[name]


def kinds() -> tuple[DocumentKind, ...]:
    """All registered kinds."""
    return tuple(_kinds.values())
