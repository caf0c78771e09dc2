"""What is kept of people, how long and why: each room's table, and a check that it is complete.

A room writes `register(Row(Model, fields, kept, then, why), …)` in its retention.py. The check
asks that every field of the room's models which may hold something personal (text, addresses,
files, links to a person) stands in a row, so that nobody can add one without saying its law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.checks import Error
from django.core.checks import register as register_check
from django.db import models

MAY_BE_PERSONAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
)


@dataclass(frozen=True)
class Row:
    """One row of the table: which fields of a model are kept how long, what then, and why."""

    model: type[models.Model]
    fields: tuple[str, ...]
    kept: Any
    then: Any
    why: Any


_rows: list[Row] = []
_rooms: set[str] = set()


def register(room: str, *rows: Row) -> None:
    """Add a room's rows; from then on the check asks that its table is complete."""
    _rooms.add(room)
    _rows.extend(row for row in rows if row not in _rows)


def table() -> tuple[Row, ...]:
    """Return all rows, in the order in which the rooms registered them."""
    return tuple(_rows)


def missing() -> Iterator[tuple[type[models.Model], str]]:
    """Yield (model, field name) for each field that may be personal and stands in no row."""
    for room in sorted(_rooms):
        for model in apps.get_app_config(room).get_models():
            told = {name for row in _rows if row.model is model for name in row.fields}
            for item in model._meta.get_fields():
                if _may_be_personal(item) and item.name not in told:
                    yield model, item.name


def _may_be_personal(item: Any) -> bool:
    """Free text, files and links to people; not choices, codes, numbers and dates."""
    if item.auto_created or not item.concrete:
        return False
    if isinstance(item, models.ForeignKey | models.ManyToManyField):
        return item.related_model is get_user_model()
    return isinstance(item, MAY_BE_PERSONAL) and not item.choices


@register_check()
def retention_is_complete(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each personal field without a row."""
    return [
        Error(
            f"{model.__name__}.{name} has no row in its room's retention.py",
            hint="Row(Model, fields, kept, then, why)",
            id="confidentiality.E001",
        )
        for model, name in missing()
    ]
