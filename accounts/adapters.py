"""Where allauth meets the house: its mails go through the outbox, its secrets are encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from foundation.notifications.security import queue_security_mail


class AccountAdapter(DefaultAccountAdapter):
    """Queues the mails that sign-in depends on; the relay sends them without the broker."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's mail and put it in the outbox, in the caller's transaction."""
        message = self.render_mail(template_prefix, email, {**context, "request": self.request})
        queue_security_mail(to=email, subject=message.subject, body=message.body)


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts TOTP secrets and recovery codes; the key (DATA_KEY) lies outside the database."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted (Fernet: AES-128-CBC with HMAC-SHA256)."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the plain text; InvalidToken when the key is another one."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"accounts.mfa:" + settings.DATA_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
