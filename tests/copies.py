"""Copies of the project in a folder of their own, for tests that start and kill the whole site."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("lares", "manage.py", "requirements.txt")
LINKED = ("treks", "bookings", "templates", "static")
SECONDS = 60


class Copy:
    """A project whose database and settings are its own; the packages are those of the running tests."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        for name in COPIED:
            source = ROOT / name
            keep = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=keep) if source.is_dir() else shutil.copy(
                source, folder
            )
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)

    def environment(self, **more):
        """Nothing set but what is said, and where programs are."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {"DJANGO_SETTINGS_MODULE": "lares.settings", "PYTHONWARNINGS": "ignore"} | more

    def start(self, *words, **environment):
        """A Python process in the project, with its output as text."""
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=self.folder,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words, **environment):
        """The exit code and all output of a Python process in the project."""
        process = self.start(*words, **environment)
        try:
            said, _ = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
        return process.returncode, said

    def manage(self, *words, **environment):
        """The exit code and all output of a `manage.py` command, without the bootstrap."""
        return self.run("-m", "django", *words, **environment)

    def home(self):
        """The folder with the cluster."""
        remembered = self.folder / ".lares" / "root-database"
        return (
            Path(remembered.read_text().strip())
            if remembered.exists()
            else self.folder / ".lares" / "postgres"
        )

    def server(self):
        """The postmaster's process number as it wrote it down, or None."""
        try:
            return int((self.home() / "data" / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError):
            return None

    def remove(self):
        """Root's cluster lies outside; nothing of it stays."""
        if os.geteuid() == 0 and self.home() != self.folder / ".lares" / "postgres":
            shutil.rmtree(self.home(), ignore_errors=True)


class Site:
    """A running `manage.py up` of a copy."""

    def __init__(self, copy, *words, **environment):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {"LARES_ENV": "development", "LARES_DEBUG": "off"} | environment
        self.process = copy.start("-m", "django", "up", "--port", self.port, *words, **environment)
        self.said = ""
        while "Stop " not in self.said and (line := self.process.stdout.readline()):
            self.said += line

    def get(self, path, timeout=20):
        """The status and the text of a page."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def log_in(self, name, password):
        """Whether the staff login lets this name in."""
        cookies = urllib.request.HTTPCookieProcessor()
        browser = urllib.request.build_opener(cookies)
        page = browser.open(self.address + "/admin/login/", timeout=20).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
        form = {"csrfmiddlewaretoken": token, "username": name, "password": password, "next": "/healthz"}
        browser.open(self.address + "/admin/login/", urllib.parse.urlencode(form).encode(), timeout=20).read()
        return any(cookie.name == "sessionid" for cookie in cookies.cookiejar)

    def stop(self, number):
        """Send a signal; the exit code and everything said."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, self.said + said


def free_port():
    """A port nobody listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def is_alive(number):
    """Whether a process runs."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def within(seconds, question):
    """Whether the question turns true in time."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer
