"""Settings of STS-Dialoog. Everything that differs between machines comes from the environment.

Secure by default: without DJANGO_DEBUG=true the production rules apply. A setting that is missing
or wrong stops the process from starting (environment.py).
"""

import os
from pathlib import Path

import font_source_sans_pro
from csp.constants import NONE, SELF

from stsdialoog import database_url, environment, openid

env = environment.Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent
MATERIALEN_DIR = BASE_DIR / "fixtures" / "materialen"
HANDLEIDING_DIR = BASE_DIR / "docs" / "handleiding"

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
    "dossiers.aanmelden",
    "dossiers.briefhoofd",
    "dossiers.materialen",
    "dossiers.sociale_kaart",
    "dossiers.regels",
    "dossiers.kalender",
    "dossiers",
    "dossiers.velden",
    "dossiers.acties",
    "dossiers.anoniem",
    "dossiers.cijfers",
    "dossiers.praktijken",
    "dossiers.reacties",
    "dossiers.overnemen",
    "dossiers.inzage",
    "preventieplan",
    "preventieplan.routekaart",
    "preventieplan.inschalen",
    "preventieplan.spiegel",
    "preventieplan.uitzoeken",
    "preventieplan.opmerkingen",
    "preventieplan.bestuur",
    "dialoogfiches",
    "dialoogfiches.gesprekken",
    "dialoogfiches.lezen",
    "dialoogfiches.bevragingen",
    "dialoogfiches.oudergesprekken",
    "dialoogfiches.toolbox",
    "start",
    "start.demo",
    "start.bewaring",
    "start.gegevens",
    "start.kopie",
    "start.uitvoer",
    "start.hulp",
    "start.taken",
    "start.clb_overzicht",
    "start.herinneringen",
    "start.avond",
    "start.regio",
    "start.weerklank",
    "start.notities",
    "start.nieuw_jaar",
    "start.plg",
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
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "bs_icon_templates",
    "csp",
]

MIDDLEWARE = [
    "stsdialoog.middleware.RequestIdMiddleware",
    "stsdialoog.middleware.TrustedProxyMiddleware",
    # Before all that answers by itself, such as a static file or the way to https.
    "csp.middleware.CSPMiddleware",
    "stsdialoog.middleware.PrivacyHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stsdialoog.metrics.MetricsMiddleware",
    # Before all that reads or writes a page, so that it compresses the last of them.
    "stsdialoog.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stsdialoog.middleware.BodyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stsdialoog.middleware.LoginRequiredMiddleware",
    "dossiers.mensen.middleware.TweedeStapMiddleware",
    "dossiers.mensen.middleware.ActivityMiddleware",
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
DATABASES = {"default": database_url.database(env, debug=DEBUG, folder=BASE_DIR)}
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
ACCOUNT_ADAPTER = "dossiers.aanmelden.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
PASSWORD_RESET_TIMEOUT = 60 * 60
# Accounts come from an invitation by mail, which proves the address; there is no open sign-up.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
# The form asks whether this is one's own device; without a yes the browser keeps the cookie until
# it closes. When a session ends otherwise: dossiers/mensen/domain/sessies.py.
ACCOUNT_SESSION_REMEMBER = None
SESSION_ENGINE = "dossiers.mensen.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
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

# --- Logging in with OpenID Connect: an account is linked by its owner, never by an address ------
AANBIEDERS = openid.providers(env)
SOCIALACCOUNT_ADAPTER = "dossiers.aanmelden.adapter.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_STORE_TOKENS = False

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
# The pictures stand beside the manual that shows them.
STATICFILES_DIRS = [BASE_DIR / "static", ("hulp", HANDLEIDING_DIR / "beelden")]
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
# WhiteNoise would let the pages of any other site read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

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
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "stsdialoog.cookies.MessageStorage"
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
    # A browser takes a cookie of such a name from this host only (stsdialoog/cookies.py).
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
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
