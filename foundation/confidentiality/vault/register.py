"""Which columns hold boxes. A room tells it once, in its AppConfig.ready()."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class BoxColumn:
    """A column of boxes. They are bound to the table's name, the column's, and the primary key."""

    model: type[models.Model]
    column: str

    @property
    def table(self) -> str:
        """The name of the table in the database."""
        return self.model._meta.db_table


_columns: dict[tuple[str, str], BoxColumn] = {}


def register_box(model: type[models.Model], column: str) -> None:
    """Let `rotate_vault_key` find the boxes in `model`'s binary field `column`; twice is fine.

    They must have been made with `table=model._meta.db_table, column=column, row=row.pk`.
    """
    field = model._meta.get_field(column)
    if not isinstance(field, models.BinaryField) or field.column != column:
        raise TypeError(f"{model.__name__}.{column} is no BinaryField of that name.")
    _columns[(model._meta.db_table, column)] = BoxColumn(model, column)


def box_columns() -> tuple[BoxColumn, ...]:
    """All columns that were registered, by their names."""
    return tuple(_columns[place] for place in sorted(_columns))
