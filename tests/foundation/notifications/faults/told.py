"""What the worker of these tests knows besides: the message, and the naive way of sending it."""

import smtplib

from celery import shared_task
from django.conf import settings

from foundation.notifications.registry import register
from tests.foundation.notifications.conftest import Told

register(Told)


@shared_task(name="tests.send_naively", autoretry_for=(Exception,), retry_backoff=1)
def send_naively(address: str) -> None:
    """One task per mail, straight from the web process to the broker: what we do not do."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
        server.sendmail("portal@mail.example", [address], b"Subject: x\r\n\r\nx\r\n")
