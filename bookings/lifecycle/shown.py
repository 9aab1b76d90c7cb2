"""What the pages of a booking show, as plain values that a form can carry and a verb can compare."""

from bookings import prices

CONTACT = ("contact_name", "contact_email", "contact_phone", "contact_country")
PERSON = ("given_names", "family_names", "birth_date", "fare_class")


def contact_values(booking):
    """The contact as a dict of plain strings, as the form shows it."""
    return {name: str(getattr(booking, name)) for name in CONTACT}


def travelers_values(travelers):
    """The travelers as a list of dicts of plain strings, as the form shows them, by number."""
    return [{name: str(getattr(person, name) or "") for name in PERSON} for person in travelers]


def travelers_fields(people, first=1):
    """Travelers as of `travelers_values` in the fields of the form: {"1-given_names": …, …}."""
    fields = {}
    for number, person in enumerate(people, first):
        year, month, day = (person["birth_date"] or "--").split("-")
        parts = {"birth_day": day.lstrip("0"), "birth_month": month.lstrip("0"), "birth_year": year}
        names = {name: person.get(name, "") for name in PERSON if name != "birth_date"}
        fields |= {f"{number}-{name}": value for name, value in (names | parts).items()}
    return fields


def last_look_values(booking, today):
    """What is agreed to when a booking is placed today: dates, contact, travelers, lines, what is due when.

    The last days to pay move on with every midnight and are no part of it. What is due changes by the clock
    on one day only, the one of the balance, and then it is another amount indeed.
    """
    departure, lines = booking.departure, booking.price_lines.all()
    due_now = booking.due_now
    if due_now is None:
        due_now = prices.due_now(booking, prices.total(booking), today)
    return {
        "dates": [str(departure.start_date), str(departure.end_date)],
        "contact": contact_values(booking),
        "travelers": travelers_values(booking.travelers.order_by("number")),
        "price": [[line.kind, line.key, line.quantity, f"{line.unit_amount:.2f}"] for line in lines],
        "due": [f"{due_now:.2f}", str(departure.balance_due_on)],
    }
