"""Every public page, and every state that a traveler can meet, recorded once and played to a browser.

The pages are asked of Django's own client within a transaction that is rolled back: no server runs, and the
browser gets them, headers and all, under the addresses they have on the site.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, prices
from bookings.models import Booking, Departure
from bookings.seats import with_seats
from bookings.views import private
from lares.middleware import unavailable
from tests.factories import filled, held, lapse, make_departure, raw
from treks.loading import load
from treks.models import Trek

SITE = "http://testserver"
BARE = ("400.html", "403.html", "403_csrf.html", "500.html")
ALL_COMPARED = "/treks/compare/?" + "&".join(
    f"trek=lares-{name}"
    for name in ("classic-4d", "express-3d", "mantanay-4d", "huaran-3d", "short-inca-trail-5d")
)
STEPS = ("party", "lead", "travelers", "extras", "review")
ANSWERED = (
    "/treks/compare/?trek=lares-classic-4d&trek=lares-express-3d",
    ALL_COMPARED,
    "/packing/?month=6&own=duffel",
    "/search/",
    "/search/?q=altitude",
    "/search/?q=nothing-like-it",
    "/departures/?party=12&trek=lares-huaran-3d",
    "/departures/?month=soon&party=99&trek=lares-huaran-3d",
    "/bookings/find/",
    "/bookings/find/sent/",
    "/contact/sent/",
    "/nowhere/",
    "/bookings/a-wrong-link/",
)


@dataclass(frozen=True)
class Answer:
    """What the site said at an address."""

    status: int
    headers: dict
    body: bytes


@contextmanager
def demonstration(days=365):
    """The whole content and a season of so many days with its bookings, while the block lasts."""
    with override_settings(PRODUCTION=False, DATABASE_URL=""), transaction.atomic():
        load()
        call_command("load_demo", verbosity=0)
        later = timezone.localdate() + timedelta(days=days)
        Departure.objects.filter(start_date__gt=later, bookings=None).delete()
        yield
        transaction.set_rollback(True)


@contextmanager
def production_build(tmp_path_factory):
    """Static files as production has them, hashed and compressed, in a folder of their own."""
    folder = tmp_path_factory.mktemp("static")
    built = {"BACKEND": "lares.built.BuiltFilesStorage"}
    changed = {
        "STATIC_ROOT": folder,
        "STORAGES": settings.STORAGES | {"staticfiles": built},
        # Without the files of the office, which take long to compress.
        "STATICFILES_FINDERS": [
            name for name in settings.STATICFILES_FINDERS if "AppDirectories" not in name
        ],
    }
    with override_settings(**changed):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def text_of(answer):
    """The page of an answer, compressed or not."""
    is_packed = answer.headers.get("Content-Encoding") == "br"
    return (brotli.decompress(answer.body) if is_packed else answer.body).decode()


def answer(response):
    """A response as it goes over the wire."""
    return Answer(response.status_code, dict(response.headers), response.content)


def public_addresses(client):
    """What the sitemap lists, as paths."""
    sitemap = text_of(answer(client.get("/sitemap.xml")))
    return re.findall(rf"<loc>{SITE}(.*?)</loc>", sitemap)


def public_pages(client=None):
    """{address: answer} of every page that search engines know."""
    client = client or Client()
    return {address: answer(client.get(address)) for address in public_addresses(client)}


def states():
    """{address: answer} of all else a traveler can meet; a made-up query tells states of a page apart."""
    client = Client()
    found = {address: client.get(address) for address in ANSWERED}
    found |= form_states(client) | step_states(client) | booking_states(client) | ended_states(client)
    found |= departure_states(client)
    found["/503/"] = unavailable()
    found |= {f"/{name}": HttpResponse(render_to_string(name)) for name in BARE}
    return {address: answer(response) for address, response in found.items()}


def form_states(client):
    """Forms with their reasons, the altitude check with its result, a date without room for the party."""
    departure = make_departure(Trek.objects.published().first(), starts_in=90, group="C")
    arrival = timezone.localdate() + timedelta(days=60)
    check = f"/acclimatization/?arrives={arrival}&sleeps=cusco&trek={departure.trek.slug}&starts="
    book = departure_address(departure)
    found = {
        address: client.get(address)
        for address in (check, "/acclimatization/?arrives=soon", f"/contact/?departure={departure.pk}", book)
    }
    for address in ("/contact/", "/bookings/find/", book):
        found[f"{address}?refused"] = client.post(address, {"party_size": ""})
    raw(Departure, departure, capacity=2)
    return found | {f"{book}?no-room": client.post(book, {"party_size": "12"})}


def step_states(client):
    """Each step of a hold as it comes, filled in, and sent empty."""
    booking = held(make_departure(Trek.objects.published().first(), starts_in=91, group="C"), 3)
    address = booking.get_absolute_url()
    found = {f"{address}lead/?empty": client.get(f"{address}lead/")}
    filled(booking)
    for step in STEPS:
        found[f"{address}{step}/"] = client.get(f"{address}{step}/")
        if step != "extras":  # nothing is needed there
            found[f"{address}{step}/?refused"] = client.post(f"{address}{step}/", {})
    return found


def booking_states(client):
    """The private page of one booking in each state, of everything the demonstration has."""
    found = {}
    for booking in Booking.objects.order_by("pk"):
        paid = prices.paid(booking)
        is_late = booking.events.filter(kind="late_money").exists()
        state = (private.state_of(booking), is_late, paid > 0, paid == prices.total(booking))
        response = client.get(booking.get_absolute_url())
        if response.status_code == 200 and state not in found:
            found[state] = booking.get_absolute_url(), response
    return dict(found.values())


def ended_states(client):
    """Seats whose time is over and that are free, seats given back, a network that holds too much."""
    departure = make_departure(Trek.objects.published().first(), starts_in=92, group="C")
    lapsed, given_back = filled(held(departure)), filled(held(departure))
    lapse(lapsed)
    lifecycle.cancel(given_back.pk)
    found = {each.get_absolute_url(): client.get(each.get_absolute_url()) for each in (lapsed, given_back)}
    book = departure_address(departure)
    held(departure, address="127.0.0.1")
    with override_settings(HOLDS_PER_ADDRESS=1):
        found[f"{book}?busy-network"] = client.post(book, {"party_size": "2"})
    return found


def departure_states(client):
    """Dates that are full, closed or cancelled, and a trek that has none."""
    trek, quiet = Trek.objects.published().first(), Trek.objects.published().last()
    dates = [next(row for row in with_seats(Departure.objects.public().upcoming()) if not row.seats_left)]
    for day, status in ((200, "closed"), (201, "cancelled")):
        dates.append(make_departure(trek, starts_in=day, group="C", status=status))
    addresses = {departure_address(date): date.status for date in dates}
    found = {f"{address}?{status}": client.get(address) for address, status in addresses.items()}
    Departure.objects.filter(trek=quiet).update(is_private=True)
    for address in (quiet.get_absolute_url(), "/departures/"):
        found[f"{address}?no-dates"] = client.get(address, {"trek": quiet.slug})
    return found


def departure_address(departure):
    return reverse("book", args=[departure.pk])


def static_file(path):
    """(type, bytes) of a file under /static/, or None."""
    found = finders.find(path.removeprefix("/static/"))
    return found and (guess_type(path)[0] or "application/octet-stream", Path(found).read_bytes())


def play(context, answers):
    """Let a browser's context find the answers at their addresses, and the static files."""

    def fulfil(route):
        address = urlsplit(route.request.url)
        wanted = address.path + (f"?{address.query}" if address.query else "")
        if wanted.startswith("/static/") and (file := static_file(wanted)):
            return route.fulfill(content_type=file[0], body=file[1])
        if wanted in answers:
            found = answers[wanted]
            # Chromium writes an error on its console for every status above 399.
            return route.fulfill(headers=found.headers, body=found.body)
        return route.fulfill(status=404, body="")

    context.route("**/*", fulfil)
