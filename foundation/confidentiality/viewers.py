"""Who looks: a person, the audience of a document, or a named part of the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

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


Viewer: TypeAlias = AbstractBaseUser | AnonymousUser | Audience | SystemActor


def person(viewer: Viewer) -> Any | None:
    """Return the signed-in, active user behind `viewer`, or None for anyone and anything else."""
    if isinstance(viewer, Audience | SystemActor):
        return None
    return viewer if viewer.is_authenticated and viewer.is_active else None
