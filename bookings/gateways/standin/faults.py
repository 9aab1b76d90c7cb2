"""What can go wrong with calls to the stand-in, when asked: errors, no answer, an answer that is lost."""

import threading

KINDS = ("500", "503", "429", "hang", "lost")


class Faults:
    """The next calls to the API go wrong, in the order in which it was asked for."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = []
        self.done = threading.Event()

    def add(self, calls, kind, path=""):
        """The next `calls` whose address contains `path`. 500, 503, 429: answered so, and not carried out.

        hang: no answer for a minute, not carried out. lost: carried out, and the answer lost.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind} is none of {', '.join(KINDS)}")
        with self.lock:
            self.waiting += [(kind, path)] * calls

    def take(self, path):
        """What goes wrong with this call; empty if nothing."""
        with self.lock:
            for place, (kind, part) in enumerate(self.waiting):
                if part in path:
                    del self.waiting[place]
                    return kind
        return ""

    def clear(self):
        """All is well again."""
        with self.lock:
            self.waiting.clear()
