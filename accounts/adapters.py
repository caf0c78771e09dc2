"""Where allauth meets the house: its mails go through the outbox, its secrets are encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import translation
from django.utils.translation import get_language, get_supported_language_variant

from accounts.models import User
from foundation.notifications.security import queue_security_mail


class AccountAdapter(DefaultAccountAdapter):
    """Queues the mails that sign-in depends on; the relay sends them without the broker."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's mail and put it in the outbox, in the caller's transaction.

        In the language of the account, whoever asked for the mail; a stranger's in the language
        of the page.
        """
        account = User.objects.filter(email__iexact=email).only("language").first()
        language = account.language if account else get_language() or settings.LANGUAGE_CODE
        place = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        with translation.override(language):
            message = self.render_mail(
                template_prefix,
                email,
                {**context, **place, "request": self.request, "email": email},
            )
        queue_security_mail(to=email, subject=message.subject, body=message.body)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner, after as much work as a new account would have cost.

        Hashing a password takes a third of a second: who measures the answer must not learn from
        its absence that the address is known.
        """
        make_password("as long as a real one")
        super().send_account_already_exists_mail(email)

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """Keep the language of the page on which the account was made."""
        user.language = get_supported_language_variant(get_language() or settings.LANGUAGE_CODE)
        return super().save_user(request, user, form, commit)


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
