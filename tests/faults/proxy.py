"""A line to the database that breaks at a COMMIT: before it arrives, or when its answer comes back."""

import contextlib
import socket
import threading

HEADER = 5


class Line:
    """A loopback port that passes on PostgreSQL's messages one by one, until it is to strike."""

    def __init__(self, where):
        self.where = where
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listening.getsockname()[1]
        self.lock = threading.Lock()
        self.disarm()
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, moment, number=1, act=lambda: None):
        """Strike at the so-many-th COMMIT from now: "before" it is passed on, or "after" it was answered.

        `act` is done at that moment (kill somebody); then both ends of the connection are closed, and
        whoever asked never hears of it.
        """
        with self.lock:
            self.moment, self.wait, self.act, self.struck = moment, number, act, False

    def disarm(self):
        """Pass everything on."""
        self.arm(None)

    def close(self):
        """Take no more connections."""
        self.listening.close()

    def _accept(self):
        while True:
            try:
                client, _address = self.listening.accept()
            except OSError:
                return
            # Messages are passed on one by one: without this each would wait for the last one's receipt.
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Connection(self, client).start()

    def is_doomed(self):
        """Whether this COMMIT is the one to strike at; asked once for each."""
        with self.lock:
            if self.moment is None or self.struck:
                return False
            self.wait -= 1
            self.struck = self.wait == 0
            return self.struck


class Connection:
    """One client's connection, with a thread for each direction."""

    def __init__(self, line, client):
        self.line, self.client = line, client
        self.server = connected(line.where)
        self.swallow = False

    def start(self):
        """Begin to pass on."""
        for work in (self._upward, self._downward):
            threading.Thread(target=self._until_closed, args=(work,), daemon=True).start()

    def _until_closed(self, work):
        with contextlib.suppress(OSError):
            work()
        self._close()

    def _upward(self):
        stream = self.client.makefile("rb")
        self.server.sendall(first_message(stream))
        while message := next_message(stream):
            if is_commit(message) and self.line.is_doomed():
                if self.line.moment == "before":
                    self.line.act()
                    return
                self.swallow = True
            self.server.sendall(message)

    def _downward(self):
        stream = self.server.makefile("rb")
        while message := next_message(stream):
            if self.swallow and message[:1] == b"C" and message[HEADER:].startswith(b"COMMIT"):
                self.line.act()
                return
            self.client.sendall(message)

    def _close(self):
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def is_commit(message):
    """Whether a client's message is the end of a transaction."""
    return message[:1] == b"Q" and message[HEADER:].upper().startswith(b"COMMIT")


def connected(where):
    """A socket to the real server, by its folder or by its host."""
    if where["HOST"].startswith("/"):
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{where['HOST']}/.s.PGSQL.{where['PORT']}")
        return server
    return socket.create_connection((where["HOST"], where["PORT"]))


def first_message(stream):
    """The start-up message has a length and no type."""
    length = stream.read(4)
    return length + stream.read(int.from_bytes(length, "big") - 4)


def next_message(stream):
    """One message with its type and length; b"" at the end."""
    header = stream.read(HEADER)
    if len(header) < HEADER:
        return b""
    return header + stream.read(int.from_bytes(header[1:], "big") - 4)
