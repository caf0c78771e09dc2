"""Rows of what is to be told. They hold ids and no words, except for mails of sign-in.

A person is named by a plain id, not by a foreign key: that an account goes away must neither
delete a row nor wait for one.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from foundation.leases.models import LeasedWork


class AboutSomething(models.Model):
    """What both kinds of rows say: which message, to whom, about which object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dedupe_key = models.CharField(max_length=250, unique=True)
    kind = models.CharField(max_length=100)
    recipient_id = models.UUIDField()
    about_type = models.CharField(max_length=100, blank=True, default="")
    about_id = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {str(self.pk)[:8]}"


class Outbox(AboutSomething, LeasedWork):
    """A mail that is to be sent. Its words are made when it is sent, in the reader's language."""

    DONE_SQL = (
        "done_at = CASE WHEN protected THEN date_trunc('day', now(), 'UTC') ELSE now() END,"
        " due_at = CASE WHEN protected THEN date_trunc('day', now(), 'UTC') ELSE due_at END"
    )

    schema_version = models.PositiveSmallIntegerField(default=1)
    protected = models.BooleanField(default=False)  # its reader has no name here: mailbox.py

    class Meta(LeasedWork.Meta):
        db_table = "notifications_outbox"
        verbose_name = "mail"


class Notice(AboutSomething):
    """The same message inside the portal."""

    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "notifications_notice"
        indexes = [
            models.Index(fields=["recipient_id", "-created_at"], name="notice_by_reader"),
            models.Index(fields=["recipient_id"], condition=Q(read_at=None), name="notice_unread"),
        ]


class SecurityMail(LeasedWork):
    """A mail that sign-in depends on, with its words. They are emptied as soon as it is sent."""

    WHEN_DONE = {"address": "", "subject": "", "body": ""}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(LeasedWork.Meta):
        db_table = "notifications_security_mail"
        verbose_name = "security mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(address="", subject="", body=""),
                name="a_security_mail_that_is_done_is_empty",
            )
        ]

    def __str__(self) -> str:
        return f"security mail {str(self.pk)[:8]}"
