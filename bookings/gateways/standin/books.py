"""What the stand-in remembers: sessions, payments, charges, refunds, events and the answers given to keys."""

import json
import os
import secrets
import threading
import time

SHELVES = ("sessions", "payments", "charges", "refunds", "events", "answers")
# Old events and answers go: nobody asks for them again.
MOST = 2000


class Books:
    """Dicts in Stripe's own shapes, by id, under one lock; kept in a file where one is named.

    Names that begin with _ are ours and are shown to nobody.
    """

    def __init__(self, path=None):
        self.lock = threading.RLock()
        self.path = path
        kept = json.loads(path.read_text()) if path and path.exists() else {}
        for shelf in SHELVES:
            setattr(self, shelf, kept.get(shelf, {}))

    def write(self):
        """Write everything down; whoever changed something calls it before the lock is given back."""
        for shelf in (self.events, self.answers):
            while len(shelf) > MOST:
                del shelf[next(iter(shelf))]
        if self.path:
            beside = self.path.with_suffix(".new")
            beside.write_text(json.dumps({shelf: getattr(self, shelf) for shelf in SHELVES}))
            os.replace(beside, self.path)

    def find(self, shelf, key):
        """A row, or None. A session whose end has come is closed first."""
        with self.lock:
            self.close_ended()
            return getattr(self, shelf).get(key)

    def close_ended(self):
        """Close every open session whose end has come."""
        for session in list(self.sessions.values()):
            if session["status"] == "open" and session["expires_at"] <= time.time():
                self.close(session)

    def close(self, session):
        """Nobody can pay there any more."""
        session |= {"status": "expired", "url": None}
        self.note("checkout.session.expired", session)
        self.write()

    def note(self, name, subject):
        """An event, which waits to be sent."""
        event = {
            "id": new_id("evt"),
            "object": "event",
            "type": name,
            "created": now(),
            "data": {"object": shown(subject)},
            "livemode": False,
            "_sent": "waiting",
        }
        self.events[event["id"]] = event
        return event


def now():
    """In Stripe's whole seconds."""
    return int(time.time())


def new_id(kind):
    """As Stripe's look."""
    return f"{kind}_{secrets.token_hex(12)}"


def shown(row):
    """Without what is ours; a copy, so that an event keeps telling how it was."""
    return json.loads(json.dumps({name: value for name, value in row.items() if name[0] != "_"}))
