"""When which settings hold, and that a half configured production site does not start."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "LARES_ENV": "production",
    "LARES_SECRET_KEY": "Zk3vQ8w1Xy7Lr5Tn9Bm2Hc6Gd4Fs0Ja-Pe_UoIiKqWzRtYvNxMbC",
    "LARES_HOSTS": "www.example.com,example.com",
    "DATABASE_URL": "postgresql://lares:secret@db.example.com/lares",
    "LARES_MAIL_URL": "smtp://office:secret@mail.example.com",
    "LARES_MAIL_FROM": "Office <office@example.com>",
    "LARES_TRUSTED_PROXIES": "1",
}


def python(*words, **environment):
    """The exit code and the output of a Python process with nothing else set."""
    environment = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "lares.settings"} | environment
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def check(*words, **environment):
    """The ids that `manage.py check` names."""
    _, said = python("manage.py", "check", *words, **environment)
    return sorted({word.strip("():") for word in said.split() if word.startswith(("(lares.", "(security."))})


def shown(names, **environment):
    """Settings as Python shows them."""
    code = "from django.conf import settings as s; " + f"print([getattr(s, n) for n in {names!r}])"
    return python("-c", code, **environment)[1].strip()


@pytest.fixture
def built(tmp_path):
    """A folder that looks as after collectstatic."""
    (tmp_path / "staticfiles.json").write_text("{}")
    return {"LARES_STATIC_ROOT": str(tmp_path)}


RULES = ["PRODUCTION", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]


@pytest.mark.parametrize(
    ("environment", "holds"),
    [
        ({}, False),
        ({"LARES_ENV": "development"}, False),
        ({"LARES_ENV": "production"}, True),
        ({"LARES_ENV": "devlopment"}, True),
        ({"DATABASE_URL": COMPLETE["DATABASE_URL"]}, True),
        ({"DATABASE_URL": COMPLETE["DATABASE_URL"], "LARES_ENV": "development"}, False),
    ],
)
def test_production_rules_hold_unless_development_is_meant(environment, holds):
    assert shown(RULES, **environment) == str([holds] * 4)


def test_complete_production_passes_deploy_check(built):
    assert check("--deploy", **COMPLETE, **built) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"LARES_SECRET_KEY": ""}, "lares.E001"),
        ({"LARES_SECRET_KEY": "short"}, "lares.E001"),
        ({"LARES_HOSTS": ""}, "lares.E002"),
        ({"LARES_HOSTS": "*"}, "lares.E002"),
        ({"LARES_HOSTS": ".example.com,*"}, "lares.E002"),
        ({"DATABASE_URL": ""}, "lares.E003"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "lares.E003"),
        ({"DATABASE_URL": "nonsense"}, "lares.E003"),
        ({"LARES_MAIL_URL": ""}, "lares.E004"),
        ({"LARES_MAIL_URL": "mail.example.com"}, "lares.E004"),
        ({"LARES_MAIL_URL": "smtp://mail.example.com:many"}, "lares.E004"),
        ({"LARES_MAIL_FROM": ""}, "lares.E004"),
        ({"LARES_HTTPS": "off"}, "lares.E005"),
        ({"LARES_HTTPS": "of"}, "lares.E005"),
        ({"LARES_ENV": "staging"}, "lares.E006"),
    ],
)
def test_each_missing_setting_has_its_id(change, expected):
    assert check(**COMPLETE | change) == [expected]


def test_static_files_must_be_built(tmp_path):
    assert check("--deploy", **COMPLETE, LARES_STATIC_ROOT=str(tmp_path)) == ["lares.E008"]


@pytest.mark.parametrize(("proxies", "expected"), [("", ["lares.I013"]), ("0", []), ("1", [])])
def test_number_of_proxies_is_asked_for_and_fails_nothing(built, proxies, expected):
    environment = COMPLETE | built | {"LARES_TRUSTED_PROXIES": proxies}

    assert check("--deploy", **environment) == expected
    assert python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)[0] == 0
    assert check(**environment) == []


def test_https_may_be_off_on_loopback_only_to_measure():
    loopback = COMPLETE | {"LARES_HTTPS": "off", "LARES_HOSTS": "127.0.0.1,localhost"}

    assert check(**loopback) == []
    assert shown(RULES, **loopback) == "[True, False, False, False]"


def test_application_server_refuses_half_configured_site():
    code, said = python("-c", "import lares.wsgi")

    assert code == 1
    for number in (1, 2, 3, 4):
        assert f"lares.E00{number}" in said
    assert "Set DATABASE_URL=" in said


def test_application_server_is_production_whatever_the_environment_says(built):
    ask = "import lares.wsgi; from django.conf import settings; print(settings.PRODUCTION, settings.DEBUG)"

    assert python("-c", ask, **COMPLETE | built | {"LARES_ENV": "development"}) == (0, "True False\n")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@mail.example.com", "['mail.example.com', 587, 'p@ss', True, False]"),
        ("smtps://u:p@mail.example.com", "['mail.example.com', 465, 'p', False, True]"),
        ("smtp://localhost", "['localhost', 25, '', False, False]"),
        ("smtp://mail.example.com:2525", "['mail.example.com', 2525, '', True, False]"),
    ],
)
def test_mail_address_becomes_mail_settings(url, expected):
    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL"]

    assert shown(names, **COMPLETE | {"LARES_MAIL_URL": url}) == expected


def test_plain_pytest_on_a_named_server_says_what_to_set():
    code, said = python("-m", "pytest", "--collect-only", DATABASE_URL=COMPLETE["DATABASE_URL"])

    assert code != 0
    assert "LARES_ENV=development" in said


def test_psycopg3_is_not_active():
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert not is_psycopg3


def test_embedded_database_is_for_loopback_hosts_only():
    assert set(settings.LOOPBACK) == {"localhost", "127.0.0.1", "[::1]"}
    assert shown(["ALLOWED_HOSTS"], LARES_HOSTS="example.com") == str([settings.LOOPBACK])
