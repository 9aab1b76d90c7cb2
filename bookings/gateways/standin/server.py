"""HTTP at the stand-in: Stripe's API under /v1, the payment page under /pay, the desk at /, and /control."""

import json
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from . import acts, api, page

LARGEST_BODY = 1_000_000
HANG = 60


class Handler(BaseHTTPRequestHandler):
    """One request and the connection closes: nothing stays open that a stop would cut."""

    server_version = "stand-in"
    timeout = 20

    def do_GET(self):
        """Pages and questions."""
        if self.is_ours():
            self.route()

    def do_POST(self):
        """Acts."""
        if self.is_ours():
            self.route()

    def is_ours(self):
        """Only for names of this machine, and for forms of its own pages: other sites may know the port."""
        named = urlsplit("//" + self.headers.get("Host", "")).hostname or ""
        origin = self.headers.get("Origin")
        if is_local(named) and origin in (None, "null", self.provider.address):
            return True
        self.say(403, "The stand-in answers this machine only.\n", "text/plain")
        return False

    @property
    def provider(self):
        """The stand-in that this server is a part of."""
        return self.server.provider

    def route(self):
        """By the first word of the address."""
        self.parts = urlsplit(self.path)
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.say(413, "Too much.\n", "text/plain")
            return
        self.body = self.rfile.read(int(length)).decode(errors="replace")
        first, _, self.rest = self.parts.path.lstrip("/").partition("/")
        views = {"v1": self.call, "pay": self.pay, "control": self.control, "style.css": self.style}
        views.get(first, self.desk)()

    def call(self):
        """A call of the SDK, or what was asked to go wrong instead."""
        fault = self.provider.faults.take(f"{self.command} {self.parts.path}")
        if fault == "hang":
            self.provider.faults.done.wait(HANG)
            return
        if fault.isdigit():
            said = {"error": {"type": "api_error", "message": "Asked to go wrong."}}
            self.say_json(int(fault), said)
            return
        if self.headers.get("Authorization") != f"Bearer {self.provider.settings()['STRIPE_SECRET_KEY']}":
            said = {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided."}}
            self.say_json(401, said)
            return
        pairs = parse_qsl(self.body if self.command == "POST" else self.parts.query, keep_blank_values=True)
        key = self.headers.get("Idempotency-Key")
        status, said = api.answer(self.provider, self.command, self.parts.path, api.nested(pairs), key)
        if fault != "lost":
            self.say_json(status, said)

    def pay(self):
        """The payment page and its buttons."""
        books = self.provider.books
        with books.lock:
            session = books.find("sessions", self.rest)
            if session is None:
                self.say(404, page.unknown_page())
                return
            act = dict(parse_qsl(self.body)).get("act") if self.command == "POST" else None
            if session["status"] != "open" or act is None:
                self.say(200, page.payment_page(session, declined="declined" in self.parts.query))
                return
            if act == "pay":
                acts.pay(books, session)
                target = page.returning(session, session["success_url"])
            else:
                acts.decline(books, session)
                target = f"/pay/{session['id']}?declined"
        self.see(target)

    def desk(self):
        """What a developer may look at and make go wrong."""
        if self.parts.path not in {"/", "/desk"}:
            self.say(404, page.unknown_page())
            return
        if self.command == "POST":
            self.act_of_desk(*dict(parse_qsl(self.body)).get("act", "").split())
            self.see("/")
            return
        self.say(200, page.desk_page(self.provider))

    def act_of_desk(self, act="", key=""):
        """A button of the desk."""
        simple = {"hold_events", "release_events", "lose_events", "mend", "expire", "end_refund"}
        if act in simple:
            with suppress(ValueError):  # it was paid or closed meanwhile; the desk shows it
                getattr(self.provider, act)(*filter(None, [key]))
        elif act == "deliver" and self.provider.courier.url:
            self.provider.deliver()
        elif act == "break_next":
            self.provider.break_next(4)
        elif act == "fail_refund":
            self.provider.end_refund(key, failed=True)

    def control(self):
        """Everything in CONTROLS by name, with JSON arguments."""
        if self.rest not in self.provider.CONTROLS:
            self.say_json(404, {"error": f"There is no {self.rest}."})
            return
        try:
            said = getattr(self.provider, self.rest)(**json.loads(self.body or "{}"))
        except (ValueError, TypeError, KeyError) as error:
            self.say_json(400, {"error": str(error)})
            return
        self.say_json(200, said)

    def style(self):
        """The stylesheet."""
        self.say(200, page.style(), "text/css")

    def see(self, target):
        """Send on; line ends cannot be in it."""
        self.send_response(303)
        self.send_header("Location", "".join(target.split()))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def say_json(self, status, said):
        """An answer of the API."""
        self.say(status, json.dumps(said), "application/json")

    def say(self, status, text, kind="text/html"):
        """An answer."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Silent: the site's own log is enough."""


def is_local(name):
    """Whether a host name means this machine."""
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
