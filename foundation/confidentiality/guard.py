"""The guard: a QuerySet that refuses to be read before somebody said for whom.

`visible_to(viewer)` says it with a viewer; `unguarded("why")` says it with a reason, for
uniqueness, validation and the system's own work. Reading before either raises `UnguardedRead`.
The methods that reach the database directly are listed in `READS`; everything else in Django
(get, first, in_bulk, iteration, len …) goes through one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Self

from django.db import models

from foundation.confidentiality.viewers import Viewer

READS = (
    "_fetch_all",
    "iterator",
    "aiterator",
    "count",
    "exists",
    "aggregate",
    "update",
    "delete",
    "explain",
    "contains",
    "in_bulk",
    "resolve_expression",  # as a list of values inside another query: its rows decide there
)
# Joins of two: open only when every side is (a union with an unopened one would leak through it).
JOINS = ("__or__", "__xor__", "__and__", "_combinator_query")

_open_by: ContextVar[str] = ContextVar("reading_unguarded", default="")


class UnguardedRead(RuntimeError):
    """A guarded model was read before `visible_to(viewer)` or `unguarded("why")`."""


@contextmanager
def reading_unguarded(why: str) -> Iterator[None]:
    """Lift the guard inside the block, for library code that reads by itself (validation)."""
    if not why:
        raise ValueError("Say why the guard is lifted.")
    token = _open_by.set(why)
    try:
        yield
    finally:
        _open_by.reset(token)


class GuardedQuerySet(models.QuerySet):
    """Base of the QuerySets of guarded models; a room's class implements `restrict`."""

    _opened = ""

    def restrict(self, viewer: Viewer) -> Self:
        """Return only what `viewer` may see. By EXISTS, without joins: it is counted and locked."""
        raise NotImplementedError

    def visible_to(self, viewer: Viewer) -> Self:
        """Return what `viewer` may see, open for reading."""
        restricted = self.restrict(viewer)
        restricted._opened = f"visible_to:{type(viewer).__name__}"
        return restricted

    def unguarded(self, why: str) -> Self:
        """Return everything, open for reading. `why` is for the reader of the code; never empty."""
        if not why:
            raise ValueError("Say why the guard is lifted.")
        clone = self._chain()  # type: ignore[attr-defined]
        clone._opened = f"unguarded:{why}"
        return clone

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, but only after `unguarded`: written SQL ignores what was restricted."""
        if not self._opened.startswith("unguarded:"):
            raise UnguardedRead(f'{self.model.__name__}.objects.raw: say unguarded("why") first.')
        return super().raw(*args, **kwargs)

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._opened = self._opened
        return clone


def _guarding(name: str) -> Any:
    """Return the QuerySet method `name` behind the guard."""
    original = getattr(models.QuerySet, name)

    @wraps(original)
    def method(self: GuardedQuerySet, *args: Any, **kwargs: Any) -> Any:
        if not self._opened and not _open_by.get() and not self.query.is_empty():
            raise UnguardedRead(
                f"{self.model.__name__}.objects.{name}: say visible_to(viewer) "
                'or unguarded("why") first.'
            )
        return original(self, *args, **kwargs)

    return method


def _joining(name: str) -> Any:
    """Return the QuerySet method `name`; its result is closed if one of its sides is."""
    original = getattr(models.QuerySet, name)

    @wraps(original)
    def method(self: GuardedQuerySet, *args: Any, **kwargs: Any) -> Any:
        sides = [self, *(arg for arg in args if isinstance(arg, GuardedQuerySet))]
        joined = original(self, *args, **kwargs)
        if not all(side._opened or side.query.is_empty() for side in sides):
            joined = joined._chain()  # Django may hand back one of the sides itself
            joined._opened = ""
        return joined

    return method


for _name in READS:
    setattr(GuardedQuerySet, _name, _guarding(_name))
for _name in JOINS:
    setattr(GuardedQuerySet, _name, _joining(_name))
# A template would call these by name; Django keeps them out of templates by this mark.
GuardedQuerySet.delete.alters_data = True  # type: ignore[attr-defined]
GuardedQuerySet.update.alters_data = True  # type: ignore[attr-defined]
