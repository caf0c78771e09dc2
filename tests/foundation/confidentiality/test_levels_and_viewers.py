"""Levels are ordered, viewers are persons or not, references do not count."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from foundation.confidentiality import Audience, Level, Pseudonym, SystemActor, person
from foundation.confidentiality.guard import GuardedQuerySet
from foundation.confidentiality.models import GuardedModel
from foundation.confidentiality.references import ALPHABET, new_reference, new_secret


def test_levels_are_ordered_from_all_readers_to_few() -> None:
    assert Level.PUBLIC < Level.UNNAMED < Level.OFFICE < Level.NAMED_OFFICERS
    assert list(Level) == sorted(Level)


@pytest.mark.parametrize("level", list(Level))
def test_every_level_explains_itself(level: Level) -> None:
    assert level.label
    assert level.explanation.endswith(".")


def test_only_a_signed_in_and_active_person_is_a_person() -> None:
    active = SimpleNamespace(is_authenticated=True, is_active=True)
    assert person(active) is active  # type: ignore[arg-type]
    assert person(SimpleNamespace(is_authenticated=True, is_active=False)) is None  # type: ignore[arg-type]
    others = (AnonymousUser(), Audience(Level.OFFICE), SystemActor("relay"), Pseudonym(uuid4()))
    for viewer in others:
        assert person(viewer) is None


def test_viewers_write_themselves_without_a_name() -> None:
    assert str(SystemActor("relay")) == "system:relay"
    assert str(Audience(Level.OFFICE)) == "audience:office"
    number = uuid4()
    assert str(Pseudonym(number)) == f"pseudonym:{number}"


def test_references_are_random_and_can_be_read_aloud() -> None:
    references = {new_reference("LTR", date(2026, 11, 3)) for _ in range(500)}
    assert len(references) == 500
    for reference in references:
        prefix, year, code = reference.split("-")
        assert (prefix, year, len(code)) == ("LTR", "2026", 6)
        assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OILU")
    assert len(new_secret()) == 19


def guarded_models() -> list[type[GuardedModel]]:
    return [model for model in apps.get_models() if issubclass(model, GuardedModel)]


def test_every_guarded_model_has_one_plain_guarded_manager() -> None:
    for model in guarded_models():
        assert [manager.name for manager in model._meta.managers] == ["objects"], model
        assert issubclass(model.objects._queryset_class, GuardedQuerySet), model  # type: ignore[attr-defined]


def test_no_guarded_model_is_registered_in_the_admin() -> None:
    admin.autodiscover()
    assert [model for model in admin.site._registry if issubclass(model, GuardedModel)] == []
    inlines = {
        inline.model for options in admin.site._registry.values() for inline in options.inlines
    }
    assert [model for model in inlines if issubclass(model, GuardedModel)] == []
