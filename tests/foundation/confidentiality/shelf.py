"""Two small models in a registry of their own: the project's apps never see them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.apps.registry import Apps
from django.db import connection, models

from foundation.confidentiality import Audience, Level, Viewer, person
from foundation.confidentiality.guard import GuardedQuerySet
from foundation.confidentiality.models import GuardedModel

APPS = Apps()


class NoteQuerySet(GuardedQuerySet):
    """An audience reads up to its level, a person everything, a stranger what is public."""

    def restrict(self, viewer: Viewer) -> Self:
        if isinstance(viewer, Audience):
            return self.filter(level__lte=viewer.level)
        return self.filter() if person(viewer) else self.filter(level=Level.PUBLIC)


class Shelf(models.Model):
    """Something that everyone sees and that holds notes."""

    name = models.CharField(max_length=20)

    class Meta:
        apps = APPS
        app_label = "shelf"

    def __str__(self) -> str:
        return self.name


class Note(GuardedModel):
    """Something that not everyone sees."""

    title = models.CharField(max_length=40, unique=True)
    level = models.IntegerField(choices=Level.choices, default=Level.OFFICE)
    shelf = models.ForeignKey(Shelf, null=True, on_delete=models.CASCADE, related_name="notes")
    tags = models.ManyToManyField(Shelf, related_name="tagged")

    objects = NoteQuerySet.as_manager()

    class Meta:
        apps = APPS
        app_label = "shelf"
        constraints = [
            models.CheckConstraint(condition=~models.Q(title="bad"), name="title_is_not_bad")
        ]


@contextmanager
def tables() -> Iterator[None]:
    """Make the two tables inside the test's transaction."""
    with connection.schema_editor() as editor:
        editor.create_model(Shelf)
        editor.create_model(Note)
    yield
