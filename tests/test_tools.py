"""What the suite does when a test tool is missing: skip and say so here, fail in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
SAMPLE = """
def test_page(page):
    assert page.evaluate("1 + 1") == 2

def test_other_page(page):
    pass

def test_plain(scaled):
    assert scaled(2000) == 100
    assert scaled(3) == 1
"""


def pytest_says(folder, *words, **environment):
    """The exit code and the lines of a run of the sample with this suite's fixtures."""
    sample = folder / "test_sample.py"
    sample.write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-c", TESTS.parent / ".pytest.ini", "-p", "conftest", *words]
    environment = {"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "HOME": str(folder), **environment}
    done = subprocess.run(
        [*map(str, command), f"--rootdir={TESTS.parent}", str(sample)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize("words", [(), ("-p", "no:xdist")])
def test_missing_browser_is_a_skip_with_a_last_line(tmp_path, words):
    pytest.importorskip("playwright")

    code, lines = pytest_says(tmp_path, *words, PATH=str(tmp_path))

    assert code == 0
    assert "1 passed, 2 skipped" in lines[-2]
    assert lines[-1] == "Skipped: 2 for want of Chromium (Debian, Ubuntu: apt install chromium)."


def test_missing_browser_is_a_failure_in_ci(tmp_path):
    pytest.importorskip("playwright")

    assert pytest_says(tmp_path, PATH=str(tmp_path), CI="true")[0] == 1


def test_missing_tool_is_a_skip_too(tmp_path):
    (tmp_path / "playwright.py").write_text("raise ModuleNotFoundError(name='playwright')")
    environment = {"PATH": str(tmp_path), "PYTHONPATH": f"{tmp_path}:{TESTS}:{TESTS.parent}"}

    code, lines = pytest_says(tmp_path, **environment)

    assert code == 0
    assert lines[-1] == "Skipped: 2 for want of playwright (tests/requirements.txt)."


def test_browser_that_is_there_is_used(tmp_path, page):
    code, lines = pytest_says(tmp_path, PATH=os.environ["PATH"])

    assert code == 0
    assert "3 passed" in lines[-1]
