"""What the bootstrap says to a person: progress, and one sentence for each thing that can go wrong."""

import re
import sys

FULL = "The disk is full: make room and start again."
NO_VENV = (
    "This Python cannot make a virtual environment: install its venv module "
    "(Debian, Ubuntu: apt install python3-venv) and start again."
)
PLAIN_WORDS = (
    ("No space left on device", FULL),
    ("ensurepip", NO_VENV),
    ("DO NOT MATCH THE HASHES", "A package is not the one that was pinned; nothing was installed."),
    (
        "NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|name resolution",
        "Cannot reach the package index: check the network, and start again.",
    ),
    (r"No matching distribution found for (\S+)", "There is no ready-made {} for this machine and Python."),
)


def explain(said, log):
    """One sentence for what pip or venv said; `log` holds the whole story."""
    for pattern, sentence in PLAIN_WORDS:
        found = re.search(pattern, said)
        if found:
            return sentence.format(*found.groups())
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no reason given"]
    errors = [line for line in lines if "error" in line.lower()]
    return "Installing failed: {} (the log: {})".format((errors or lines)[-1], log)


def say(sentence):
    """A line of progress."""
    print(sentence, file=sys.stderr, flush=True)


def progress(line):
    """A line that replaces the one before on a terminal; None ends it."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" + (line or ""))
        sys.stderr.flush()
    elif line:
        say(line)


def stop(sentence, code=1):
    """End with one sentence."""
    say(sentence)
    sys.exit(code)
