"""The site's settings: one file, everything that differs between machines from the environment.

Development is asked for with `PACTSITE_DEV=1` (the Makefile and the tests do); anything else is production, which
refuses to start while something that it needs is missing, and names all of it.

`PACTSITE_DEBUG`         `1` shows Django's error pages, in development only
`SECRET_KEY`             production must set it; development makes one and keeps it in the data folder
`DATABASE_URL`           production must set it; development without it starts the embedded PostgreSQL
`ALLOWED_HOSTS`          production must set it: host names, separated by commas
`CSRF_TRUSTED_ORIGINS`   origins such as `https://pact.example`, separated by commas, behind some proxies
`SECURE_SSL_REDIRECT`    `0` where nothing in front speaks HTTPS (default `1` in production)
`SECURE_HSTS_SECONDS`    default one year in production
`SECURE_PROXY_SSL_HEADER` `1` where a proxy in front sets (never passes on) `X-Forwarded-Proto`
`EMBED_FRAME_ANCESTORS`  who may frame an embed, in the words of CSP; default `*`
`PACTSITE_DATA`          folder of the embedded PostgreSQL and the development key; default `.data`
`LOG_LEVEL`              default `INFO`
"""

import os
from pathlib import Path

import dj_database_url
import pghistory
from django.core.exceptions import ImproperlyConfigured

from pactsite import development, files

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("PACTSITE_DATA") or BASE_DIR / ".data").resolve()


def _switch(name: str, default: bool) -> bool:
    """The environment's yes or no under `name`. Raises ImproperlyConfigured for any other word."""
    word = os.environ.get(name, "").strip().lower()
    if word == "":
        return default
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}; it must be 1 or 0.")


def _words(name: str) -> list[str]:
    """The environment's comma-separated list under `name`; empty when unset."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


DEVELOPMENT = _switch("PACTSITE_DEV", default=False)
# Development shows the pages that readers get, those for errors too; Django's own error pages are asked for.
DEBUG = DEVELOPMENT and _switch("PACTSITE_DEBUG", default=False)

if not DEVELOPMENT:
    _needed = ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS")
    _missing = [name for name in _needed if not os.environ.get(name, "").strip()]
    if _missing:
        raise ImproperlyConfigured(
            f"Not set in the environment: {', '.join(_missing)}. Production needs all of them; "
            "for a development machine, `make run` sets PACTSITE_DEV=1 instead."
        )

SECRET_KEY = os.environ.get("SECRET_KEY") or development.secret_key(DATA_DIR)
ALLOWED_HOSTS = _words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS")

DATABASE_URL = os.environ.get("DATABASE_URL") or development.database_url(DATA_DIR)
DATABASES = {
    "default": {
        **dj_database_url.parse(
            DATABASE_URL, conn_max_age=0 if DEVELOPMENT else 60, conn_health_checks=not DEVELOPMENT
        ),
        "ATOMIC_REQUESTS": False,
    }
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database, as in postgresql://user@host/name.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "apps.dashboard",
    "apps.embeds",
    "apps.exchange",
    "apps.search",
    "apps.timelines",
    "apps.comparison",
    "apps.quotes",
    "apps.opinions",
    "apps.treaties",
    "apps.sources",
    "apps.editorial",
    # Django's admin, with our front door.
    "apps.editorial.apps.EditorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "pgtrigger",
    "pghistory",
    "django_htmx",
]
if DEVELOPMENT:
    # WhiteNoise serves static files in development too, as in production.
    INSTALLED_APPS.insert(0, "whitenoise.runserver_nostatic")

# Outermost first. Sessions, CSRF and logins work only where a view asks for them: a page for readers never does.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Outside the rules: what must not be stored gets no ETag.
    "django.middleware.http.ConditionalGetMiddleware",
    "pactsite.headers.ResponseRules",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.sources.middleware.RefusalPage",
]

ROOT_URLCONF = "pactsite.urls"
WSGI_APPLICATION = "pactsite.wsgi.application"

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

LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEVELOPMENT
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_ADD_HEADERS_FUNCTION = files.for_any_site
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT

# What is kept for a minute is kept by each process for itself; whoever develops sees every change at once.
CACHES = {
    "default": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEVELOPMENT else 'locmem.LocMemCache'}",
        "OPTIONS": {"MAX_ENTRIES": 200},
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEVELOPMENT
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"

SECURE_SSL_REDIRECT = _switch("SECURE_SSL_REDIRECT", default=not DEVELOPMENT)
# What watches the server asks over plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS") or (0 if DEVELOPMENT else 31_536_000))
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
if _switch("SECURE_PROXY_SSL_HEADER", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# An embed opens links to the site in a new window; the rule keeps the two apart.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# `pactsite.headers` says who may frame what: pages nobody, embeds everybody.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
EMBED_FRAME_ANCESTORS = os.environ.get("EMBED_FRAME_ANCESTORS", "").strip() or "*"

# A cookie on a page for readers is an error where someone can mend it, and is taken off where readers are.
REFUSE_COOKIES_ON_PAGES = DEVELOPMENT

PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django.utils.autoreload": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
