"""`manage.py up`: the whole site on this machine, from nothing to an address to open."""

import os
import signal
import socket
import threading
from contextlib import contextmanager
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import NoReverseMatch, reverse

from bookings.gateways.standin import StandIn
from lares import localdb

HOST = "127.0.0.1"
LOGIN = "demo"
# Seconds that the worker gets to finish its job when the site stops.
WORK_ENDS = 10
# The stand-in for the card provider: so far behind the site's port, or on one of the next that is free.
CARDS_BEHIND, CARDS_TRIES = 50, 20
CARDS_KEPT = "cards.json"
DEMO_SURCHARGE = Decimal("5.5")


class Command(BaseCommand):
    """Migrate, load, serve; undo nothing that staff did."""

    help = "Start the site on this machine with everything it needs, and say where to look."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="serve here instead of on 8000")
        parser.add_argument("--reset", action="store_true", help="delete the embedded database first")
        parser.add_argument("--empty", action="store_true", help="make no demo departures and examples")

    def handle(self, *, port, reset, empty, **options):
        with stoppable(), listening(port) as door:
            port = door.getsockname()[1]
            if not os.environ.get("LARES_URL"):
                settings.SITE_URL = f"http://{HOST}:{port}"  # where the links in messages lead
            # A live key would charge real cards from here, and a wrong one fails at the first payment.
            self.check(tags=["lares"])
            try:
                self.prepare_database(reset)
                self.fill(empty)
                with cards(port):
                    self.serve(door, port)
            except KeyboardInterrupt:
                pass
            except (localdb.LocalDatabaseError, DatabaseError, OSError) as error:
                raise CommandError(in_a_sentence(error)) from error
            finally:
                self.close()

    def prepare_database(self, reset):
        """The embedded server or the one named by DATABASE_URL, with every migration applied."""
        if reset and not is_embedded():
            raise CommandError("--reset deletes only the embedded database, and DATABASE_URL names another.")
        if reset:
            self.say("Deleting the embedded database.")
            localdb.reset()
            (settings.KEPT / CARDS_KEPT).unlink(missing_ok=True)
        self.say("Starting PostgreSQL." if is_embedded() else "Connecting to the server of DATABASE_URL.")
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Migrating.")
            call_command("migrate", verbosity=0, interactive=False)

    def fill(self, empty):
        """The catalogue; and, only ever on the embedded database, departures, examples and a staff login."""
        if "load_treks" in get_commands():
            self.say("Loading the treks.")
            call_command("load_treks", verbosity=0)
        call_command("load_terms", verbosity=0)
        if not is_embedded():
            return
        if not empty and "load_demo" in get_commands():
            self.say("Loading the season's departures.")
            call_command("load_demo", verbosity=0)
        users = get_user_model().objects
        if not users.filter(username=LOGIN).exists():
            users.create_superuser(LOGIN, "demo@example.com", LOGIN)

    def serve(self, door, port):
        """Answer until stopped; the outbox's work is done beside it."""
        server = ThreadedWSGIServer((HOST, port), WSGIRequestHandler, bind_and_activate=False)
        server.socket.close()
        server.socket = door
        server.server_name, server.server_port = HOST, port
        server.setup_environ()
        server.set_app(get_wsgi_application())
        server.server_activate()
        done = threading.Event()
        work = start_work(done)
        try:
            # Whoever reads these lines may stop us at once: the worker is to end also then.
            self.stdout.write(self.where_to_look(port))
            self.stdout.flush()
            server.serve_forever(poll_interval=0.1)
        finally:
            done.set()
            # Before the database is stopped: a job that still runs would start it again.
            work.join(WORK_ENDS)
            server.server_close()

    def where_to_look(self, port):
        """At most eight lines."""
        site = f"http://{HOST}:{port}"
        login = f"   (name {LOGIN}, password {LOGIN})" if is_embedded() else ""
        kept = "in .lares/, kept; --reset starts afresh" if is_embedded() else "on the server of DATABASE_URL"
        return "\n".join(
            [
                self.style.SUCCESS("The Lares Trek site is running."),
                f"  Site   {site}/",
                f"  Staff  {site}{reverse('admin:index')}{login}",
                f"  Mail   is not sent: {self.mail_place(site)}",
                f"  Cards  {cards_place()}",
                f"  Data   {kept}",
                "  Stop   Ctrl-C",
            ]
        )

    def mail_place(self, site):
        """Where messages can be read: in the admin once there is an outbox, until then as files."""
        try:
            return f"read it at {site}{reverse('admin:bookings_outboxmessage_changelist')}"
        except NoReverseMatch:
            return f"read it in {settings.EMAIL_FILE_PATH.relative_to(settings.BASE_DIR)}/"

    def close(self):
        """Leave nothing running: not even a second Ctrl-C may leave the database behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        connections.close_all()
        if is_embedded():
            others = not localdb.leave()
            self.say("Stopped; the database stays up for another command." if others else "Stopped.")

    def say(self, line):
        """A line of progress, on the side of the errors."""
        self.stderr.write(line, self.style.NOTICE)
        self.stderr.flush()


def in_a_sentence(error):
    """What went wrong with the database, for a person."""
    said = " ".join(str(error).split())
    if "No space left" in said:
        return "The disk is full: make room and start again."
    ours = isinstance(error.__cause__ or error, localdb.LocalDatabaseError)
    return said if ours else f"The database does not work: {said}"


def is_embedded():
    """Whether the database is the embedded one of this project."""
    return settings.DATABASES["default"]["ENGINE"] == "lares.localdb"


@contextmanager
def cards(port):
    """Beside the embedded database a stand-in takes the cards, unless keys of Stripe are set."""
    if not is_embedded() or settings.STRIPE_SECRET_KEY:
        yield
        return
    standin = start_standin(range(port + CARDS_BEHIND, port + CARDS_BEHIND + CARDS_TRIES))
    standin.send_to(webhook_address(port))
    for name, value in standin.settings().items():
        setattr(settings, name, value)
    settings.SECURE_CSP["form-action"].append(standin.address)
    if "LARES_CARD_SURCHARGE_PERCENT" not in os.environ:
        settings.CARD_SURCHARGE_PERCENT = DEMO_SURCHARGE
    try:
        yield
    finally:
        standin.stop()


def start_standin(ports):
    """On the first port that is free, so that addresses of open payment pages mostly stay what they were."""
    kept = settings.KEPT / CARDS_KEPT
    for port in ports:
        try:
            return StandIn(port, kept=kept).start()
        except (OSError, OverflowError):
            continue
    return StandIn(kept=kept).start()


def webhook_address(port):
    """Where the stand-in sends its notices; nowhere while the site has no address for them."""
    try:
        return f"http://{HOST}:{port}{reverse('stripe_webhook')}"
    except NoReverseMatch:
        return ""


def cards_place():
    """Who takes the cards."""
    if settings.STRIPE_API_BASE:
        return f"no money moves: a stand-in takes them, {settings.STRIPE_API_BASE}/"
    return "Stripe takes them, in test mode" if settings.STRIPE_SECRET_KEY else "are not taken"


@contextmanager
def stoppable():
    """Ctrl-C, SIGTERM and a closed terminal end the command in order, also where `&` had SIGINT ignored."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def listening(port):
    """Hold the port from the start, so that a busy one is said before any work."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} is not free ({getattr(error, 'strerror', None) or error}): "
                f"choose another, for example --port {free_port()}."
            ) from error
        yield door


def free_port():
    """A port nobody listens on now."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        return door.getsockname()[1]


def start_work(done):
    """Run bookings' `work` (messages, periodic tasks) in a thread until `done` is set; the thread."""
    work = threading.Thread(target=call_command, args=("work",), kwargs={"done": done}, daemon=True)
    work.start()
    return work
