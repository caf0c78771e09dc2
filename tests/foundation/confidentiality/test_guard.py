"""The guard: nothing of a guarded model is read before somebody said for whom."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Prefetch

from foundation.confidentiality import Audience, Level, UnguardedRead, reading_unguarded
from foundation.confidentiality.guard import GuardedQuerySet
from tests.foundation.confidentiality.shelf import Note, Shelf

STRANGER = AnonymousUser()
EVERYTHING = "a test looks at everything"

# Each reads the database at once. The second row: what Python does with a QuerySet.
READING: dict[str, Callable[[Any], Any]] = {
    "aggregate": lambda notes: notes.aggregate(Count("pk")),
    "contains": lambda notes: notes.contains(Note(title="x")),
    "count": lambda notes: notes.count(),
    "delete": lambda notes: notes.all().delete(),
    "earliest": lambda notes: notes.earliest("title"),
    "exists": lambda notes: notes.exists(),
    "explain": lambda notes: notes.explain(),
    "first": lambda notes: notes.first(),
    "get": lambda notes: notes.get(title="public"),
    "get_or_create": lambda notes: notes.get_or_create(title="public"),
    "in_bulk": lambda notes: notes.in_bulk(),
    "iterator": lambda notes: list(notes.iterator()),
    "last": lambda notes: notes.last(),
    "latest": lambda notes: notes.latest("title"),
    "raw": lambda notes: list(notes.raw('SELECT id, title FROM "shelf_note"')),
    "update": lambda notes: notes.update(title="taken"),
    "update_or_create": lambda notes: notes.update_or_create(title="public"),
    "bulk_update": lambda notes: notes.bulk_update([Note(title="x")], ["title"]),
    # --
    "len": lambda notes: len(notes.all()),
    "bool": lambda notes: bool(notes.all()),
    "list": lambda notes: list(notes.all()),
    "index": lambda notes: notes.all()[0],
    "slice with a step": lambda notes: notes.all()[0:2:2],
    "repr": lambda notes: repr(notes.all()),
    "pickle": lambda notes: pickle.dumps(notes.all()),
    "in": lambda notes: Note(title="x") in notes.all(),
}
LAZY: dict[str, Callable[[Any], Any]] = {
    "alias": lambda notes: notes.alias(n=Count("pk")),
    "all": lambda notes: notes.all(),
    "annotate": lambda notes: notes.annotate(n=Count("tags")),
    "complex_filter": lambda notes: notes.complex_filter(models.Q(title="public")),
    "dates": None,  # type: ignore[dict-item]  # no date in the model; lazy as `values`
    "datetimes": None,  # type: ignore[dict-item]
    "defer": lambda notes: notes.defer("title"),
    "difference": lambda notes: notes.difference(Note.objects.all()),
    "distinct": lambda notes: notes.distinct(),
    "exclude": lambda notes: notes.exclude(title="x"),
    "extra": lambda notes: notes.extra(where=["true"]),
    "filter": lambda notes: notes.filter(title="public"),
    "intersection": lambda notes: notes.intersection(Note.objects.all()),
    "only": lambda notes: notes.only("title"),
    "order_by": lambda notes: notes.order_by("title"),
    "prefetch_related": lambda notes: notes.prefetch_related("shelf"),
    "reverse": lambda notes: notes.order_by("title").reverse(),
    "select_for_update": lambda notes: notes.select_for_update(),
    "select_related": lambda notes: notes.select_related("shelf"),
    "union": lambda notes: notes.union(Note.objects.all()),
    "using": lambda notes: notes.using("default"),
    "values": lambda notes: notes.values("title"),
    "values_list": lambda notes: notes.values_list("title"),
    "or": lambda notes: notes.filter(title="a") | notes.filter(title="public"),
    "and": lambda notes: notes.all() & notes.filter(title="public"),
    "slice": lambda notes: notes.all()[0:1],
}
WRITING_ONLY = {"create", "bulk_create"}
NOT_READING = {"as_manager", "db", "none", "ordered", "query", "resolve_expression"}


def test_every_public_method_of_queryset_is_known_here() -> None:
    """A new Django brings a new method: this fails, and somebody says what it does."""
    public = {name for name in dir(models.QuerySet) if not name.startswith("_")}
    names = public - WRITING_ONLY - NOT_READING
    plain = {name for name in names if not (name.startswith("a") and name[1:] in public)}
    assert plain - READING.keys() - LAZY.keys() == set()


@pytest.mark.parametrize("name", sorted(READING))
def test_reading_before_the_viewer_is_said_raises(shelf: Shelf, name: str) -> None:
    with pytest.raises(UnguardedRead):
        READING[name](Note.objects)


@pytest.mark.parametrize("name", sorted(name for name, call in LAZY.items() if call))
def test_what_is_built_lazily_raises_when_it_is_read(shelf: Shelf, name: str) -> None:
    built = LAZY[name](Note.objects)
    with pytest.raises(UnguardedRead):
        list(built)
    with pytest.raises(UnguardedRead):
        built.exists()


@pytest.mark.parametrize("name", sorted(set(READING) - {"raw", "bulk_update", "contains", "in"}))
def test_the_same_works_once_the_viewer_is_said(shelf: Shelf, name: str) -> None:
    """The positive control: it is the guard that raised above, not the call."""
    Note.tags.through.objects.all().delete()
    READING[name](Note.objects.visible_to(STRANGER))


def test_written_sql_needs_the_reason_even_after_the_viewer(shelf: Shelf) -> None:
    with pytest.raises(UnguardedRead):
        READING["raw"](Note.objects.visible_to(STRANGER))
    assert len(READING["raw"](Note.objects.unguarded(EVERYTHING))) == len(Level)


def test_a_plain_queryset_of_the_same_table_reads(shelf: Shelf) -> None:
    """The other positive control: without the guard, everything can be read."""
    assert models.QuerySet(Note).count() == len(Level)


def test_the_asynchronous_methods_are_guarded_too(shelf: Shelf) -> None:
    import asyncio

    async def read() -> list[Note]:
        return [note async for note in Note.objects.aiterator()]

    with pytest.raises(UnguardedRead):
        asyncio.run(read())
    with pytest.raises(UnguardedRead):
        asyncio.run(Note.objects.acount())


def test_a_viewer_sees_up_to_the_own_level(shelf: Shelf) -> None:
    def seen(viewer: Any) -> set[str]:
        return set(Note.objects.visible_to(viewer).values_list("title", flat=True))

    assert seen(STRANGER) == {"public"}
    assert seen(Audience(Level.OFFICE)) == {"public", "unnamed", "office"}
    assert len(Note.objects.unguarded(EVERYTHING)) == len(Level)


def test_clones_and_copies_stay_open(shelf: Shelf) -> None:
    notes = Note.objects.visible_to(STRANGER)
    assert notes.filter(title="public").exclude(title="x").order_by("title")[:1].get()
    assert copy.deepcopy(notes).count() == 1


def test_opening_one_clone_leaves_the_other_closed(shelf: Shelf) -> None:
    notes = Note.objects.filter(title="public")
    assert notes.visible_to(STRANGER).exists()
    with pytest.raises(UnguardedRead):
        notes.exists()


@pytest.mark.parametrize(
    "join",
    [
        lambda one, other: one | other,
        lambda one, other: other | one,
        lambda one, other: one ^ other,
        lambda one, other: one.union(other),
        lambda one, other: other.union(one),
        lambda one, other: one.union(one, other),
    ],
)
def test_joining_with_an_unopened_queryset_stays_closed(shelf: Shelf, join: Any) -> None:
    mine, everything = Note.objects.visible_to(STRANGER), Note.objects.all()
    with pytest.raises(UnguardedRead):
        list(join(mine, everything))
    assert {note.title for note in join(mine, mine.filter(title="public"))} <= {"public"}


def test_two_opened_querysets_join(shelf: Shelf) -> None:
    office = Note.objects.visible_to(Audience(Level.OFFICE)).filter(title="office")
    assert (Note.objects.visible_to(STRANGER) | office).count() == 2
    assert Note.objects.visible_to(STRANGER).union(office).count() == 2


def test_nothing_may_be_read_by_anyone(shelf: Shelf) -> None:
    assert list(Note.objects.none()) == []
    assert not Note.objects.none().exists()


def test_the_manager_of_the_other_side_is_guarded(shelf: Shelf) -> None:
    for manager in (shelf.notes, shelf.tagged):
        with pytest.raises(UnguardedRead):
            manager.count()
        assert manager.visible_to(STRANGER).count() == 1


def test_prefetching_says_the_viewer_or_raises(shelf: Shelf) -> None:
    with pytest.raises(UnguardedRead):
        list(Shelf.objects.prefetch_related("notes"))
    mine = Prefetch("notes", queryset=Note.objects.visible_to(STRANGER))
    assert [note.title for note in Shelf.objects.prefetch_related(mine).get().notes.all()] == [
        "public"
    ]


def test_validation_sees_every_row_and_tells_nothing_of_it(shelf: Shelf) -> None:
    with pytest.raises(ValidationError) as clash:
        Note(title="named_officers", shelf=shelf).full_clean()
    assert "title" in clash.value.message_dict
    with pytest.raises(ValidationError):
        Note(title="bad", shelf=shelf).full_clean()
    Note(title="new", shelf=shelf).full_clean()


def test_saving_reloading_and_deleting_one_row_need_no_viewer(shelf: Shelf) -> None:
    note = Note.objects.visible_to(STRANGER).get()
    note.title = "other"
    note.save()
    note.refresh_from_db()
    assert note.title == "other"
    note.tags.clear()
    note.delete()
    assert Note.objects.unguarded(EVERYTHING).count() == len(Level) - 1


def test_the_guard_is_lifted_only_inside_the_block_and_with_a_reason(shelf: Shelf) -> None:
    with reading_unguarded("a test"):
        assert Note.objects.count() == len(Level)
    with pytest.raises(UnguardedRead):
        Note.objects.count()
    with pytest.raises(ValueError, match="why"), reading_unguarded(""):
        pass
    with pytest.raises(ValueError, match="why"):
        Note.objects.unguarded("")


def test_a_class_without_rules_refuses_to_open(shelf: Shelf) -> None:
    with pytest.raises(NotImplementedError):
        GuardedQuerySet(Note).visible_to(STRANGER)


def test_what_deletes_or_updates_cannot_be_called_from_a_template() -> None:
    assert GuardedQuerySet.delete.alters_data  # type: ignore[attr-defined]
    assert GuardedQuerySet.update.alters_data  # type: ignore[attr-defined]


def test_str_names_nobody(shelf: Shelf) -> None:
    note = Note.objects.visible_to(STRANGER).get()
    assert str(note) == f"note {str(note.pk)[:8]}"
