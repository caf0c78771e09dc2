"""Production. What a deployment must say comes from the environment; without it we stop in one line.

Every name is explained in `.env.example`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings.reading import read_secret, require, secret_file

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
env.smart_cast = False

# What must be said ---------------------------------------------------------------------------
VAR_DIR = Path(env.str("PORTAL_VAR", default=str(BASE_DIR / "var"))).resolve()
KEYS_DIR = VAR_DIR / "keys"
SECRET_KEY = read_secret("SECRET_KEY", KEYS_DIR / "secret-key")
AUDIT_KEY = read_secret("AUDIT_KEY", KEYS_DIR / "audit-key")  # chains the audit log
AUDIT_OLD_KEYS = env.list("AUDIT_OLD_KEYS", default=[])  # earlier ones, oldest first
DATA_KEY = read_secret("DATA_KEY", KEYS_DIR / "data-key")  # encrypts secrets of sign-in
VAULT_KEYS = read_secret("VAULT_KEYS", KEYS_DIR / "vault-keys")  # encrypt names; newest first
VAULT_KEYS_FILE = secret_file("VAULT_KEYS", KEYS_DIR / "vault-keys")  # followed while we run
BLIND_KEY = read_secret("BLIND_KEY", KEYS_DIR / "blind-key")  # compares what nobody may see
SEAL_DIR = Path(env.str("SEAL_DIR", default=str(KEYS_DIR / "seal")))  # certificate of the seal
AUDIT_HEAD_FILE = Path(env.str("AUDIT_HEAD_FILE", default=str(VAR_DIR / "audit-head.json")))
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

DATABASES: dict[str, Any] = {
    "default": {
        **environ.Env.db_url_config(require("DATABASE_URL", "where PostgreSQL is")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A request never waits for ever: not for a lock, not for a query, not for itself.
            "options": "-c lock_timeout=5s -c statement_timeout=30s"
            " -c idle_in_transaction_session_timeout=60s",
            "connect_timeout": 5,
        },
    }
}

# The office, its people and its words are data, not code --------------------------------------
SITE_NAME = env.str("SITE_NAME", default="Civil society & counter-terrorism")
OFFICE_NAME = env.str("OFFICE_NAME", default="UN Office of Counter-Terrorism")
# Organizer of calendar invitations: a box of the Office, of no person.
OFFICE_ADDRESS = env.str("OFFICE_ADDRESS", default="meetings@portal.example")
REPRISALS_CONTACT = env.str("REPRISALS_CONTACT", default="reprisals@portal.example")
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", default="https://www.un.org/en/weather")

# Apps ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "organizations",
    "recommendations",
    "meetings",
    "letters",
    "foundation.documents",
    "foundation.notifications",
    "foundation.leases",
    "foundation.audit",
    "foundation.web",
    "foundation.workflow",
    "portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "template_partials",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "foundation.web.middleware.ClearedHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "foundation.web.middleware.RefuseBadBytes",
    "foundation.web.caching.SameForEverybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.web.middleware.ReadingNeverWrites",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonalLanguage",
    "accounts.middleware.PersonalTimeZone",
    "accounts.middleware.StaffNeedSecondFactor",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.place",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["foundation.web.templatetags.portal_tags"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Languages and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["portal.formats"]

# Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the work of a first start
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes of a form without files
UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes of one file

# People and sign-in --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900  # seconds; mail is slow where we are needed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # all others are signed out, this one goes on
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds after which a dangerous act asks again
ACCOUNT_SESSION_REMEMBER = False
# Beside allauth's own limits: checking a file costs work, and anyone may ask.
ACCOUNT_RATE_LIMITS = {"verify_document": "60/10m/ip", "ask_to_unseal": "10/h/user"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]  # "webauthn" (passkeys) gets its place here
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # one step of 30 s: clocks of phones differ
STAFF_NEED_SECOND_FACTOR = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Limits on tries live in Postgres: with Redis down they still hold. One row a key, never a shared one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Networks whose visitors are not counted, e.g. of a hall where a conference is held.
LIMITS_TRUSTED_NETWORKS = env.list("LIMITS_TRUSTED_NETWORKS", default=[])

SESSION_ENGINE = "accounts.sessions"  # in Postgres, with their owners
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "session"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The usual days of the Office's clock, counted from the day on which an ask arrives.
RECOMMENDATION_ACKNOWLEDGE_DAYS = env.int("RECOMMENDATION_ACKNOWLEDGE_DAYS", default=5)
RECOMMENDATION_DAYS = env.int("RECOMMENDATION_DAYS", default=30)
LETTER_ACKNOWLEDGE_DAYS = env.int("LETTER_ACKNOWLEDGE_DAYS", default=7)
SILENCED_SYSTEM_CHECKS: list[str] = []

# Pages without anything of their reader: made without cookies, and kept by caches.
SAME_FOR_EVERYBODY = [r"/letters/[0-9A-Z-]{8,40}/(?:public/|count\.json)"]
PUBLIC_LETTER_SECONDS = 5.0  # for so long a process hands out such a page as it was made

# Headers -------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with our own forms, and CSRF refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A GET may write only these: sessions, limits on tries, housekeeping of sign-in, the log of reads.
READ_ONLY_EXEMPT_TABLES = frozenset(
    {
        "accounts_session",
        "rate_limits",
        "mfa_authenticator",  # that its recovery codes were shown, once
        "audit_event",  # the log of reads; its INSERT is the only write it allows
    }
)

# Workers -------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 25.0
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TASK_ROUTES = {"foundation.documents.tasks.*": {"queue": "documents"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 25,
}
LETTER_COUNT_SECONDS = 15  # between two counts of names; pages may be kept as long
# Beat only wakes: due times are rows, and each task is safe to run twice, late or doubled.
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "expire-vettings": {"task": "organizations.tasks.expire_vettings", "schedule": 3600},
    "remind-of-expiry": {"task": "organizations.tasks.remind_of_expiry", "schedule": 6 * 3600},
    "remind-of-answers": {
        "task": "recommendations.tasks.remind_of_answers",
        "schedule": 6 * 3600,
    },
    "remind-of-unowned": {
        "task": "recommendations.tasks.remind_of_unowned",
        "schedule": 6 * 3600,
    },
    "remind-of-meetings": {"task": "meetings.tasks.remind_of_answers", "schedule": 6 * 3600},
    "remind-of-commitments": {
        "task": "meetings.tasks.remind_of_commitments",
        "schedule": 6 * 3600,
    },
    "tell-coordinators": {"task": "letters.tasks.tell_coordinators", "schedule": 3600},
    "remind-to-sign": {"task": "letters.tasks.remind_to_sign", "schedule": 3600},
    "count-letters": {
        "task": "letters.tasks.count_letters",
        "schedule": LETTER_COUNT_SECONDS,
        "options": {"expires": LETTER_COUNT_SECONDS},  # a queue that stood still counts once
    },
    "recount-letters": {"task": "letters.tasks.recount_letters", "schedule": 24 * 3600},
    "clear-sessions": {"task": "accounts.tasks.clear_sessions", "schedule": 3600},
    "forget-receipts": {"task": "foundation.web.tasks.forget_old_receipts", "schedule": 24 * 3600},
    "forget-tries": {"task": "foundation.web.tasks.forget_old_tries", "schedule": 3600},
    "clear-old-messages": {"task": "notifications.clear_old", "schedule": 24 * 3600},
    "count-public-figures": {"task": "portal.tasks.count_public_figures", "schedule": 3600},
    "forget-what-is-due": {"task": "portal.tasks.forget_what_is_due", "schedule": 24 * 3600},
    "sweep-documents": {"task": "foundation.documents.tasks.sweep", "schedule": 24 * 3600},
}
FRONT_PAGE_SECONDS = 1.0  # for so long the rows of the public page are not looked up again
DOCUMENT_TIME_LIMIT = 120  # seconds a rendering may take
DOCUMENT_MEMORY_LIMIT = 2 * 1024**3  # bytes
DOCUMENT_LEASE = 20  # seconds; renewed every quarter of it while a worker renders
SEAL_PROVIDER = "foundation.documents.keys.FileSealProvider"  # a bought seal or a KMS comes here
SEAL_PEM = env.str("SEAL_PEM", multiline=True, default="")  # key, certificate, root; else files
SEAL_TIMESTAMP_URL = env.str(
    "SEAL_TIMESTAMP_URL", default=""
)  # RFC 3161; sealed without if it fails

# Mail ----------------------------------------------------------------------------------------
_mail = environ.Env.email_url_config(env.str("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Portal <no-reply@portal.example>")

# Logs: ids and sentences, no names, no addresses, no query strings ------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "fields": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processors": "ext://portal.logs.PROCESSORS",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "fields"}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False
