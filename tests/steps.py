"""Filling in the forms of a booking over HTTP, as a browser without script does it."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from tests.factories import CONTACT


class Fields(HTMLParser):
    """The fields of the forms of a page with their values: {name: value}."""

    def __init__(self, html):
        super().__init__()
        self.values = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_chosen = attrs.get("type") not in ("radio", "checkbox") or "checked" in attrs
        has_value = "value" in attrs or attrs.get("type") == "checkbox"
        if tag == "input" and attrs.get("name") and has_value and is_chosen:
            self.values.setdefault(attrs["name"], attrs.get("value", "on"))


def fields(response):
    return Fields(response.text).values


def book_url(departure):
    return reverse("book", args=[departure.pk])


def form_of(client, departure):
    """The fields of the booking form, freshly opened."""
    return fields(client.get(book_url(departure)))


def start(client, departure, party_size=3):
    """Open the form, choose a party, send it: the response of the POST."""
    return client.post(book_url(departure), {**form_of(client, departure), "party_size": party_size})


def key_of(response):
    """The key of the booking to which an answer leads."""
    return re.search(r"/bookings/([\w-]+)/", response.url)[1]


LEAD = {**CONTACT, "walking": "on"}


def travelers(number, year=1990):
    """Travelers as the form sends them."""
    sent = {}
    for n in range(1, number + 1):
        sent |= {f"{n}-given_names": f"Given {n}", f"{n}-family_names": f"Family {n}"}
        sent |= {f"{n}-birth_day": "1", f"{n}-birth_month": str(1 + n), f"{n}-birth_year": str(year)}
    return sent


def send(client, url, values, **more):
    """Open the page of a step, fill it in and send it."""
    return client.post(url, {**fields(client.get(url)), **values, **more})


def page_of(client, booking, name="booking"):
    return client.get(reverse(name, args=[booking.key]))
