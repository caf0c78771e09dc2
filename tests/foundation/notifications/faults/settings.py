"""Settings of the relay and the worker in these tests: those of the tests, but with real mail."""

import os

from portal.settings.test import *  # noqa: F403
from portal.settings.test import DATABASES

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["TEST_SMTP_PORT"])
EMAIL_TIMEOUT = 5
DATABASES["default"]["CONN_MAX_AGE"] = 60
