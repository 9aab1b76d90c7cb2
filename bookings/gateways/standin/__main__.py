"""python -m bookings.gateways.standin PORT [WEBHOOK_URL]: the stand-in by itself, until its parent ends."""

import os
import signal
import sys
import threading

from . import StandIn


def main(port, webhook_url=""):
    """Say where it listens, in one line, and wait."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: done.set())
    parent = os.getppid()
    standin = StandIn(int(port), webhook_url=webhook_url).start()
    sys.stdout.write(f"{standin.address}\n")
    sys.stdout.flush()
    while os.getppid() == parent and not done.wait(0.5):
        pass
    standin.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
