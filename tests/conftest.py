"""What every test can use: a database of its own per run, the scale of heavy tests, a browser."""

import os
import re
import shutil

import pytest
from card_provider import card_provider, gateway, open_session, paid, quick_gateway  # noqa: F401 - fixtures for everybody
from copies import is_alive

NEEDS = "needs "
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
QUICK = 20
SETTINGS_HINT = "DATABASE_URL is set: say LARES_ENV=development too, or use `manage.py test`, which does."


def pytest_addoption(parser):
    """`--long`: full counts instead of a twentieth."""
    parser.addoption("--long", action="store_true", help="full counts for races, state machines and faults")


def pytest_configure(config):
    """The quick set is the same every time; `--long` looks further."""
    from django.conf import settings

    if settings.PRODUCTION:
        pytest.exit(SETTINGS_HINT, returncode=2)
    config.run_name = getattr(config, "workerinput", {}).get("run_name", str(os.getpid()))
    # Playwright's loop runs in the thread of the test, which then may use the database all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Passwords of tests need not be slow to guess: the real hasher takes a third of a second for each.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    configure_hypothesis(settings, config.getoption("long"))


SLOW = ("browser/", "test_weight", "test_faults", "_machine.py", "test_races", "test_up.py", "test_bootstrap")
# Files that share what their session makes; every other file is a group of its own.
TOGETHER = {
    "test_access.py": "public_pages",
    "test_preferences.py": "public_pages",
    "test_first_view.py": "production_site",
    "test_weight.py": "production_site",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The slow files first, and of processes side by side one has all tests of a group."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in SLOW))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(TOGETHER.get(item.path.name, item.path.name)))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """xdist's workers know the run they belong to."""
    node.workerinput["run_name"] = node.config.run_name


def configure_hypothesis(settings, long):
    """Property tests repeat exactly in the quick set; the tool itself may be absent."""
    try:
        import hypothesis
        from hypothesis.configuration import set_hypothesis_home_dir
    except ModuleNotFoundError:
        return
    set_hypothesis_home_dir(settings.KEPT / "hypothesis")
    counts = {"max_examples": 1000 if long else 1000 // QUICK, "stateful_step_count": 50 if long else 20}
    hypothesis.settings.register_profile(
        "lares", deadline=None, derandomize=not long, database=None, **counts
    )
    hypothesis.settings.load_profile("lares")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_blocker):
    """The test database bears the run's and the worker's name: two runs at once leave each other's alone."""
    from django.db import connection

    if connection.settings_dict["ENGINE"] == "lares.localdb":
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            drop_leftovers(cursor, f"test_{connection.settings_dict['NAME']}")
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    run = None if request.config.getoption("reuse_db") else request.config.run_name
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "_".join(filter(None, ["test", name, run, worker]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ends what still holds the test database at the end: tests that kill servers leave sessions behind."""
    from django.db import connection

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def drop_leftovers(cursor, prefix):
    """Databases of runs that were killed; the name says which process made them."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{prefix}_[0-9]+(_|$)"])
    for (name,) in cursor.fetchall():
        run = int(name.removeprefix(prefix + "_").partition("_")[0])
        if not is_alive(run):
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def site_language():
    """The language that a test's last page was read in ends with the test."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture
def scaled(request):
    """The count for this run of something that is heavy in full: `scaled(2000)` is 100 in the quick set."""
    return lambda full: full if request.config.getoption("long") else max(1, full // QUICK)


@pytest.fixture(scope="session")
def chromium():
    """A Chromium for the whole session, through playwright; without either, a skip that says so."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason=NEEDS + "playwright (tests/requirements.txt)"
    )
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip(NEEDS + "Chromium (Debian, Ubuntu: apt install chromium)")
    flags = ["--no-sandbox", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def production_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The built static files' folder, and every public page's answer to a browser that takes brotli."""
    from django.test import Client

    from tests import recorded

    client = Client(headers={"Accept-Encoding": "gzip, deflate, br"})
    build, content = recorded.production_build(tmp_path_factory), recorded.demonstration()
    with django_db_blocker.unblock(), build as folder, content:
        pages = recorded.public_pages(client)
    return folder, pages


@pytest.fixture
def office(client, db):
    """A logged-in member of staff who may do everything."""
    from django.contrib.auth.models import User

    client.force_login(User.objects.create_superuser("ana", "ana@example.com", "x"))
    return client


@pytest.fixture
def page(chromium):
    """A fresh page at phone size; it may talk to loopback only."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-US")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def missing_tools(reporter):
    """What the skipped tests needed, as {tool: how many tests or, of pytest.importorskip, test files}."""
    counts = {}
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = re.sub(r"could not import '(\w+).*", NEEDS + r"\1 (tests/requirements.txt)", reason)
        _, found, tool = reason.partition(NEEDS)
        if found:
            counts[tool] = counts.get(tool, 0) + 1
    return counts


def pytest_sessionfinish(session):
    """In CI nothing may be skipped for want of a tool."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and missing_tools(reporter) and session.exitstatus in (0, 5):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config):
    """One last line names what to install and how many tests were skipped without it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    counts = missing_tools(reporter) if reporter else {}
    if counts:
        said = "; ".join(f"{number} for want of {tool}" for tool, number in counts.items())
        reporter.write_line(f"Skipped: {said}.", yellow=True)


@pytest.fixture
def server_url(django_db_setup, django_db_blocker):
    """The address of an empty database on a server that the site did not start."""
    from urllib.parse import quote

    from django.db import connection

    from lares import localdb

    own = connection.settings_dict
    name = f"{own['NAME']}_named"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
        who = f"{quote(own['USER'])}:{quote(own['PASSWORD'], safe='')}"
        host = quote(localdb.socket() or own["HOST"], safe="")
        yield f"postgresql://{who}@{host}:{own['PORT'] or 5432}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
