"""People of the tests: accounts with a confirmed address, staff, second factors, mails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.enums import StaffRole
from accounts.models import RoleGrant, User
from foundation.notifications.models import SecurityMail

PASSWORD = "seven quiet herons"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def person(box: str = "amina", *roles: StaffRole, **fields: Any) -> User:
    """Return an account `box`@portal.example with a confirmed address and these staff roles."""
    user = User.objects.create_user(f"{box}@portal.example", PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role)
    return user


def sign_in(user: User, client: Client | None = None, **headers: str) -> Client:
    """Return a client that signed `user` in through the page."""
    client = client or Client(headers=headers or {"user-agent": FIREFOX})
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def confirm_again(client: Client) -> None:
    """Type the password again, as dangerous acts ask."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()


def is_signed_in(client: Client) -> bool:
    """Tell whether the client's session still opens a page of one's own."""
    return client.get(reverse("accounts:preferences")).status_code == 200


def last_mail() -> SecurityMail:
    """Return the newest mail of sign-in that waits in the outbox."""
    return SecurityMail.objects.latest("created_at")


def code_in(mail: SecurityMail) -> str:
    """Return the code that a mail carries: a line of its own."""
    match = re.search(r"^([A-Z0-9]{3,6}(?:-[A-Z0-9]{3,6})?)$", mail.body, re.MULTILINE)
    assert match, mail.body
    return match[1]


def totp(secret: str, *, at: float | None = None, step: int = 0) -> str:
    """Return the code that an authenticator app shows for `secret` (RFC 6238)."""
    counter = int((time.time() if at is None else at) // 30) + step
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
