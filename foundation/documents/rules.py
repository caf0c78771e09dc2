"""Who counts as what towards a document."""

from typing import Any

from foundation.confidentiality import SystemActor
from foundation.documents.models import Document
from foundation.documents.transitions import MACHINE


@MACHINE.roles
def roles_of(user: Any, document: Document) -> set[str]:
    """ "system" for parts of the system, "reader" for everyone who may see the document."""
    if isinstance(user, SystemActor):
        return {"system"}
    if Document.objects.visible_to(user).filter(pk=document.pk).exists():
        return {"reader"}
    return set()
