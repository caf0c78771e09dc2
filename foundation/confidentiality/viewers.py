"""Who looks or acts: a person, an audience, a named part of the system, a protected name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from foundation.confidentiality.levels import Level


@dataclass(frozen=True)
class Audience:
    """The readers of a document or a feed: everyone who may read up to `level`."""

    level: Level

    def __str__(self) -> str:
        return f"audience:{self.level.name.lower()}"


@dataclass(frozen=True)
class SystemActor:
    """A part of the system that acts by itself, for example `SystemActor("relay")`."""

    name: str

    def __str__(self) -> str:
        return f"system:{self.name}"


@dataclass(frozen=True)
class Pseudonym:
    """Somebody who acted and whose name is protected: `Pseudonym(uuid4())`, drawn for each act.

    It stands in the log in place of a person and leads to nobody. It sees what everyone sees.
    """

    id: UUID

    def __str__(self) -> str:
        return f"pseudonym:{self.id}"


Viewer: TypeAlias = AbstractBaseUser | AnonymousUser | Audience | SystemActor | Pseudonym


def person(viewer: Viewer) -> Any | None:
    """Return the signed-in, active user behind `viewer`, or None for anyone and anything else."""
    if isinstance(viewer, Audience | SystemActor | Pseudonym):
        return None
    return viewer if viewer.is_authenticated and viewer.is_active else None
