"""Settings of STS-Dialoog. Everything that differs between machines comes from the environment.

Secure by default: without DJANGO_DEBUG=true the production rules apply. A setting that is missing
or wrong stops the process from starting (environment.py).
"""

import os
from pathlib import Path
from typing import Any

import font_source_sans_pro
from csp.constants import NONE, SELF

from stsdialoog import environment

env = environment.Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent
MATERIALEN_DIR = BASE_DIR / "fixtures" / "materialen"

DEBUG = env.read("DJANGO_DEBUG", environment.yes_or_no, default=False)
SECRET_KEY = env.read(
    "DJANGO_SECRET_KEY",
    environment.one_line if DEBUG else environment.secret,
    default="dev-only-key",
    required="" if DEBUG else "neem een lange willekeurige tekst, die je nergens anders gebruikt.",
)
# Keys of before, with which nothing new is signed or encrypted (docs/adr/0024-second-step.md).
SECRET_KEY_FALLBACKS: list[str] = env.read(
    "DJANGO_SECRET_KEY_FALLBACKS", environment.secrets, default=[]
)
ALLOWED_HOSTS = env.read(
    "DJANGO_ALLOWED_HOSTS",
    environment.hosts,
    default=["localhost", "127.0.0.1", "[::1]"],
    required="" if DEBUG else "geef de namen van deze server, met een komma ertussen.",
)
# The base of links in mails, for which the host of a request is never trusted.
SITE_URL = env.read(
    "SITE_URL",
    environment.base_url,
    default="http://127.0.0.1:8000",
    required="" if DEBUG else "geef het adres waarmee de links in mails beginnen (https://...).",
)

INSTALLED_APPS = [
    "stsdialoog",
    "stsdialoog.counters",
    "dossiers.logboek",
    "dossiers.mensen",
    "dossiers.briefhoofd",
    "dossiers.materialen",
    "dossiers.sociale_kaart",
    "dossiers",
    "dossiers.velden",
    "dossiers.acties",
    "dossiers.cijfers",
    "dossiers.overnemen",
    "dossiers.inzage",
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
    "start.kopie",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "bs_icon_templates",
    "csp",
]

MIDDLEWARE = [
    "stsdialoog.middleware.RequestIdMiddleware",
    "stsdialoog.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stsdialoog.metrics.MetricsMiddleware",
    # Before all that reads or writes a page, so that it compresses the last of them.
    "stsdialoog.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "stsdialoog.middleware.PrivacyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stsdialoog.middleware.BodyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stsdialoog.middleware.LoginRequiredMiddleware",
    "dossiers.mensen.middleware.TweedeStapMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "stsdialoog.urls"
WSGI_APPLICATION = "stsdialoog.wsgi.application"

LOADERS = [
    ("stsdialoog.template_loader.Loader", [BASE_DIR / "templates"]),
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------
SQLITE = "django.db.backends.sqlite3"
# How long anything waits for a PostgreSQL that does not answer, in seconds.
DATABASE_SECONDS = 3
if env.is_empty("DATABASE_URL") and not DEBUG:
    # On a server this is a value that got lost; the default would be another, empty database.
    env.wrong.append("DATABASE_URL is leeg: geef ze, of laat ze weg voor db.sqlite3 in deze map.")
DATABASE: dict[str, Any] = env.read(
    "DATABASE_URL",
    environment.database,
    default={"ENGINE": SQLITE, "NAME": str(BASE_DIR / "db.sqlite3")},
)
POOL_MIN = env.read("DATABASE_POOL_MIN", environment.whole_number(least=0), default=1)
POOL_MAX = env.read("DATABASE_POOL_MAX", environment.whole_number(least=1), default=8)
if POOL_MIN > POOL_MAX:
    env.wrong.append("DATABASE_POOL_MIN is groter dan DATABASE_POOL_MAX: draai ze om.")
# How long a save waits for another one. A page gives up after 15 seconds and sends again
# (templates/base.html): by then the database has to have given up too.
LOCK_SECONDS = 10
if DATABASE["ENGINE"] == SQLITE:
    DATABASE["OPTIONS"] = {
        # A transaction takes the write lock when it begins and other writers wait for it: eight
        # people can save at the same moment without a "database is locked" error.
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_SECONDS,
        # Deleted data are overwritten, so that parents' talks disappear from the file too.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASE["ENGINE"] = "stsdialoog.postgresql"
    DATABASE["OPTIONS"] = {
        # In seconds: a server that does not answer keeps nobody waiting for long. One that went
        # away in the middle of a conversation counts as gone after as long (in milliseconds).
        "connect_timeout": DATABASE_SECONDS,
        "tcp_user_timeout": DATABASE_SECONDS * 1000,
        **DATABASE.get("OPTIONS", {}),
        "pool": {
            "min_size": POOL_MIN,
            "max_size": POOL_MAX,
            "timeout": DATABASE_SECONDS,
            # How long one attempt to connect goes on by itself. The default of five minutes tries
            # ever less often, and would find a server that is back only after a minute.
            "reconnect_timeout": DATABASE_SECONDS,
        },
    }
    # PostgreSQL would compile a query that it thinks is large, again at each request; that takes
    # longer than running it.
    DATABASE["OPTIONS"].setdefault("options", f"-c jit=off -c lock_timeout={LOCK_SECONDS}s")
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "mensen.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dossiers.mensen.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "dossiers.mensen.passwords.NotYourself"},
    {"NAME": "dossiers.mensen.passwords.NotCommon"},
    {"NAME": "dossiers.mensen.passwords.NotJustWords"},
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
# How long a proof of who somebody is counts, for what touches keys, addresses and roles; seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Of allauth's own limits only those on how many pages a visitor asks for: by its limits on wrong
# tries and on mails anybody could shut out anybody, so those are in dossiers/mensen/limits.py.
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,
    "request_login_code": "20/m/ip,100/h/ip",
    "reset_password": "20/m/ip,100/h/ip",
}
UITNODIGING_DAGEN = 14

# --- The second step of logging in ------------------------------------------------------------
# Whether whoever works for a CLB or has rights in the admin cannot do without one.
TWEEDE_STAP_VERPLICHT = env.read("TWEEDE_STAP_VERPLICHT", environment.yes_or_no, default=not DEBUG)
MFA_ADAPTER = "dossiers.mensen.adapter.TweedeStapAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "STS-Dialoog"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The invitation proved the address; allauth's own table of addresses is only a copy.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A browser has passkeys on https only, and on this machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

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
# Of Debian's fonts-noto-core. Without it a talk with parents prints no Arabic, Ethiopic or Hebrew.
NOTO_DIR = Path("/usr/share/fonts/truetype/noto")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "stsdialoog.web_typeface.WebTypefaceFinder",
    "stsdialoog.web_bootstrap.WebBootstrapFinder",
]
# Where those two keep what they made, until collectstatic or a browser asks again.
MADE_FILES_DIR = BASE_DIR / ".made"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "stsdialoog.static_storage.ManifestStorage"
    },
}

# --- Documents on paper: made by processes of their own, and kept (stsdialoog/documents/) ---------
DOCUMENTEN_DIR = env.read("DOCUMENTEN_DIR", environment.folder, default=BASE_DIR / "documenten")
# What all kept documents may take on disk together, in megabytes.
DOCUMENTEN_MB = env.read("DOCUMENTEN_MB", environment.whole_number(least=1), default=500)
# How many documents this machine makes at once, besides one of a talk with parents.
DOCUMENTEN_PROCESSEN = env.read(
    "DOCUMENTEN_PROCESSEN", environment.whole_number(least=1), default=2
)

# --- Forms ------------------------------------------------------------------------------------
FORM_RENDERER = "stsdialoog.renderer.PlainRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Without JavaScript a whole page is one form: the overview has sixteen fields per action, and every
# text may be as long as its field allows (an é takes six characters when URL-encoded).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
# Only a view that says so takes a file, and one at most (stsdialoog/bodies.py).
FILE_UPLOAD_HANDLERS = ["stsdialoog.bodies.NoFiles"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# --- Parents' talks: the first key encrypts, all of them decrypt; `manage.py vernieuw_sleutels`
# re-encrypts with the first key what an older one encrypted -------------------------------------
PUBLIC_KEY = "b25seS1mb3ItZGV2ZWxvcG1lbnQtbm8tc2VjcmV0ISE="
OUDERGESPREK_SLEUTELS = env.read(
    "OUDERGESPREK_SLEUTELS",
    environment.fernet_keys(public="" if DEBUG else PUBLIC_KEY),
    default=[PUBLIC_KEY],
    required="" if DEBUG else f"gesprekken met ouders hebben een sleutel. {environment.MAKE_A_KEY}",
)

# What was erased for good is remembered here too, for a backup that brings it back.
WISLIJST = env.read("WISLIJST", environment.file, default=BASE_DIR / "wislijst.jsonl")

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
# How many proxies stand in front; without one, nothing that a request says of itself is believed
# (TrustedProxyMiddleware).
TRUSTED_PROXY = env.read("TRUSTED_PROXY", environment.whole_number(least=0), default=0)
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if not DEBUG:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = (
    env.read("SECURE_SSL_REDIRECT", environment.yes_or_no, default=True) and not DEBUG
)

# --- Cache: the counters of the login rate limits, shared by all web processes --------------------
CACHES = {
    # A table of numbers. Nothing that is read from a cache may ever be unpickled: the database is
    # trusted less than this process, which holds the keys of the parents' talks.
    "default": {"BACKEND": "stsdialoog.counters.cache.CounterCache"},
    # The number of answers to a survey in the current minute, which may never reach a disk.
    "rate_limit": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rate_limit",
    },
}

# --- Mail ---------------------------------------------------------------------------------------
SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
MAIL_FROM_HERE = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "localhost", "EMAIL_PORT": 25}
EMAIL_CONFIG = env.read(
    "EMAIL_URL",
    environment.email,
    default={"EMAIL_BACKEND": CONSOLE} if DEBUG else MAIL_FROM_HERE,
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.read(
    "DEFAULT_FROM_EMAIL", environment.sender, default="STS-Dialoog <sts-dialoog@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where users of this server report a weakness (SECURITY.md); the page on privacy shows it.
SECURITY_CONTACT = env.read("SECURITY_CONTACT", environment.one_line, default="")
# Where they report what they cannot use; the accessibility statement shows it.
ACCESSIBILITY_CONTACT = env.read("ACCESSIBILITY_CONTACT", environment.one_line, default="")

# --- Metrics: how many and how long, for a listener of their own; nothing of whom or of what ------
METRICS_BIND = env.read("METRICS_BIND", environment.listener, default=None)

# --- Log: what happened, never what users typed ---------------------------------------------------
LOG_JSON = env.read("LOG_JSON", environment.yes_or_no, default=False)
PLAIN_LINE = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
LOGGING_CONFIG = "stsdialoog.log.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "stsdialoog.log.JsonLines"} if LOG_JSON else PLAIN_LINE},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    # Django's own handler would write the same lines a second time.
    "loggers": {"django": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "stsdialoog.errors.ClosedReporterFilter"

env.stop_if_wrong()
