"""Real server processes: the application server with workers that can be killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

TESTS = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 30


def database():
    """Where the database of this test is, as Django's settings say it."""
    connection.ensure_connection()
    info = connection.connection.info
    where = {"HOST": info.host, "PORT": info.port, "USER": info.user, "PASSWORD": info.password}
    return {**where, "NAME": info.dbname}


def environment(where, folder, **more):
    """What a process needs to work on the database of the test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "faults.settings",
        "LARES_ENV": "development",
        "LARES_DEBUG": "off",
        "LARES_TEST_DATABASE": json.dumps(where),
        "LARES_TEST_MAIL": str(folder / "mail"),
        "LARES_TEST_WORKER_LOG": str(folder / "workers"),
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]),
        **more,
    }


class Server:
    """A running application server: its port and the worker that was started last."""

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder

    @property
    def workers(self):
        """The process numbers of all workers so far."""
        return [int(line) for line in (self.folder / "workers").read_text().split()]

    def kill_worker(self):
        """As the kernel does when memory runs out; the application server starts another one."""
        os.kill(self.workers[-1], signal.SIGKILL)


@contextmanager
def serving(folder, where=None, workers=1, threads=8, **more):
    """The site on a free loopback port for the length of the block."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    port = listening.getsockname()[1]
    counts = {"LARES_TEST_WORKERS": str(workers), "LARES_TEST_THREADS": str(threads)}
    command = [sys.executable, "-m", "gunicorn", "-c", str(TESTS / "faults" / "gunicorn_settings.py")]
    command += ["--bind", f"fd://{listening.fileno()}", "faults.wsgi:application"]
    with (folder / "server.log").open("a") as log:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(where or database(), folder, **counts, **more),
            pass_fds=[listening.fileno()],
            stderr=log,
        )
    listening.close()
    try:
        wait_for(lambda: answers(port) or process.poll() is not None)
        assert process.poll() is None, (folder / "server.log").read_text()
        yield Server(process, port, folder)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def answers(port):
    """Whether the server serves pages by now."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def wait_for(condition):
    """Until it is true, looking often, and not for ever."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
