"""The embedded PostgreSQL of development: started by the first process that needs it, stopped after the last.

Two locks keep order. `starting` is held for the moments in which a process looks whether the server runs and
starts it; `using` is shared by every process that has the database in use. A small guard process (guard.py)
waits for the whole of `using`, which it gets when the last user is gone, also by kill -9, and then stops the
server. Whether the server runs is judged by connecting, never by a process number.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

from . import places

NAME = "lares"
START_SECONDS = 60
_using = None
_socket = None
# Python complains about a child process that runs on while nobody remembers it.
_guards = []


class LocalDatabaseError(Exception):
    """The embedded server cannot run; the message is one sentence for people."""


def use():
    """Make sure the server runs for as long as this process lives; return its socket folder."""
    global _using, _socket
    try:
        home = places.home()
        with _locked(home / "starting"):
            if _using is None:
                _using = _lock(home / "using", fcntl.LOCK_SH)
            _socket = running(home)
            if _socket is None:
                _socket = _start(home)
            else:
                _see_to_guard(home)
            return _socket
    except places.Unusable as error:
        raise LocalDatabaseError(str(error)) from error
    except OSError as error:
        raise LocalDatabaseError(f"The embedded PostgreSQL cannot start: {error}.") from error


def socket():
    """The socket folder this process uses, or None before the first use."""
    return _socket


def hand_on():
    """Before this process becomes another program: that one goes on using the server."""
    os.set_inheritable(_using, True)


def leave():
    """Stop using the server; if nobody else does, wait until it has stopped. Return whether it stopped."""
    global _using, _socket
    if _using is None:
        return True
    home = places.home()
    with _locked(home / "starting"):
        _see_to_guard(home)
    os.close(_using)
    _using = _socket = None
    return _wait_for_end(home)


def reset():
    """Delete the cluster with everything in it; refuse while somebody else uses it."""
    home = places.home()
    with _locked(home / "starting"):
        _see_to_guard(home)
        if not _wait_for_end(home):
            raise LocalDatabaseError("Another command is using the database: stop it first, then reset.")
        shutil.rmtree(home / "data", ignore_errors=True)


def _wait_for_end(home):
    """Wait for the guard to stop the server; return False at once if somebody uses it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if _is_free(home / "guard"):
            return True
        # The guard takes the whole lock to stop the server; users share it.
        if not _is_free(home / "using") and _is_free(home / "using", fcntl.LOCK_SH):
            return False
        time.sleep(0.02)
    return False


def _see_to_guard(home):
    """A server whose guard was killed gets a new one, or nobody would stop it."""
    folder = running(home) if _is_free(home / "guard") else None
    if folder:
        guard = _spawn_guard(home, "adopt", folder)
        while _is_free(home / "guard") and guard.poll() is None:
            time.sleep(0.01)


def running(home):
    """The socket folder of the server if it answers, else None."""
    try:
        lines = (home / "data" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    folder = lines[4] if len(lines) > 4 else ""
    return folder if folder and answers(folder) else None


def answers(folder):
    """Whether a server takes connections in this socket folder."""
    try:
        _connect(folder, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _connect(folder, name):
    return psycopg2.connect(host=folder, dbname=name, user=NAME, connect_timeout=5)


def _start(home):
    places.prepare(home)
    if not (home / "data").exists():
        _initialize(home)
    places.check_version(home)
    _forget_stale(home / "data" / "postmaster.pid")
    deadline = time.monotonic() + START_SECONDS
    guard = None
    while time.monotonic() < deadline:
        if guard is None or guard.poll() is not None:
            # A postmaster killed a moment ago can leave children that must go before the next one starts.
            if guard is not None:
                time.sleep(0.3)
                if "in use" not in _last_words(home) and time.monotonic() > deadline - START_SECONDS + 3:
                    break
            guard = _spawn_guard(home, places.binary(home, "postgres"), places.socket_folder(home))
        folder = running(home)
        if folder is not None:
            _create_database(folder)
            return folder
        time.sleep(0.02)
    raise LocalDatabaseError(f"The embedded PostgreSQL does not start: {_last_words(home)}")


def _forget_stale(written):
    """After a crash the number written down can be some other program's, and PostgreSQL then balks."""
    with contextlib.suppress(OSError, ValueError):
        number = int(written.read_text().splitlines()[0])
        said = subprocess.run(["ps", "-o", "args=", "-p", str(number)], capture_output=True, text=True)
        if str(written.parent) not in said.stdout:
            written.unlink()


def _initialize(home):
    """initdb into a folder beside, renamed when whole: a half-made cluster never counts as one."""
    fresh = home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    places.give(fresh)
    command = [
        str(places.binary(home, "initdb")),
        f"--pgdata={fresh}",
        f"--username={NAME}",
        "--auth=trust",
        "--encoding=UTF8",
        *places.locale_options(home),
    ]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace", **places.demoted(home))
    if made.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        words = [line for line in made.stderr.splitlines() if "error" in line.lower()] or [made.stderr]
        raise LocalDatabaseError(f"The embedded PostgreSQL cannot be made: {words[-1].strip()}")
    fresh.rename(home / "data")


def _create_database(folder):
    connection = _connect(folder, "postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {NAME}")


def _spawn_guard(home, postgres, folder):
    """Start the guard detached: no terminal, no pipes of ours, a session of its own."""
    script = Path(__file__).with_name("guard.py")
    user = places.demoted(home)
    words = [sys.executable, "-I", "-S", script, home, postgres, folder]
    if "user" in user:
        words += [str(user["user"]), str(user["group"])]
    guard = subprocess.Popen(
        [str(word) for word in words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=home,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
    )
    _guards.append(guard)
    return guard


def _last_words(home):
    try:
        lines = (home / "log").read_text(errors="replace").splitlines()
    except OSError:
        return "it left no log."
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "could not" in line]
    return (telling or lines or ["it left an empty log."])[-1]


def _lock(path, kind):
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle


@contextlib.contextmanager
def _locked(path):
    handle = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


def _is_free(path, kind=fcntl.LOCK_EX):
    try:
        os.close(_lock(path, kind | fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
