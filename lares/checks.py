"""System checks: a half configured production site does not start, and each check says how to mend it.

The ids are stable: E001 secret key, E002 hosts, E003 database, E004 mail, E005 HTTPS, E006 environment,
E007 database driver, E008 static files, I013 proxies (only a reminder).
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Info, register, run_checks
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50


def secret_key():
    """E001."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own words for an empty one name no cure
        key = ""
    known = key.startswith(("development-only", "django-insecure"))
    if known or len(key) < SHORTEST_KEY or len(set(key)) < 10:
        yield Error(
            "The secret key is missing or weak.",
            hint="Set LARES_SECRET_KEY to the output of: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" and keep it secret.',
            id="lares.E001",
        )


def hosts():
    """E002."""
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        yield Error(
            "The site does not know its own names.",
            hint="Set LARES_HOSTS to the host names it answers to, without wildcards: "
            "LARES_HOSTS=www.example.com,example.com",
            id="lares.E002",
        )


def database():
    """E003."""
    if settings.DATABASES["default"]["ENGINE"] != settings.POSTGRESQL:
        yield Error(
            "There is no PostgreSQL server to keep the bookings.",
            hint="Set DATABASE_URL=postgresql://user:password@host:5432/name "
            "(the embedded database is for development only).",
            id="lares.E003",
        )


def mail():
    """E004."""
    if not settings.EMAIL_HOST or not os.environ.get("LARES_MAIL_FROM"):
        yield Error(
            "The site cannot send mail.",
            hint="Set LARES_MAIL_URL=smtp://user:password@host:587 (or smtps://…) and "
            "LARES_MAIL_FROM='Office <office@example.com>'.",
            id="lares.E004",
        )


def https():
    """E005."""
    said = os.environ.get("LARES_HTTPS", "on")
    strangers = [host for host in settings.ALLOWED_HOSTS if host not in settings.LOOPBACK]
    if said not in {"on", "off"} or (said == "off" and strangers):
        yield Error(
            "HTTPS can be off only while every host is loopback.",
            hint="Remove LARES_HTTPS=off, or set LARES_HOSTS=127.0.0.1,localhost to measure at this machine.",
            id="lares.E005",
        )


def environment():
    """E006."""
    if settings.LARES_ENV not in {"production", "development"}:
        yield Error(
            f"LARES_ENV is {settings.LARES_ENV!r}, and production rules hold.",
            hint="Set LARES_ENV to production or to development.",
            id="lares.E006",
        )


@register("lares")
def production_is_complete(app_configs, **kwargs):
    """Everything a production site needs from its environment; nothing is asked in development."""
    if not settings.PRODUCTION:
        return []
    return [error for check in (secret_key, hosts, database, mail, https, environment) for error in check()]


@register("lares")
def driver_is_psycopg2(app_configs, **kwargs):
    """E007: Django silently prefers psycopg 3 as soon as some package brings it along."""
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    if not is_psycopg3:
        return []
    return [
        Error(
            "psycopg 3 is installed, and Django has switched to it.",
            hint="Uninstall psycopg (pip uninstall psycopg): this site is tested with psycopg2.",
            id="lares.E007",
        )
    ]


@register("lares", deploy=True)
def static_files_are_built(app_configs, **kwargs):
    """E008: without the manifest every page of a production site is an error."""
    if not settings.PRODUCTION or Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return []
    return [
        Error(
            f"The static files have not been collected in {settings.STATIC_ROOT}.",
            hint="Run: python manage.py collectstatic --noinput",
            id="lares.E008",
        )
    ]


@register("lares", deploy=True)
def proxies_are_counted(app_configs, **kwargs):
    """I013: a site may well stand on the internet itself; behind a proxy all visitors would look like one."""
    if not settings.PRODUCTION or os.environ.get("LARES_TRUSTED_PROXIES"):
        return []
    return [
        Info(
            "Nobody has said how many proxies stand before the site.",
            hint="Behind a proxy of yours, set LARES_TRUSTED_PROXIES=1 (or how many there are): without it "
            "all visitors have its address, and the limit of open holds counts them as one. Set it to 0 "
            "where visitors reach the site without a proxy.",
            id="lares.I013",
        )
    ]


def refuse_if_incomplete():
    """For application servers, which run no checks: raise with every error and how to mend it."""
    errors = [message for message in run_checks(include_deployment_checks=True) if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("The site does not start:\n" + "\n".join(str(error) for error in errors))
