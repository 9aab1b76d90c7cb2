"""The process beside the embedded PostgreSQL that stops it when nobody uses it any more.

Run as a script, without site-packages:  guard.py HOME POSTGRES|adopt SOCKET_FOLDER [UID GID]
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

STOP_SECONDS = 20


def main(home, postgres, socket, uid=None, gid=None):
    """Start or adopt the server, wait for the last user to go, stop it."""
    lock(os.path.join(home, "guard"))
    if postgres == "adopt":
        server = Adopted(os.path.join(home, "data", "postmaster.pid"))
    else:
        server = start(home, postgres, socket, uid, gid)
    stopping = threading.Event()
    threading.Thread(target=leave_with, args=(server, stopping, socket), daemon=True).start()
    lock(os.path.join(home, "using"))
    stopping.set()
    stop(server)
    shutil.rmtree(socket, ignore_errors=True)


def lock(path):
    """Wait for the whole lock and hold it for the rest of this process."""
    fcntl.flock(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)


def start(home, postgres, socket, uid, gid):
    """The postmaster as a child: one Unix socket, no port, its log beside the cluster."""
    log = os.open(os.path.join(home, "log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    user = {"user": int(uid), "group": int(gid), "extra_groups": []} if uid else {}
    options = {
        "listen_addresses": "",
        "unix_socket_directories": socket,
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": "64MB",
        "log_min_messages": "warning",
        "timezone": "UTC",
    }
    words = [postgres, "-D", os.path.join(home, "data")]
    for name, value in options.items():
        words += ["-c", name + "=" + value]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    return subprocess.Popen(words, cwd=home, env=environment, umask=0o077, **streams, **user)


class Adopted:
    """A server whose guard was killed, known by the process number it wrote down."""

    def __init__(self, path):
        with open(path) as lines:
            self.pid = int(lines.readline())

    def send_signal(self, number):
        """As Popen's."""
        os.kill(self.pid, number)

    def wait(self, timeout=None):
        """As Popen's, by looking."""
        end = None if timeout is None else time.monotonic() + timeout
        while end is None or time.monotonic() < end:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        raise subprocess.TimeoutExpired("postgres", timeout)


def leave_with(server, stopping, socket):
    """End at once when the server ends by itself or is killed, so that a new one gets a new guard."""
    server.wait()
    if not stopping.is_set():
        shutil.rmtree(socket, ignore_errors=True)
        os._exit(1)


def stop(server):
    """Fast shutdown; if that takes too long, immediate shutdown, from which PostgreSQL recovers by itself."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        try:
            server.send_signal(number)
            server.wait(STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
