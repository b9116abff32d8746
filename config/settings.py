"""Settings: read from the environment, safe by default.

The limits are in config/limits.py. Every variable is named in .env.example.
ATTUNE_DEMO is the only shortcut: it makes a secret and a SQLite file under var/ and
opens the one-click demo sign-in.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config.environment import env_bool, env_int, env_json, env_list
from config.limits import *  # noqa: F403 - each is a setting
from config.plain_http import PROGRAMS
from config.secret_key import refuse_weak

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"


def _secret_key() -> str:
    if key := os.environ.get("SECRET_KEY"):
        return key if DEMO else refuse_weak(key)
    if not DEMO:
        message = "Set SECRET_KEY to 50 or more random characters, or ATTUNE_DEMO=1."
        raise ImproperlyConfigured(message)
    file = VAR / "demo-secret"
    if not file.exists():
        VAR.mkdir(exist_ok=True)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'attune.sqlite3'}"
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    if database["ENGINE"].endswith("sqlite3"):
        VAR.mkdir(exist_ok=True)
        # Deferred transactions fail at once when a reader turns writer; FULL keeps
        # acknowledged answers through a power cut. Each request has a connection of its
        # own, and the memory of its pages stays with the process: 512 KiB are enough.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-512",
        }
    else:
        if DEMO and not DEMO_PUBLIC:
            message = (
                "ATTUNE_DEMO=1 opens a sign-in without passwords to a database that "
                "looks like a real one. Set ATTUNE_DEMO_PUBLIC=1 too if that is meant."
            )
            raise ImproperlyConfigured(message)
        from config.postgresql import OPTIONS  # noqa: PLC0415 - not needed on SQLite

        database["ENGINE"] = "config.scoped_postgresql"
        database["OPTIONS"] = OPTIONS | database.get("OPTIONS", {})
    return database


def _site_url() -> str:
    if url := os.environ.get("SITE_URL"):
        return url.rstrip("/")
    if DEMO or not ALLOWED_HOSTS:
        return "http://127.0.0.1:8000"
    return f"https://{ALLOWED_HOSTS[0].removeprefix('.')}"


DEMO = env_bool("ATTUNE_DEMO", default=False)
# The demo is only for this machine, with a SQLite file, unless this allows more.
DEMO_PUBLIC = env_bool("ATTUNE_DEMO_PUBLIC", default=False)
DEBUG = False
SECRET_KEY = _secret_key()
# Earlier keys, while their signatures must stay valid.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or (
    ["localhost", "127.0.0.1"] if DEMO else []
)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "audits.people.views.token_refused"

# The address of this site, for links in emails, which have no request to take it from.
SITE_URL = _site_url()

INSTALLED_APPS = [
    "audits",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "audits.middleware.name_request",
    "config.demo.demo_stays_here",
    "config.plain_http.refuse_programs",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "audits.middleware.compress_texts",
    "audits.middleware.security_headers",
    "audits.middleware.answer_livez",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.content_types.refuse_other_encodings",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "audits.middleware.organization_scope",
    "audits.middleware.told_of_no_room",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "config.template_loader.CachedLoader",
                    [
                        "config.template_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            # Its csrf_token also says whom a page was made for.
            "builtins": [
                "audits.templatetags.addresses",
                "audits.templatetags.dates",
                "audits.templatetags.layouts",
                "audits.templatetags.page_tokens",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "audits.pages.page_context",
            ],
        },
    },
]
DATABASES = {"default": _database()}
# Whether nobody chose a database, so that it is a file of SQLite.
DATABASE_IS_ASSUMED = not os.environ.get("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {
    "default": {
        "BACKEND": os.environ.get("TASKS_BACKEND", "django_tasks_db.DatabaseBackend")
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # those into which words are translated
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
if DEMO:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMO
# Pages link to the names with a hash alone; each name takes 3 kB of a process.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR / "media"))
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEMO
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {
        "BACKEND": os.environ.get("STORAGE_BACKEND")
        or "audits.atomic_storage.AtomicStorage",
        "OPTIONS": env_json("STORAGE_OPTIONS"),
    },
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# A larger file is dropped while it comes in; the settings above do not bound files.
FILE_UPLOAD_HANDLERS = ["audits.uploads.handler.BoundedUploadHandler"]
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
EVIDENCE_QUOTA = int(os.environ.get("EVIDENCE_QUOTA_MB") or 2000) * 1024 * 1024
IMPORT_QUOTA = int(os.environ.get("IMPORT_QUOTA_MB") or 200) * 1024 * 1024
IMPORT_QUOTA_OF_A_PERSON = (
    int(os.environ.get("IMPORT_QUOTA_OF_A_PERSON_MB") or 50) * 1024 * 1024
)
PACK_QUOTA = int(os.environ.get("PACK_QUOTA_MB") or 2000) * 1024 * 1024

# The record of events: the file of anchors outside the database
RECORD_ANCHORS = Path(os.environ.get("RECORD_ANCHORS") or VAR / "record-anchors")

# Sign-in
AUTH_USER_MODEL = "audits.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "audits.people.password_rules.NotCommon"},
    {"NAME": "audits.people.password_rules.NotOnlyNames"},
    {"NAME": "audits.people.breached_passwords.NotBreached"},
]
BREACHED_PASSWORDS = os.environ.get("BREACHED_PASSWORDS", "")
if BREACHED_PASSWORDS and not Path(BREACHED_PASSWORDS).exists():
    message = f"BREACHED_PASSWORDS names nothing that is there: {BREACHED_PASSWORDS}"
    raise ImproperlyConfigured(message)
ACCOUNT_ADAPTER = "audits.people.adapter.InvitedPeopleOnly"
ACCOUNT_FORMS = {
    "login": "audits.people.forms.SignInForm",
    "reset_password_from_key": "audits.people.forms.NewPasswordForm",
    "set_password": "audits.people.forms.FirstPasswordForm",
    "change_password": "audits.people.forms.OtherPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
# Its limits count in each process; ours, below, count in the database.
ACCOUNT_RATE_LIMITS = False
# How many seconds after a sign-in nobody has to confirm their identity.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Whether who belongs to no organization may make one.
FOUNDING_ALLOWED = env_bool("FOUNDING_ALLOWED", default=DEMO)
# Whether that holds for who was deactivated in another one, too.
FOUNDING_AFTER_LEAVING = env_bool("FOUNDING_AFTER_LEAVING", default=False)
MFA_ADAPTER = "audits.people.factors.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# One step of 30 seconds to each side, for clocks that differ.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
# Identity providers of organizations, by slug, and origins without TLS or in a private
# network that may be asked all the same.
SIGN_ON_PROVIDERS = env_json("SIGN_ON_PROVIDERS")
SIGN_ON_ORIGINS = frozenset(env_list("SIGN_ON_ORIGINS"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "use_cases"
LOGOUT_REDIRECT_URL = "home"

# Whether to take a request's name from X-Request-ID.
REQUEST_ID_FROM_PROXY = env_bool("BEHIND_PROXY", default=False)

# Mail
_SMTP = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": os.environ.get("EMAIL_HOST", "localhost"),
        "port": int(os.environ.get("EMAIL_PORT", "25")),
        "username": os.environ.get("EMAIL_HOST_USER", ""),
        "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
        "use_tls": env_bool("EMAIL_USE_TLS", default=False),
        "timeout": 10,
    },
}
_CONSOLE = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
MAILERS = {"default": _CONSOLE if DEMO else _SMTP}
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "attune@localhost")

# Forms
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Security: what a browser may do with our pages, and how cookies travel
_HTTPS = not DEMO
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "report-uri": ["/csp-reports/"],
}
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", default=_HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", PROGRAMS]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env_bool("BEHIND_PROXY", default=False)
    else None
)
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "attune-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "attune-csrf"
CSRF_COOKIE_HTTPONLY = True
THEME_COOKIE_NAME = "__Host-theme" if _HTTPS else "attune-theme"
# After a sign-in however much it is used, and without a request, in seconds.
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", default=12) * 60 * 60
SESSION_IDLE_AGE = env_int("SESSION_IDLE_MINUTES", default=3 * 60) * 60
MESSAGE_STORAGE = "audits.given_back.NewestMessages"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "audits.logs.formatter"}},
    "filters": {"refusals": {"()": "audits.logs.refusals.Refusals"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals"],
        }
    },
    "loggers": {
        # Anchors are logged whatever LOG_LEVEL is.
        "audits.services.record.anchors": {"level": "INFO"},
        # They log each step of each paper.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # They log each connection that is lent.
        "psycopg.pool": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
