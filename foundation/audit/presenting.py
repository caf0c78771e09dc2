"""How an event becomes a sentence: each room registers one function per action of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from foundation.audit.models import ActorKind, AuditEvent

Presenter = Callable[[AuditEvent], str]
Naming = Callable[[Iterable[str]], Mapping[str, str]]

_presenters: dict[str, Presenter] = {}
_naming: list[Naming] = []
logger = logging.getLogger(__name__)


def register_presenter(action: str, presenter: Presenter) -> None:
    """Let `presenter(event)` say what an event of this action means. Registering twice is an error."""
    known = _presenters.setdefault(action, presenter)
    if known is not presenter:
        raise ValueError(f"{action} has a presenter already.")


def register_naming(naming: Naming) -> None:
    """Let `naming(ids) -> {id: name}` name the actors that an auditor may see by name (staff)."""
    if naming not in _naming:
        _naming.append(naming)


def actions() -> list[str]:
    """Return the actions that have a sentence, sorted."""
    return sorted(_presenters)


def sentence(event: AuditEvent) -> str:
    """Return what happened, in words. A presenter that fails never hides the event."""
    presenter = _presenters.get(event.action)
    if presenter is not None:
        try:
            return str(presenter(event))
        except Exception:
            logger.exception("presenter of %s failed on event %s", event.action, event.pk)
    return plain(event)


def plain(event: AuditEvent) -> str:
    """Return the sentence of an event that no room knows (any more)."""
    if not event.object_type:
        return _("%(action)s.") % {"action": event.action}
    what = f"{event.object_type} {event.object_id}".strip()
    return _("%(action)s: %(object)s.") % {"action": event.action, "object": what}


def actor_names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Return the names, by id, of those actors of `events` that some room names to auditors."""
    return names_of({event.actor_id for event in events if event.actor_kind == ActorKind.USER})


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Return the names, by id, of those people whom some room names to auditors."""
    names: dict[str, str] = {}
    for naming in _naming:
        names.update(naming(ids))
    return names


def actor(event: AuditEvent, names: Mapping[str, str] | None = None) -> str:
    """Return who acted: a name where `names` has one, else the kind with the id."""
    if event.actor_kind == ActorKind.ANONYMOUS:
        return _("somebody not signed in")
    if event.actor_kind == ActorKind.PSEUDONYM:
        return _("somebody whose name is protected")
    if event.actor_kind == ActorKind.SYSTEM:
        return _("the system (%(name)s)") % {"name": event.actor_id}
    known = (names or {}).get(event.actor_id)
    return known or _("person %(id)s") % {"id": event.actor_id[:8]}
