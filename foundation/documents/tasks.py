"""The worker's side: load, render, done. Safe to run twice: the lease decides who works."""

from __future__ import annotations

import gc
import resource
from functools import cache
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init
from django.conf import settings

# Room to write down why a document took too long, before the process is killed.
GRACE = 15


@shared_task(
    name="foundation.documents.tasks.render_documents",
    soft_time_limit=settings.DOCUMENT_TIME_LIMIT,
    time_limit=settings.DOCUMENT_TIME_LIMIT + GRACE,
)
def render_documents(ids: list[str]) -> None:
    """Render the documents of these ids, as far as nobody else does."""
    from uuid import UUID

    from foundation.documents.workshop import render_claimed

    settle_in()
    for pk in ids:
        render_claimed(UUID(pk))


@shared_task(name="foundation.documents.tasks.sweep")
def sweep() -> None:
    """Remove files that killed workers left behind; once a day is often enough."""
    from foundation.documents import store

    store.sweep()


@cache
def settle_in() -> None:
    """Load what every document needs, then tell Python's collector to leave all of that alone.

    Once per process. A full look at the loaded program takes 0.1 s, and a letter of 80 names
    (0.45 s in all) makes one necessary; without the program in it, it takes 0.02 s [measured].
    """
    from foundation.documents import rendering, sealing  # noqa: F401
    from foundation.documents.fonts import warm_up

    warm_up("letter", "brief")
    gc.collect()
    gc.freeze()


def hand_over(ids: list[Any]) -> None:
    """Give the ids to the workers, each in a task of its own: time limits are for one document."""
    for pk in ids:
        render_documents.apply_async(args=([str(pk)],), retry=False)


@worker_process_init.connect(dispatch_uid="documents.limit_memory")
def limit_memory(**kwargs: Any) -> None:
    """A document that wants more memory than DOCUMENT_MEMORY_LIMIT fails; the machine stays well."""
    limit = settings.DOCUMENT_MEMORY_LIMIT
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
