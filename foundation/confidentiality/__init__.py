"""Who may see what. The only spelling of it: `Model.objects.visible_to(viewer)`."""

from foundation.confidentiality.guard import UnguardedRead, reading_unguarded
from foundation.confidentiality.levels import Level
from foundation.confidentiality.viewers import Audience, Pseudonym, SystemActor, Viewer, person

__all__ = [
    "Audience",
    "Level",
    "Pseudonym",
    "SystemActor",
    "UnguardedRead",
    "Viewer",
    "person",
    "reading_unguarded",
]
