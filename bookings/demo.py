"""Example bookings in every state for the demonstration, made through the verbs like real ones.

Their people are called EJEMPLO and their addresses end in example.org, so that nobody takes them for real.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.utils import timezone

from bookings import lifecycle, policy, prices, seats
from bookings.models import Booking, Promotion

OFFICE = lifecycle.office()
NAMES = (
    *("Ana María", "Luis", "Greta", "Tomás", "Yuki", "Claire", "Mateo", "Ingrid", "Paulo", "Nadia"),
    *("Oscar", "Lucía", "Ben", "Sofía", "Marek", "Elena", "Hugo", "Camila", "Jonas", "Rosa"),
)
COUNTRIES = ("PE", "DE", "US", "ES", "GB", "FR", "CL", "NL", "CA", "BR")
EXTRAS = {"sleeping-bag": 2, "trekking-poles": 2}
CODE = "EJEMPLO10"
# How old somebody is who pays a reduced fare; the others' ages hang on their number.
AGES = {"child": 10, "student": 22}


@dataclass(frozen=True)
class Example:
    """A party on the n-th departure that can be booked today, and how far it came."""

    departure: int
    people: int
    story: str
    extras: dict = field(default_factory=dict)
    source: str = "web"
    fares: tuple = ()
    code: str = ""


# In this order: on the full departure somebody must lose the seats before others take them.
EXAMPLES = (
    Example(0, 2, "paid", EXTRAS),
    Example(0, 3, "paid"),
    Example(1, 4, "paid"),
    Example(1, 2, "announced"),
    Example(1, 2, "held"),
    Example(2, 1, "confirmed"),
    Example(3, 2, "late"),
    Example(3, 4, "confirmed"),
    Example(3, 3, "confirmed", source="agency"),
    Example(3, 2, "confirmed", EXTRAS),
    Example(3, 3, "confirmed"),
    Example(4, 2, "lapsing"),
    Example(4, 1, "confirmed", source="walk_in"),
    Example(5, 6, "confirmed"),
    Example(5, 2, "unpaid"),
    Example(6, 2, "phone", source="phone"),
    Example(6, 3, "confirmed"),
    Example(7, 2, "over"),
    Example(8, 5, "confirmed", EXTRAS),
    Example(8, 4, "confirmed"),
    Example(9, 2, "cancelled"),
    Example(9, 2, "owed"),
    Example(10, 3, "pending"),
    Example(12, 7, "confirmed"),
    Example(14, 2, "confirmed", {"single-tent": 1}),
    Example(17, 4, "confirmed"),
    Example(20, 2, "pending"),
    Example(31, 2, "confirmed"),
    Example(34, 2, "overdue"),
    Example(36, 2, "refund"),
    Example(38, 4, "lessened", EXTRAS),
    Example(40, 4, "confirmed", fares=("adult", "adult", "child", "student")),
    Example(42, 2, "confirmed", code=CODE),
    Example(44, 3, "shared"),
    Example(46, 6, "confirmed"),
    Example(48, 2, "soles", fares=("andean", "andean")),
    Example(58, 1, "confirmed"),
    Example(66, 9, "confirmed", source="agency"),
    Example(74, 2, "announced"),
    Example(90, 4, "confirmed"),
    Example(104, 8, "confirmed"),
    Example(118, 3, "confirmed"),
)


def load(departures):
    """Make the examples on these departures; returns how many. None where no terms are published yet."""
    bookable = [row for row in departures if row.is_bookable]
    if policy.current_terms() is None or policy.current_refund_policy() is None:
        return 0
    promote(timezone.localdate())
    people = count()
    fitting = [example for example in EXAMPLES if example.departure < len(bookable)]
    made = [tell(example, bookable[example.departure], people) for example in fitting]
    for example, booking in zip(fitting, made, strict=True):
        if example.story == "late":
            # Others have the seats by now.
            pay(booking, booking.due_now)
    return len(made)


def promote(today):
    """The promotion that the examples use, for a year."""
    year = {"starts_on": today, "ends_on": today + timedelta(days=365)}
    Promotion.objects.get_or_create(code=CODE, defaults={"percent": 10, "limit": 50} | year)


def tell(example, departure, people):
    """One example from its first form to where it stands."""
    by = lifecycle.TRAVELER if example.source == "web" else OFFICE
    booking = lifecycle.hold(departure.pk, example.people, uuid4(), by=by, source=example.source)
    if example.code:
        lifecycle.use_promotion(booking.pk, example.code, by=by)
    if example.story not in {"held", "over"}:
        fill(booking, example, next(people), by)
    STORIES[example.story](booking)
    return Booking.objects.get(pk=booking.pk)


def fill(booking, example, number, by):
    """The contact, the travelers, the extras, and the last button."""
    named = [NAMES[(number + n * 3) % len(NAMES)] for n in range(example.people)]
    has_email = example.story != "phone"
    contact = {
        "contact_name": f"{named[0]} EJEMPLO",
        "contact_email": f"ejemplo{number + 1}@example.org" if has_email else "",
        "contact_phone": f"+51 984 000 {number:03}",
        "contact_country": COUNTRIES[number % len(COUNTRIES)],
    }
    lifecycle.set_contact(booking.pk, contact, by=by)
    if example.story != "phone":
        travelers = [person(name, number * 7 + n * 5) for n, name in enumerate(named)]
        for traveler, fare in zip(travelers, fares_of(booking, example), strict=False):
            traveler |= at_fare(fare, booking.departure.start_date)
        lifecycle.set_travelers(booking.pk, travelers, by=by)
    lifecycle.choose_extras(booking.pk, example.extras, by=by)
    method = "cash" if example.source in {"phone", "walk_in"} else "transfer"
    lifecycle.place(booking.pk, method, policy.current_terms().version, by=by)


def person(name, number):
    """An adult whose age hangs on the number."""
    born = date(1958 + number % 45, number % 12 + 1, number % 28 + 1)
    return {"given_names": name, "family_names": "EJEMPLO", "birth_date": born}


def fares_of(booking, example):
    """The fares of an example, as far as its trek has them."""
    known = {"adult", *booking.price_list.reductions}
    return [fare if fare in known else "adult" for fare in example.fares]


def at_fare(fare, start):
    """What a fare says about a traveler."""
    if fare not in AGES:
        return {"fare_class": fare}
    return {"fare_class": fare, "birth_date": date(start.year - AGES[fare], 1, 15)}


def pay(booking, amount, **details):
    """Money counted by the office."""
    details = {"provider": "transfer"} | details
    lifecycle.record_payment(booking.pk, uuid4(), by=OFFICE, amount=amount, **details)


def pay_deposit(booking):
    """What is due now; the walk-in brings soles."""
    due = Booking.objects.get(pk=booking.pk).due_now
    if booking.source == Booking.Source.WALK_IN:
        pay_in_soles(booking, due)
    else:
        pay(booking, due)


def pay_in_soles(booking, amount):
    """At a round rate that nobody takes for the day's."""
    soles = {"received_amount": prices.rounded(amount * 4), "received_currency": "PEN", "rate": 4}
    pay(booking, amount, provider="cash", note="EJEMPLO", **soles)


def pay_all(booking):
    """The deposit and the balance."""
    pay_deposit(booking)
    rest = prices.total(booking) - prices.paid(booking)
    if rest:
        pay(booking, rest)


def announce(booking):
    """The transfer is on its way."""
    lifecycle.announce_transfer(booking.pk, f"EJEMPLO {booking.reference}")


def end_tomorrow(booking):
    """The last day to pay is tomorrow."""
    lifecycle.extend_until(booking.pk, timezone.localdate() + timedelta(days=1), by=OFFICE)


def run_out(booking, ago=timedelta(hours=1)):
    """Set its time back: the only thing here that no verb does."""
    then = seats.clock() - ago
    note = "Example: its time was set back so that it has run out."
    Booking.objects.filter(pk=booking.pk).update(expires_at=then, staff_notes=note)


def leave_unfinished(booking):
    """Somebody gave a name and went away."""
    contact = {"contact_name": "Iris EJEMPLO", "contact_email": "ejemplo@example.org"}
    lifecycle.set_contact(booking.pk, contact)
    run_out(booking)


def cancel(booking):
    """The traveler changed plans before paying."""
    lifecycle.cancel(booking.pk, by=OFFICE, reason="EJEMPLO: no free days.")


def cancel_paid(booking):
    """Cancelled with money on our side."""
    pay_deposit(booking)
    cancel(booking)


def be_overdue(booking):
    """The deposit came, the balance did not: its day is set back, which no verb does."""
    pay_deposit(booking)
    day = timezone.localdate() - timedelta(days=3)
    note = "Example: the day of its balance was set back so that it is overdue."
    Booking.objects.filter(pk=booking.pk).update(balance_due_on=day, staff_notes=note)


def cancel_all_paid(booking):
    """Paid whole and cancelled long before the start: what is more than the charge waits for a decision."""
    pay_all(booking)
    cancel(booking)


def lessen(booking):
    """One of the party does not come; a ticket was bought for them, and the refund is paid back by hand."""
    pay_all(booking)
    number = booking.party_size
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(170), reason="EJEMPLO: train", number=number)
    lifecycle.cancel_traveler(booking.pk, number, by=OFFICE, reason="EJEMPLO: a broken leg.")
    for refund in booking.refunds.all():
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="transfer", note="EJEMPLO")


def share(booking):
    """The second traveler pays a part under a link."""
    pay_deposit(booking)
    rest = prices.total(booking) - prices.paid(booking)
    if rest:
        lifecycle.make_pay_link(booking.pk, 2, prices.rounded(rest / booking.party_size))


def pay_all_in_soles(booking):
    """Everything in one go, in soles."""
    pay_in_soles(booking, prices.total(booking))


STORIES = {
    "held": lambda booking: None,
    "over": leave_unfinished,
    "pending": lambda booking: None,
    "phone": lambda booking: None,
    "announced": announce,
    "lapsing": end_tomorrow,
    "unpaid": run_out,
    "late": run_out,
    "confirmed": pay_deposit,
    "paid": pay_all,
    "cancelled": cancel,
    "owed": cancel_paid,
    "overdue": be_overdue,
    "refund": cancel_all_paid,
    "lessened": lessen,
    "shared": share,
    "soles": pay_all_in_soles,
}
