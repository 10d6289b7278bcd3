"""Settings of STS-Dialoog. Everything that differs between machines comes from the environment.

Secure by default: without DJANGO_DEBUG=true the production rules apply, and a missing secret key
or host list stops the process from starting.
"""

from pathlib import Path

import bootstrap_wrapper
import environ
import font_source_sans_pro
from csp.constants import NONE, SELF

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
MATERIALEN_DIR = BASE_DIR / "fixtures" / "materialen"

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY", default="dev-only-key" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list(
    "DJANGO_ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else environ.Env.NOTSET,
)
# The base of links in mails, for which the host of a request is never trusted.
SITE_URL = env.str(
    "SITE_URL", default="http://127.0.0.1:8000" if DEBUG else environ.Env.NOTSET
).rstrip("/")

INSTALLED_APPS = [
    "stsdialoog",
    "dossiers.logboek",
    "dossiers.mensen",
    "dossiers.materialen",
    "dossiers",
    "dossiers.velden",
    "dossiers.acties",
    "dossiers.overnemen",
    "preventieplan",
    "preventieplan.routekaart",
    "dialoogfiches",
    "dialoogfiches.gesprekken",
    "dialoogfiches.lezen",
    "dialoogfiches.bevragingen",
    "dialoogfiches.oudergesprekken",
    "dialoogfiches.toolbox",
    "start",
    "start.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "bs_icon_templates",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "stsdialoog.middleware.PrivacyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stsdialoog.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "stsdialoog.urls"
WSGI_APPLICATION = "stsdialoog.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------
# Set but empty, as in a form of settings that nobody filled in, counts as not set.
DATABASE_URL = env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins and other writers wait for it: eight
        # people can save at the same moment without a "database is locked" error.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Deleted data are overwritten, so that parents' talks disappear from the file too.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": env.int("DATABASE_POOL_MIN", default=1),
        "max_size": env.int("DATABASE_POOL_MAX", default=8),
        "timeout": 10,
    }
    # PostgreSQL would compile a query that it thinks is large, again at each request; that takes
    # longer than running it.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "mensen.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dossiers.mensen.passwords.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "dossiers.mensen.passwords.NotYourself"},
    {"NAME": "dossiers.mensen.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "dossiers.mensen.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Accounts come from an invitation by mail, which proves the address; there is no open sign-up.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[STS-Dialoog] "
UITNODIGING_DAGEN = 14

# --- Language -------------------------------------------------------------------------------
LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
FORMAT_MODULE_PATH = "stsdialoog.formats"
# Replaces the formal "u" in the sentences of Django's admin by "je".
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Static files: our own, and those of installed packages -----------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
FONT_DIR = Path(font_source_sans_pro.font_directory)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
    ("fonts", FONT_DIR),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "stsdialoog.static_storage.ManifestStorage"
    },
}

# --- Forms ------------------------------------------------------------------------------------
FORM_RENDERER = "stsdialoog.renderer.PlainRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Without JavaScript a whole page is one form: the overview has sixteen fields per action, and every
# text may be as long as its field allows (an é takes six characters when URL-encoded).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024

# --- Parents' talks: the first key encrypts, all of them decrypt; `manage.py vernieuw_sleutels`
# re-encrypts with the first key what an older one encrypted -------------------------------------
OUDERGESPREK_SLEUTELS = env.list(
    "OUDERGESPREK_SLEUTELS",
    default=["b25seS1mb3ItZGV2ZWxvcG1lbnQtbm8tc2VjcmV0ISE="] if DEBUG else environ.Env.NOTSET,
)

# --- Security ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Bootstrap's style sheet has its checkmarks and arrows as data: images.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "stsdialoog.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not DEBUG:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # Set this when a proxy in front of gunicorn terminates TLS and overwrites this header itself.
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Count the rate limits on logging in per visitor, not per proxy.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- Cache: the counters of the login rate limits, shared by all web processes --------------------
LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCMEM}
    if DEBUG
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A full cache culls entries by key, whatever they hold. Every answer to a survey leaves an
        # entry for a day; with Django's default of 300, those would push out the login limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # The number of answers to a survey in the current minute, which may never reach a disk.
    "rate_limit": {"BACKEND": LOCMEM, "LOCATION": "rate_limit"},
}

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="STS-Dialoog <sts-dialoog@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where users of this server report a weakness (SECURITY.md); the page on privacy shows it.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# --- Log: what happened, never what users typed ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "stsdialoog.log.WithoutKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_keys"],
        }
    },
    # Django's own handler would write the same lines a second time, with the tokens in them.
    "loggers": {"django": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "stsdialoog.errors.ClosedReporterFilter"
