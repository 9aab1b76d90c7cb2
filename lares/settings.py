"""Settings: development when nothing is set, production from the environment (the README has the table)."""

import os
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
KEPT = BASE_DIR / ".lares"


def words(name):
    """A comma-separated environment variable as a list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def decimal(text):
    """An exact number; None if it is none (a check says so)."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def database(url):
    """The server of a postgresql:// address; without one the embedded; nothing usable if it is wrong."""
    if not url and not PRODUCTION:
        return {"ENGINE": "lares.localdb", "NAME": "lares", "USER": "lares"}
    try:
        parsed = dj_database_url.parse(url)
    except ValueError:
        parsed = {}
    # lares.E003 says what is wrong.
    return parsed if parsed.get("ENGINE") == POSTGRESQL else {"ENGINE": "django.db.backends.dummy"}


def mail_server(url):
    """Django's EMAIL_ settings for smtp:// (STARTTLS unless loopback) or smtps:// (TLS from the start)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # lares.E004 says what is wrong
        return mail_server("")
    use_ssl = parts.scheme == "smtps"
    use_tls = parts.scheme == "smtp" and host not in {"localhost", "127.0.0.1", "::1"}
    return {
        "EMAIL_HOST": host if parts.scheme in {"smtp", "smtps"} else "",
        "EMAIL_PORT": port or (465 if use_ssl else 587 if use_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": use_ssl,
        "EMAIL_USE_TLS": use_tls,
    }


POSTGRESQL = "django.db.backends.postgresql"

# Which rules hold: anything but an explicit "development" is production once a real database is named.
DATABASE_URL = os.environ.get("DATABASE_URL", "")
LARES_ENV = os.environ.get("LARES_ENV") or ("production" if DATABASE_URL else "development")
PRODUCTION = LARES_ENV != "development"
HTTPS = PRODUCTION and os.environ.get("LARES_HTTPS", "on") != "off"
DEBUG = not PRODUCTION and os.environ.get("LARES_DEBUG", "on") != "off"

# In development the key protects nothing but the loopback site; lares.E001 asks for a real one in production.
SECRET_KEY = os.environ.get("LARES_SECRET_KEY") or ("" if PRODUCTION else "development-only-" + "lares" * 8)
SECRET_KEY_FALLBACKS = words("LARES_OLD_SECRET_KEYS")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = words("LARES_HOSTS") if PRODUCTION else LOOPBACK

INSTALLED_APPS = [
    "modeltranslation",
    "lares.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "django_countries",
    "lares",
    "treks",
    "bookings",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lares.middleware.headers",
    "lares.middleware.compress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lares.middleware.Unavailable",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lares.middleware.published_language",
    "django.middleware.common.CommonMiddleware",
    "lares.middleware.origin_of_private_forms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if not PRODUCTION:
    MIDDLEWARE.insert(0, "lares.middleware.loopback_only")

ROOT_URLCONF = "lares.urls"
# WSGI_APPLICATION is left out on purpose: lares.wsgi means production, and runserver is development.

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "treks.context.operator",
                "treks.context.own_words",
            ],
        },
    },
]

# A stalled network or lock must not hold a request for ever: connecting, silence and lock waits all end.
CONNECTION_OPTIONS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c default_transaction_isolation=read\\ committed -c lock_timeout=3s",
}
DATABASES = {"default": database(DATABASE_URL)}
DATABASES["default"]["OPTIONS"] = CONNECTION_OPTIONS | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"] |= {"CONN_MAX_AGE": 60 if PRODUCTION else 0, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
# The languages in which travelers find the site; the office can be read in all of LANGUAGES.
PUBLISHED_LANGUAGES = ["en"]
LOCALE_PATHS = [BASE_DIR / "lares" / "locale"]
TIME_ZONE = "America/Lima"
USE_TZ = True
USE_I18N = True

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "es")
# Both ways: a row written while Spanish was active must not show an empty name in English.
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "es"), "es": ("en",), "en": ("es",)}

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("LARES_STATIC_ROOT") or KEPT / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "lares.stylesheet.StylesheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("LARES_MEDIA_ROOT") or KEPT / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "lares.built.BuiltFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION

CRISPY_TEMPLATE_PACK = "forms"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("forms",)

LOGIN_URL = "admin:login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Name and shape are Django 6's, so that its own middleware can take over from lares.middleware.headers.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

if PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail_server(os.environ.get("LARES_MAIL_URL", "")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = KEPT / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("LARES_MAIL_FROM") or "office@localhost"

# Everything goes to the console, where systemd or a container collects it; mails would carry form data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"private": {"()": "lares.logs.HidePrivateAddresses"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["private"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {
            "handlers": ["console"],
            "level": "INFO" if DEBUG else "WARNING",
            "propagate": False,
            "filters": ["private"],
        },
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# Cards are taken where both keys are set (lares.E009 to E011 say what is wrong with them). Another address
# than Stripe's is the stand-in's, for development at this machine alone.
STRIPE_SECRET_KEY = os.environ.get("LARES_STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("LARES_STRIPE_WEBHOOK_SECRET", "")
STRIPE_API_BASE = os.environ.get("LARES_STRIPE_API_BASE", "")
if STRIPE_SECRET_KEY:
    # Browsers hold a form also to where its answer sends them on.
    SECURE_CSP["form-action"] += [STRIPE_API_BASE or "https://checkout.stripe.com"]
CARD_SURCHARGE_PERCENT = decimal(os.environ.get("LARES_CARD_SURCHARGE_PERCENT") or "0")

# Where the site is reached from outside: links in messages begin with it.
SITE_URL = os.environ.get("LARES_URL") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION and ALLOWED_HOSTS else "http://127.0.0.1:8000"
)
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"

# How long seats are kept. Thirty minutes and ten times nine more are two hours in all (WCAG 2.2.1).
HOLD_MINUTES = int(os.environ.get("LARES_HOLD_MINUTES") or 30)
HOLD_EXTENSION_MINUTES = 9
HOLD_EXTENSIONS = 10
PENDING_DAYS = {"card": 2, "transfer": 7, "cash": 7}
ERASE_LAPSED_HOLDS_AFTER_DAYS = int(os.environ.get("LARES_ERASE_LAPSED_HOLDS_AFTER_DAYS") or 30)

# Open holds at once; 0 is no limit. An address is shared by a whole hostel, so its limit is generous.
HOLDS_PER_ADDRESS = int(os.environ.get("LARES_HOLDS_PER_ADDRESS") or (30 if PRODUCTION else 0))
HOLDS_PER_BROWSER = int(os.environ.get("LARES_HOLDS_PER_BROWSER") or (3 if PRODUCTION else 0))
# How many proxies of ours stand before the site: so many last X-Forwarded-For entries are believed.
TRUSTED_PROXIES = int(os.environ.get("LARES_TRUSTED_PROXIES") or 0)

# “Find my booking”: so many requests an hour from one address (0 is no limit), so many links to one booking.
LINK_REQUESTS_PER_ADDRESS = 20
LINKS_PER_BOOKING = 3
# How often the e-mail address of a booking may be corrected within a day: each time a message goes there.
EMAIL_CORRECTIONS_PER_DAY = 5

# The balance: reminders so many days before its day, on it, and after it (less than 0); the largest first.
BALANCE_REMINDERS = (7, 3, 0, -2)

# Constancias de pago: the series of their numbers, and what they say about taxes.
RECEIPT_SERIES = os.environ.get("LARES_RECEIPT_SERIES") or "CP"
RECEIPT_TAX_TEXT = os.environ.get("LARES_RECEIPT_TAX_TEXT") or ""
