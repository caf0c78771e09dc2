"""What this package keeps of people, how long and why."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from foundation.notifications.models import Notice, Outbox, SecurityMail

KEPT = timedelta(days=400)
"""A little more than a year: a message that is told once a year is not told twice."""
SECURITY_KEPT = timedelta(days=30)

ABOUT = ("dedupe_key", "kind", "about_type", "about_id")

register(
    "notifications",
    Row(
        Outbox,
        (*ABOUT, "last_error"),
        _("400 days after it was sent or dismissed"),
        _("the row is deleted"),
        _("nobody is told the same thing twice, and a mail that failed can be looked into"),
    ),
    Row(
        Notice,
        ABOUT,
        _("400 days after it was written"),
        _("the row is deleted"),
        _("the person can read again what was said"),
    ),
    Row(
        SecurityMail,
        ("address", "subject", "body"),
        _("until it is sent or refused, at most a day"),
        _("emptied in the statement that marks it done"),
        _("the mail must reach a person who cannot sign in yet"),
    ),
    Row(
        SecurityMail,
        ("last_error",),
        _("30 days after it was sent or refused"),
        _("the row, which holds only times and a code, is deleted"),
        _("a mail server that fails can be looked into"),
    ),
)
