"""The demo that `make run` starts: this machine only, sign-in buttons, a mailbox page, no HTTPS.

Never for real people: whoever can reach it can sign in as anybody.
"""

from __future__ import annotations

import os

from portal.settings.reading import stop

if os.environ.get("DATABASE_URL") and not (
    os.environ.get("PORTAL_DEMO") == "1" or os.environ.get("PORTAL_EMBEDDED") == "1"
):
    stop("the demo settings refuse a database of your own (DATABASE_URL) unless PORTAL_DEMO=1.")

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS, env

DEMO = True  # what demo/ asks before it answers at all
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
ROOT_URLCONF = "demo.urls"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SITE_URL = f"http://localhost:{env.int('PORT', default=8000)}"
EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
STAFF_NEED_SECOND_FACTOR = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
