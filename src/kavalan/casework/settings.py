"""Django's settings, read from the environment of one workspace.

`KAVALAN_WORKSPACE` is its directory, `KAVALAN_EVIDENCE` the folders in which evidence lies (several separated by `:`;
the workspace's own `evidence` otherwise), `DATABASE_URL` a PostgreSQL database in place of the workspace's own file,
`KAVALAN_ORIGIN` the address at which browsers reach the desk, `KAVALAN_TIME_ZONE` the zone in which pages show time,
`KAVALAN_IDLE_MINUTES` after how many minutes without anybody there the desk locks (15), `KAVALAN_ANCHOR` the file to
which the ledger's checkpoints are carried, `KAVALAN_CHECKPOINT_MINUTES` how often one is made while there is anything
new (60).
"""

from __future__ import annotations

import os
from pathlib import Path

from kavalan.casework import database
from kavalan.casework.origin import parse_origin

_HERE = Path(__file__).parent
_ORIGIN = parse_origin(os.environ.get("KAVALAN_ORIGIN", "http://127.0.0.1:8000"))

KAVALAN_WORKSPACE = Path(os.environ.get("KAVALAN_WORKSPACE", "kavalan-workspace")).absolute()

# Only what lies below these folders is registered as evidence: an officer names it, the desk's own user reads it.
KAVALAN_EVIDENCE = tuple(
    Path(root).absolute()
    for root in os.environ.get("KAVALAN_EVIDENCE", str(KAVALAN_WORKSPACE / "evidence")).split(os.pathsep)
)

# Best on another machine or medium: in the workspace it is outside the database and no further.
KAVALAN_ANCHOR = Path(os.environ.get("KAVALAN_ANCHOR", KAVALAN_WORKSPACE / "ledger-anchor.txt")).absolute()
KAVALAN_CHECKPOINT_MINUTES = int(os.environ.get("KAVALAN_CHECKPOINT_MINUTES", "60"))

_secret = KAVALAN_WORKSPACE / "secret-key"
# Without a workspace the key is empty, and Django refuses to sign anything.
SECRET_KEY = _secret.read_text().strip() if _secret.exists() else ""

DEBUG = False
ALLOWED_HOSTS = list(_ORIGIN.hosts)
# Where the page of a fault says that it is written down.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"faults": {"class": "kavalan.casework.serving.line.FaultHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["faults"], "propagate": False}},
}

ROOT_URLCONF = "kavalan.casework.urls"
WSGI_APPLICATION = "kavalan.casework.wsgi.application"

INSTALLED_APPS = [
    "kavalan.casework",
    "kavalan.casework.accounts",
    "kavalan.casework.access",
    "kavalan.casework.authority",
    "kavalan.casework.ledger",
    "kavalan.casework.jobs",
    "kavalan.casework.vault",
    "kavalan.casework.exhibits",
    "kavalan.casework.hits",
    "kavalan.casework.exports",
    "kavalan.casework.approvals",
    "kavalan.casework.privilege",
    "kavalan.casework.safekeeping",
    "kavalan.casework.uploads",
    "kavalan.casework.papers",
    "kavalan.casework.clocks",
    "kavalan.casework.identities",
    "kavalan.casework.intake",
    "kavalan.casework.custody",
    "kavalan.casework.triage",
    "kavalan.casework.routing",
    "kavalan.casework.retention",
    "kavalan.casework.cases",
    "kavalan.casework.operations",
    "kavalan.casework.subjects",
    "kavalan.casework.insight",
    "kavalan.casework.mydesk",
    "kavalan.casework.search",
    "kavalan.casework.look",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kavalan.casework.middleware.page_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kavalan.casework.accounts.middleware.DeskSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "kavalan.casework.look.context.look"]
        },
    }
]

_url = os.environ.get("DATABASE_URL")
DATABASES = {"default": database.from_url(_url) if _url else database.sqlite(KAVALAN_WORKSPACE / "desk.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["kavalan.casework.accounts.backend.BadgeBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

CSRF_TRUSTED_ORIGINS = [_ORIGIN.text]
SESSION_COOKIE_AGE = 8 * 60 * 60  # one shift, after which a session ends whatever happens in it
# How long nobody does anything before the desk locks.
KAVALAN_IDLE_MINUTES = int(os.environ.get("KAVALAN_IDLE_MINUTES", "15"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _ORIGIN.encrypted
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _ORIGIN.encrypted else 0
SECURE_SSL_REDIRECT = _ORIGIN.encrypted
# TLS ends in front of gunicorn, at a proxy that sets this header whatever the browser sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _ORIGIN.encrypted else None
# Not "no-referrer": under it browsers send forms with `Origin: null`, which the check of forms must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Never to a temporary file: what is uploaded is evidence.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# What is larger is not taken: it would be held in memory whole.
FILE_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
# A month of a partner's referrals is several hundred; each is held to the sum above.
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

# What is sent in pieces may be so large, and is waited for so long after its last piece.
KAVALAN_UPLOAD_GIB = int(os.environ.get("KAVALAN_UPLOAD_GIB", "1024"))
KAVALAN_UPLOAD_DAYS = int(os.environ.get("KAVALAN_UPLOAD_DAYS", "7"))
# A copy in the vault is read by a scan from memory, decrypted; what is larger is not.
KAVALAN_CLEAR_GIB = int(os.environ.get("KAVALAN_CLEAR_GIB", "8"))

# The whole vault is read again within so many days, at night: by so many GiB a night, or as many as that takes.
KAVALAN_VERIFY_DAYS = int(os.environ.get("KAVALAN_VERIFY_DAYS", "30"))
KAVALAN_REHASH_GIB = int(os.environ.get("KAVALAN_REHASH_GIB", "0"))
# From this hour to that one, in the unit's zone.
KAVALAN_NIGHT = os.environ.get("KAVALAN_NIGHT", "22-6")

USE_TZ = True
TIME_ZONE = os.environ.get("KAVALAN_TIME_ZONE", "Asia/Kolkata")
LANGUAGE_CODE = "en"
# What the browser asks for, until somebody at it chooses; each language in its own name.
LANGUAGES = [("en", "English"), ("ml", "മലയാളം"), ("hi", "हिन्दी")]
LANGUAGE_COOKIE_NAME = "kavalan-language"
FORMAT_MODULE_PATH = ["kavalan.casework.formats"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite names these files after their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/static/kavalan/assets/.+-[\w-]{8}\.\w+$"
