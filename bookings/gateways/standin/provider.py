"""The stand-in as a whole, and everything that can be asked of it besides Stripe's API."""

import os
import sys
import threading
from http.server import ThreadingHTTPServer
from ipaddress import ip_address

from . import acts
from .books import Books
from .courier import Courier
from .faults import Faults
from .server import Handler

SECRET_KEY = "sk_test_standin"  # noqa: S105 - known to everybody: no money moves
WEBHOOK_SECRET = "whsec_standin"  # noqa: S105
HOST = "127.0.0.1"


class StandIn:
    """A card provider at this machine: `start()` it, `stop()` it; in between it answers at `address`.

    With `kept` (a path) open sessions outlive it. `webhook_url` is where it sends its events; without one
    they wait for `deliver` or `signed`. What is asked of it by name (`CONTROLS`) can be asked over HTTP too:
    POST /control/<name> with the arguments as a JSON object; the answer is the result as JSON.
    """

    CONTROLS = (
        "state pay decline clear bounce expire end_refund make_refunds_wait age_keys break_next mend"
        " hold_events release_events lose_events deliver send_to"
    ).split()

    def __init__(self, port=0, *, host=HOST, webhook_url="", kept=None):
        refuse_in_production()
        if not ip_address(host).is_loopback:
            raise ValueError(f"The stand-in listens at this machine only, not at {host}.")
        self.books = Books(kept)
        self.courier = Courier(self.books, WEBHOOK_SECRET, webhook_url)
        self.faults = Faults()
        self.refunds_wait = False
        self.server = Server((host, port), Handler)
        self.server.provider = self
        self.address = f"http://{host}:{self.server.server_port}"
        self.thread = threading.Thread(
            target=self.server.serve_forever, args=(0.05,), daemon=True, name="stand-in"
        )

    def start(self):
        """Answer and send in threads of their own, which end with the process."""
        self.thread.start()
        self.courier.start()
        return self

    def stop(self):
        """Answer no more, and leave nothing listening."""
        self.faults.done.set()
        self.courier.stop()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(2)

    def settings(self):
        """The site's settings with which it takes its cards here."""
        return {
            "STRIPE_SECRET_KEY": SECRET_KEY,
            "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "STRIPE_API_BASE": self.address,
        }

    def state(self):
        """Sessions, payments, charges, refunds and events by id; an event's `_sent` says what came of it."""
        books = self.books
        with books.lock:
            books.close_ended()
            shelves = ("sessions", "payments", "charges", "refunds", "events")
            return {name: {key: dict(row) for key, row in getattr(books, name).items()} for name in shelves}

    def pay(self, session_id, later=False):
        """Pay on the page as with a card that works; `later`: the money is on its way until `clear`."""
        with self.books.lock:
            acts.pay(self.books, self._open(session_id), later)

    def decline(self, session_id):
        """Try a card that is refused."""
        with self.books.lock:
            acts.decline(self.books, self._open(session_id))

    def clear(self, session_id):
        """Money that was on its way comes."""
        with self.books.lock:
            acts.clear(self.books, self.books.sessions[session_id])

    def bounce(self, session_id):
        """Money that was on its way does not come."""
        with self.books.lock:
            acts.bounce(self.books, self.books.sessions[session_id])

    def expire(self, session_id):
        """The session's time is over."""
        with self.books.lock:
            self.books.close(self._open(session_id))

    def end_refund(self, refund_id, failed=False):
        """A refund that waits is done; with `failed` any refund fails, also days after it was done."""
        with self.books.lock:
            acts.end_refund(self.books, self.books.refunds[refund_id], failed)

    def make_refunds_wait(self, wait=True):
        """From now on refunds are pending until `end_refund`."""
        self.refunds_wait = wait

    def age_keys(self, hours):
        """As if so many hours had passed since the calls with keys: after a day a key is forgotten."""
        with self.books.lock:
            for answer in self.books.answers.values():
                answer["at"] -= hours * 3600

    def break_next(self, calls, kind="500", path=""):
        """The next calls to the API go wrong: see `Faults.add`. The SDK repeats a call once by itself."""
        self.faults.add(calls, kind, path)

    def mend(self):
        """No more calls go wrong."""
        self.faults.clear()

    def hold_events(self):
        """Send nothing by itself any more."""
        self.courier.held = True

    def release_events(self):
        """Send by itself again, beginning with what was held."""
        self.courier.held = False

    def lose_events(self):
        """What was not taken yet is never sent; the names of what is lost."""
        lost = self.courier.untaken()
        self.courier.mark("lost", lost)
        return [self.books.events[event_id]["type"] for event_id in lost]

    def send_to(self, url):
        """Where events go from now on; nowhere if empty."""
        self.courier.url = url

    def deliver(self, event_ids=None, copies=1, hours_late=0, signed_ago=0):
        """Send events now, in this order, the copies of each at once: see `Courier.deliver`."""
        return self.courier.deliver(event_ids, copies, hours_late, signed_ago)

    def events(self, name=""):
        """The ids of the events so far, oldest first, whose name contains this."""
        with self.books.lock:
            return [event["id"] for event in self.books.events.values() if name in event["type"]]

    def signed(self, event_id, hours_late=0, signed_ago=0):
        """The body and the headers of an event, to be sent by the test itself."""
        return self.courier.signed(event_id, hours_late, signed_ago)

    def _open(self, session_id):
        session = self.books.find("sessions", session_id)
        if session["status"] != "open":
            raise ValueError(f"The session is {session['status']}.")
        return session


class Server(ThreadingHTTPServer):
    """Threads end with the process; a caller that went away is not worth a word."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """Silent where the other side hung up, loud otherwise."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def refuse_in_production():
    """The rule of the settings again, for a process without them: nothing but development is development."""
    said = os.environ.get("LARES_ENV") or ("production" if os.environ.get("DATABASE_URL") else "development")
    if said != "development":
        raise RuntimeError("The stand-in for the card provider does not run in production.")
