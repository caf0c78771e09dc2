"""The store of sessions: Django's database store, with the person and the browser beside it.

settings.SESSION_ENGINE names this module. A session's key signs in whoever holds it, so pages name
a session by its `handle`, from which the key cannot be found.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import salted_hmac

STARTED = "_started_at"
BROWSER = "_browser"


class SessionStore(DatabaseStore):
    """Keeps sessions in accounts_session."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model (it may be imported only when the apps are loaded)."""
        from accounts.models import SignInSession

        return SignInSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row of this session, with its person, its start and its browser."""
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        started = data.get(STARTED)
        row.started_at = datetime.fromisoformat(started) if started else None
        row.browser = str(data.get(BROWSER, ""))[:60]
        return row


def handle(session_key: str) -> str:
    """Return the name of a session that pages may show."""
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:32]


# Most telling first: Edge and Opera also say Chrome, and Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def describe_browser(user_agent: str) -> str:
    """Return "Firefox, Windows" for a User-Agent; "" where neither is known. No version: enough
    for the owner to know the device, too little to know it again elsewhere."""
    found = [
        next((name for mark, name in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)
