"""A server whose line to the database breaks at a COMMIT, and visitors who try again."""

from contextlib import contextmanager

from faults.browser import Browser, NoAnswer
from faults.proxy import Line
from faults.server import database, serving

# The moment at a COMMIT and whether the server dies then; else only its line to the database breaks.
FAULTS = {
    "killed before": ("before", True),
    "killed after": ("after", True),
    "answer swallowed": ("after", False),
}


@contextmanager
def on_a_bad_line(folder):
    """A server, and the line between it and the database."""
    where = database()
    line = Line(where)
    try:
        with serving(folder, {**where, "HOST": "127.0.0.1", "PORT": line.port}, threads=4) as server:
            yield server, line
    finally:
        line.close()


def strike(server, line, fault, number=1):
    """From the so-many-th COMMIT on, the fault; whoever asks gets no answer or a polite 503."""
    moment, kills = FAULTS[fault]
    line.arm(moment, number, server.kill_worker if kills else lambda: None)


def opened(port, departure):
    browser = Browser(port)
    path = f"/departures/{departure.pk}/book/"
    return browser, path, browser.get(path).fields("nonce") | {"party_size": "2"}


def sent(browser, path, fields):
    try:
        return browser.post_only(path, fields)
    except NoAnswer:
        return None
