"""`manage.py up`: starts, says where to look, stops, and loses nothing, in a path with a space and an ñ."""

import os
import re
import resource
import signal
import socket
import urllib.error
import urllib.request

import pytest
from copies import Copy, Site, free_port, is_alive, within


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """One copy for the module; each test starts and stops the site in it."""
    copy = Copy(tmp_path_factory.mktemp("up") / "ruta a Ñaupa")
    yield copy
    copy.remove()


@pytest.fixture
def site(project):
    """A running site, killed if the test did not stop it."""
    running = Site(project, "--empty")
    yield running
    running.process.kill()
    running.process.communicate()


def test_up_says_where_to_look_in_eight_lines_and_serves(site):
    after_progress = site.said[site.said.index("The Lares Trek site") :]

    assert len(after_progress.splitlines()) <= 8
    assert f"{site.address}/admin/" in after_progress
    assert "demo" in after_progress
    status, page = site.get("/")
    assert status == 200
    assert "Lares" in page
    assert site.get("/readyz") == (200, "ready\n")


def test_up_serves_stylesheet_and_own_error_page(site):
    status, css = site.get("/static/css/site.css")
    missing, page = site.get("/nowhere/")

    assert status == 200
    assert "{" in css
    assert missing == 404
    assert "DEBUG" not in page


def test_up_lets_the_demo_login_in(site):
    assert site.log_in("demo", "demo")
    assert not site.log_in("demo", "wrong")


def test_up_brings_a_stand_in_for_cards_that_stops_with_it(site):
    address = re.search(r"Cards .* (http://127\.0\.0\.1:\d+)/", site.said).group(1)

    with urllib.request.urlopen(address, timeout=20) as answer:
        assert "no money moves" in answer.read().decode()
    with urllib.request.urlopen(site.address + "/contact/", timeout=20) as answer:
        assert f"form-action 'self' {address};" in answer.headers["Content-Security-Policy"]

    site.stop(signal.SIGTERM)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=20)


def test_up_refuses_a_live_key_before_any_work(project):
    keys = {"LARES_STRIPE_SECRET_KEY": "sk_live_x", "LARES_STRIPE_WEBHOOK_SECRET": "whsec_x"}

    code, said = project.manage("up", "--port", str(free_port()), LARES_ENV="development", **keys)

    assert code == 1
    assert "lares.E010" in said
    assert "PostgreSQL" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_up_stops_with_its_database(project, number):
    site = Site(project, "--empty")
    server = project.server()

    code, said = site.stop(number)

    assert code == 0
    assert said.rstrip().endswith("Stopped.")
    assert "Traceback" not in said
    assert not is_alive(server)
    assert project.server() is None


def test_second_start_is_quick_and_keeps_the_data(project):
    Site(project, "--empty").stop(signal.SIGTERM)
    project.manage("shell", "-c", REMEMBER)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    Site(project, "--empty").stop(signal.SIGTERM)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert project.manage("shell", "-v0", "-c", RECALL)[1].strip() == "kept"
    # The promise is 3 s on a quiet machine; processor seconds are the same on a busy one.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


REMEMBER = """
from django.contrib.auth.models import Group
Group.objects.get_or_create(name="kept")
"""
RECALL = """
from django.contrib.auth.models import Group
print(*Group.objects.filter(name="kept").values_list("name", flat=True))
"""


def test_killed_site_leaves_no_database_behind_and_loses_nothing(project):
    site = Site(project, "--empty")
    server = project.server()
    project.manage("shell", "-c", REMEMBER)

    site.stop(signal.SIGKILL)

    assert within(20, lambda: not is_alive(server))
    assert project.manage("shell", "-v0", "-c", RECALL)[1].strip() == "kept"


def test_killed_postmaster_is_replaced_while_the_site_runs(project, site):
    project.manage("shell", "-c", REMEMBER)
    before = project.server()

    os.kill(before, signal.SIGKILL)

    assert within(20, lambda: site.get("/readyz")[0] == 200)
    assert project.server() != before
    assert project.manage("shell", "-v0", "-c", RECALL)[1].strip() == "kept"


def test_another_command_keeps_the_database_up(project):
    site = Site(project, "--empty")
    other = project.start("-m", "django", "shell", "-v0", "-c", LONG_TALK)
    assert other.stdout.readline() == "1\n"
    server = project.server()

    _, said = site.stop(signal.SIGTERM)

    assert "another command" in said
    assert other.stdout.readline() == "2\n"
    other.communicate(timeout=20)
    assert within(20, lambda: not is_alive(server))


LONG_TALK = """
import time
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT 1"); print(*cursor.fetchone(), flush=True)
    time.sleep(3)
    cursor.execute("SELECT 2"); print(*cursor.fetchone(), flush=True)
"""


def test_reset_deletes_the_data_but_not_under_another_command(project, site):
    project.manage("shell", "-c", REMEMBER)

    code, said = project.manage("up", "--reset", "--port", str(site.port + 1), LARES_ENV="development")

    assert code == 1
    assert said.splitlines()[-1].endswith("stop it first, then reset.")
    site.stop(signal.SIGTERM)
    Site(project, "--reset", "--empty").stop(signal.SIGTERM)
    assert project.manage("shell", "-v0", "-c", RECALL)[1].strip() == ""


def test_busy_port_is_one_sentence_before_any_work(project):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = project.manage("up", "--port", str(port))

    assert code == 1
    assert len(said.splitlines()) == 1
    assert f"Port {port} is not free" in said


def test_up_on_a_named_server_writes_no_login_and_refuses_reset(project, server_url):
    words = "up", "--reset", "--port", str(free_port())
    refused, said = project.manage(*words, DATABASE_URL=server_url, LARES_ENV="development")
    site = Site(project, DATABASE_URL=server_url)
    ready = site.get("/readyz")
    entered = site.log_in("demo", "demo")
    site.stop(signal.SIGTERM)

    assert refused == 1
    assert "DATABASE_URL names another" in said
    assert "demo" not in site.said
    assert ready == (200, "ready\n")
    assert not entered
    asked = {"DATABASE_URL": server_url, "LARES_ENV": "development"}
    assert project.manage("shell", "-v0", "-c", COUNTS, **asked)[1].split() == ["0", "0"]


COUNTS = """
from django.contrib.auth.models import User
from bookings.models import Departure
print(User.objects.count(), Departure.objects.count())
"""
