"""The worker's side: load, render, done. Safe to run twice: the lease decides who works."""

from __future__ import annotations

import resource
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

    for pk in ids:
        render_claimed(UUID(pk))


@shared_task(name="foundation.documents.tasks.sweep")
def sweep() -> None:
    """Remove files that killed workers left behind; once a day is often enough."""
    from foundation.documents import store

    store.sweep()


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
