"""Tests: real Postgres and Redis (tests/servers.py names them), fast password hashes, no HTTPS."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

for _name in ("SECRET_KEY", "AUDIT_KEY", "DATA_KEY", "BLIND_KEY"):
    os.environ.setdefault(_name, f"only-for-tests-{_name.lower()}-0123456789abcdef")
os.environ.setdefault("VAULT_KEYS", "fortests:b25seS1mb3ItdGVzdHMtdmF1bHQta2V5LTAxMjM0NTY=")
os.environ.setdefault("DATABASE_URL", "postgres://portal:@127.0.0.1:5432/portal")
os.environ.setdefault(
    "PORTAL_VAR", str(Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}")
)

from portal.settings.base import *  # noqa: E402, F403
from portal.settings.base import DATABASES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = Path(os.environ["PORTAL_VAR"]) / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A test machine may be slow; what waits for a lock there is no fault.
DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=60s -c statement_timeout=120s"
# The only settings under which the audit table may be truncated, so that a test can clean up.
AUDIT_ALLOW_TRUNCATE = True
# A test changes a row and looks at once.
FRONT_PAGE_SECONDS = PUBLIC_LETTER_SECONDS = 0
