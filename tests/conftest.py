"""Fixtures with names, the --long option, and what happens when a test tool is missing."""

import os

import pytest

RUN = os.environ.setdefault("LARES_TEST_RUN", str(os.getpid()))


def pytest_addoption(parser):
    """`--long`: full counts instead of a twentieth."""
    parser.addoption("--long", action="store_true", help="full counts for races, state machines and faults")


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(django_db_modify_db_settings_xdist_suffix, request):
    """Every run has a database of its own, so that two runs at once do not destroy each other's."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request):
    """The run's and the xdist worker's name end the test database's name."""
    from django.conf import settings

    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    name = settings.DATABASES["default"]["NAME"]
    run = "" if request.config.getvalue("reuse_db") else f"_{RUN}"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_{name}{run}{'_' + worker if worker else ''}"
