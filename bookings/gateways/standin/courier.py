"""Sends events to the site as Stripe does, signed, repeated until they are taken; or holds them back."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

# Seconds before each further try; then the event is given up.
AGAIN_AFTER = (1, 2, 5, 15, 60, 300)
TIMEOUT = 10
TICK = 0.2
BESIDE_PROXIES = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Courier:
    """A thread that sends what waits. Without a `url` everything waits for `deliver`."""

    def __init__(self, books, secret, url=""):
        self.books, self.secret, self.url = books, secret, url
        self.held = False
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True, name="stand-in's courier")

    def start(self):
        """Begin to send."""
        self.thread.start()

    def stop(self):
        """Send no more; what is on its way gets a moment."""
        self.done.set()
        self.thread.join(2)

    def _run(self):
        while not self.done.wait(TICK):
            with self.books.lock:
                self.books.close_ended()
            for event_id in self.due():
                if self.done.is_set():
                    return
                self.send(event_id)

    def due(self):
        """The ids of what is to be sent now, oldest first."""
        with self.books.lock:
            if self.held or not self.url:
                return []
            waiting = [event for event in self.books.events.values() if event["_sent"] == "waiting"]
            return [event["id"] for event in waiting if event.get("_after", 0) <= time.time()]

    def send(self, event_id):
        """One try; later another, until there have been enough."""
        taken = 200 <= self.post(*self.signed(event_id)) < 300
        with self.books.lock:
            event = self.books.events.get(event_id, {})
            if event.get("_sent") != "waiting":
                return
            tries = event["_tries"] = event.get("_tries", 0) + 1
            if taken:
                event["_sent"] = "taken"
            elif tries > len(AGAIN_AFTER):
                event["_sent"] = "given up"
            else:
                event["_after"] = time.time() + AGAIN_AFTER[tries - 1]
            self.books.write()

    def signed(self, event_id, hours_late=0, signed_ago=0):
        """The body and the headers of an event, as if it had happened so many hours earlier.

        The signature is fresh, as Stripe signs each repetition anew, or `signed_ago` seconds old.
        """
        with self.books.lock:
            event = self.books.events[event_id]
            told = {name: value for name, value in event.items() if name[0] != "_"}
        told["created"] -= int(hours_late * 3600)
        body = json.dumps(told, indent=2).encode()
        at = int(time.time()) - signed_ago
        mark = hmac.new(self.secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
        return body, {"Content-Type": "application/json", "Stripe-Signature": f"t={at},v1={mark}"}

    def post(self, body, headers):
        """The status that the site answers; 0 if it does not."""
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 - an address of ours
        try:
            with BESIDE_PROXIES.open(request, timeout=TIMEOUT) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except (OSError, HTTPException):
            return 0

    def deliver(self, event_ids=None, copies=1, hours_late=0, signed_ago=0):
        """Send these events now (all that are not taken, if none are named), in this order; the statuses.

        The copies of an event go at once. For `hours_late` and `signed_ago` see `signed`.
        """
        statuses = []
        for event_id in event_ids or self.untaken():
            letter = self.signed(event_id, hours_late, signed_ago)
            with ThreadPoolExecutor(copies) as pool:
                said = list(pool.map(self.post, *zip(*[letter] * copies, strict=True)))
            if any(200 <= status < 300 for status in said):
                self.mark("taken", [event_id])
            statuses += said
        return statuses

    def untaken(self):
        """The ids of events that wait or were given up."""
        with self.books.lock:
            return [
                event["id"]
                for event in self.books.events.values()
                if event["_sent"] in {"waiting", "given up"}
            ]

    def mark(self, word, event_ids):
        """Say of events what became of them: taken, lost."""
        with self.books.lock:
            for event_id in event_ids:
                self.books.events[event_id]["_sent"] = word
            self.books.write()
