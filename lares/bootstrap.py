"""A bare Python 3 becomes .venv: runs before Django, on the standard library alone, and parses on 3.6."""


def prepare(argv):
    """Filled in shortly."""
