"""The README's table names every setting that the environment can give, and every check id."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_readme_names_every_setting_and_check():
    readme = (ROOT / "README.md").read_text()
    sources = "".join(path.read_text() for path in (ROOT / "lares").glob("*.py"))
    sources += "".join(path.read_text() for path in (ROOT / "lares" / "localdb").glob("*.py"))

    named = set(re.findall(r'"(LARES_[A-Z_]+|DATABASE_URL)"', sources))
    checks = set(re.findall(r'id="(lares\.E\d+)"', sources))

    assert len(named) > 10
    assert not {name for name in named | checks if f"`{name}`" not in readme}


def test_readme_explains_every_package_we_ask_for():
    readme = (ROOT / "README.md").read_text().lower()
    lists = [ROOT / ".requirements.in", ROOT / "tests" / ".requirements.in"]
    asked = [re.match(r"[a-z0-9-]+", line) for path in lists for line in path.read_text().splitlines()]

    assert not {match.group() for match in asked if match and match.group() not in readme}
