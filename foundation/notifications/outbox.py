"""Telling somebody something: a row in the caller's transaction, nothing else.

The web process never speaks to the broker. The relay finds the row half a second later and hands
its id to a worker; if the transaction is rolled back, there was nothing to send.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError, models, transaction
from django.db.models.functions import Now
from django.utils import translation

from foundation.confidentiality.prepared import write
from foundation.notifications import batch
from foundation.notifications.delivery import Envelope
from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.models import Outbox
from foundation.notifications.registry import Notification, UnknownNotification, notification

# Plain SQL, since every act of the portal pays for it. Told before under the same key: nothing.
NOTICE = (
    "INSERT INTO notifications_notice"
    " (id, dedupe_key, kind, recipient_id, about_type, about_id, created_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, statement_timestamp()) ON CONFLICT DO NOTHING"
)
MAIL = (
    "INSERT INTO notifications_outbox"
    " (id, dedupe_key, kind, recipient_id, about_type, about_id, schema_version,"
    " protected, created_at, due_at, attempts, crashes, last_error)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, false,"
    " statement_timestamp(), statement_timestamp(), 0, 0, '') ON CONFLICT DO NOTHING"
)

PROTECTED_MAIL = (
    "INSERT INTO notifications_outbox"
    " (id, dedupe_key, kind, recipient_id, about_type, about_id, schema_version, protected,"
    " created_at, due_at, attempts, crashes, last_error)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, true, date_trunc('day', now(), 'UTC'),"
    " statement_timestamp(), 0, 0, '') ON CONFLICT DO NOTHING"
)
"""The second of an act would lead from a protected name to whoever was signed in then. (It stands in
`due_at` until the mail has left, a second or two.)"""


def notify(
    kind: str,
    *,
    to: Any,
    about: models.Model | None = None,
    dedupe: str | None = None,
    mail: bool = True,
) -> None:
    """Tell the user `to` the message `kind`, by mail (unless switched off) and inside the portal;
    with `mail=False`, which the person has asked for here, inside the portal only.

    `about` is the object the message leads to. With `dedupe`, the same user is told the same kind
    under the same key only once, however often this is called. Written in the caller's
    transaction. Raises UnknownNotification for a kind that nobody registered, TypeError for one
    that is for protected names.
    """
    message = notification(kind)
    if isinstance(message, ProtectedNotification):
        raise TypeError(f"{kind} is told by notify_pseudonym: this row would name its reader.")
    key = f"{kind}:{to.pk}:{dedupe if dedupe is not None else uuid.uuid4()}"
    about_type, about_id = (about._meta.label_lower, str(about.pk)) if about else ("", "")
    row = [key, kind, to.pk, about_type, about_id]
    with transaction.atomic(savepoint=False):
        notice = [uuid.uuid4(), *row]
        if mail and to.wants_mail:  # both in one exchange with the database
            write(f"{NOTICE}; {MAIL}", [*notice, uuid.uuid4(), *row, message.version])
        else:
            write(NOTICE, notice)


def notify_pseudonym(kind: str, *, about: models.Model, dedupe: str | None = None) -> None:
    """Tell the message `kind` by mail to somebody whose name is protected; nothing in the portal.

    The row says what it is about, holds a random number for the reader and of each time the day
    only; who it is, the kind (a ProtectedNotification) tells when the mail leaves. With `dedupe`, the same kind about the same
    object is told under the same key only once. Written in the caller's transaction. Raises
    UnknownNotification for a kind that nobody registered, TypeError for one of another sort.
    """
    message = notification(kind)
    if not isinstance(message, ProtectedNotification):
        raise TypeError(f"{kind} cannot say whose mail it is: it is no ProtectedNotification.")
    key = f"{kind}:{about.pk}:{dedupe if dedupe is not None else uuid.uuid4()}"
    row: list[Any] = [key, kind, uuid.uuid4(), about._meta.label_lower, str(about.pk)]
    with transaction.atomic(savepoint=False):
        write(PROTECTED_MAIL, [uuid.uuid4(), *row, message.version])


def hand_over(ids: list[uuid.UUID]) -> None:
    """Give the ids to Celery; raises what the broker raises. The relay calls this."""
    from foundation.notifications.tasks import deliver

    deliver.apply_async(([str(pk) for pk in ids],), queue="mail", retry=False)


def deliver_mails(ids: Iterable[uuid.UUID]) -> None:
    """Send the mails of these rows over one connection; a worker calls this. Safe to call twice."""
    batch.send(Outbox, list(ids), _prepare)


def _prepare(
    ids: list[uuid.UUID],
) -> Mapping[uuid.UUID, batch.Prepared | Callable[[], batch.Prepared]]:
    """What is to be sent for each row; a function where it is to be decided when its turn comes."""
    rows = Outbox.objects.in_bulk(ids)
    readers = {row.recipient_id for row in rows.values()}
    users = get_user_model()._base_manager.in_bulk(readers)
    return {
        pk: partial(_late_envelope, row, ids)
        if _is_made_late(row)
        else _envelope(row, users.get(row.recipient_id))
        for pk, row in rows.items()
    }


def _is_made_late(row: Outbox) -> bool:
    try:
        return row.protected or notification(row.kind, row.schema_version).is_made_late
    except UnknownNotification:
        return False


def _late_envelope(row: Outbox, batch_ids: list[uuid.UUID]) -> batch.Prepared:
    """The mail as it is right now: its batch may have been prepared some seconds ago."""
    try:
        if row.protected:  # nobody can tell which of these have one reader, so none waits
            return _protected_envelope(row)
        if _is_behind_another(row, batch_ids):
            return batch.Postponed("behind another")
        user = get_user_model()._base_manager.filter(pk=row.recipient_id).first()
    except DatabaseError as error:  # the mail before it must be marked all the same
        return batch.Postponed(type(error).__name__)
    return _envelope(row, user)


def _is_behind_another(row: Outbox, batch_ids: list[uuid.UUID]) -> bool:
    """Tell whether another worker is just sending an earlier mail of this sort to the same reader.

    It may be the one that this mail takes back, already on the wire: this one must not overtake it.
    Within a batch there is no such thing: the earlier one has left, or finds itself overtaken.
    """
    earlier = Outbox.objects.filter(
        recipient_id=row.recipient_id,
        about_type=row.about_type,
        created_at__lt=row.created_at,
        done_at=None,
        run_until__gt=Now(),
    )
    return earlier.exclude(pk__in=batch_ids).exists()


def _protected_envelope(row: Outbox) -> batch.Prepared:
    """The mail to whoever the message says now; the address goes nowhere else."""
    try:
        message: Any = notification(row.kind, row.schema_version)
        reader = message.mailbox(row.about_id)
    except DatabaseError:
        raise
    except Exception as error:  # its text may hold the name
        return batch.Postponed(type(error).__name__)
    if reader is None or not reader.address:
        return batch.Closed("")  # no reason: that a mail did not leave may say whose it was
    written = _written(row, reader.address, reader.language, reader)
    return batch.Closed("") if isinstance(written, batch.Closed) else written


def _envelope(row: Outbox, user: Any) -> batch.Prepared:
    if user is None or not user.is_active or not user.email:
        return batch.Closed("no such reader")
    if not user.wants_mail:
        return batch.Closed("mail switched off")
    return _written(row, user.email, user.language, user)


def _written(row: Outbox, address: str, language: str, reader: Any) -> batch.Prepared:
    """The words of the mail, in `language`; `reader` is a user or a Mailbox."""
    try:
        message: Notification = notification(row.kind, row.schema_version)
        if not message.still_true(reader, row.about_id):
            return batch.Closed("overtaken")
        with translation.override(language):
            subject, body = message.subject(), message.body(reader, row.about_id)
            files = message.files(reader, row.about_id)
    except UnknownNotification:
        return batch.Postponed("UnknownNotification")
    except Exception as error:  # a bug in one message must not hold up the others
        return batch.Postponed(type(error).__name__)
    common = not files and not isinstance(reader, Mailbox)
    return Envelope(row.dedupe_key, address, subject, body, common=common, files=files)
