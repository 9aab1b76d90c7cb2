"""How each step of the form reads and writes: its saved values, its fields, and the verb that saves."""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from bookings import lifecycle, seats, stock
from bookings.forms import ExtrasForm, LeadForm, PartyForm, TravelersForm
from bookings.lifecycle.extras import extras_values, priced
from bookings.lifecycle.shown import contact_values, travelers_fields, travelers_values

SALT = "seen"


@dataclass(frozen=True)
class Kind:
    """One step. `shown` is what its verb compares with, `initial` the same as the fields show it.

    `save` takes the booking, the valid form, what was `seen` and what of the draft is `known`.
    """

    name: str
    shown: Any
    initial: Any
    form: Any
    save: Any
    labels: Any


def sealed(values):
    """Values as a word that the form carries and nobody can change."""
    return signing.dumps(values, salt=SALT)


def unsealed(word):
    """The values of such a word; of a word that is not ours, something that equals no saved values."""
    try:
        return signing.loads(word, salt=SALT)
    except signing.BadSignature:
        return "unknown"


def shown_in(posted):
    """What the fields of a posted page had shown: {field: text}; nothing of a word that is not ours."""
    shown = unsealed(posted.get("shown", ""))
    return shown if isinstance(shown, dict) else {}


def labels_of(form):
    """The fields of a plain form, by name, with their labels."""
    return {name: (field.label, field) for name, field in form.fields.items() if name != "walking"}


def told(field, value):
    """A value as its field tells it: of a list the words, not the code."""
    words = dict(getattr(field, "choices", ()))
    return words.get(value, value)


def differences(step, form, saved):
    """The fields of a posted form in which something else stands than what is saved, as rows of a table."""
    form.is_valid()
    typed = form.typed()
    return [
        {"label": label, "typed": told(field, typed[name]), "saved": told(field, saved.get(name, ""))}
        for name, (label, field) in step.labels(form).items()
        if str(typed[name]) != str(saved.get(name, ""))
    ]


def party_shown(booking):
    """The party size as a number."""
    return booking.party_size


def party_form(booking, data=None, initial=None):
    """Up to as many as the departure holds."""
    return PartyForm(data, initial=initial, largest=max(booking.departure.capacity, booking.party_size))


def save_party(booking, form, seen, known):
    """Resize."""
    return lifecycle.resize(booking.pk, form.cleaned_data["party_size"], seen=seen, known=known)


def lead_form(booking, data=None, initial=None):
    """“I am walking too” is offered until traveler 1 has a name."""
    is_open = not booking.travelers.filter(number=1).exclude(family_names="").exists()
    return LeadForm(data, initial=initial, can_walk=is_open)


def save_lead(booking, form, seen, known):
    """Write the contact and, where it was ticked, offer the name for traveler 1 on the next page."""
    saved = lifecycle.set_contact(booking.pk, form.contact(), seen=seen, known=known)
    if form.cleaned_data.get("walking"):
        lifecycle.save_draft(saved.pk, "travelers", copied_name(saved), shown={})
    return saved


def copied_name(booking):
    """The contact's name as traveler 1: {field: text}; the last word is taken for the family name."""
    given, _space, family = booking.contact_name.rpartition(" ")
    return {"1-given_names": given, "1-family_names": family}


def travelers_shown(booking):
    """The travelers by number as the verb compares them."""
    return travelers_values(booking.travelers.order_by("number"))


def travelers_initial(booking):
    """The travelers as the fields show them."""
    return travelers_fields(travelers_shown(booking))


def save_travelers(booking, form, seen, known):
    """Write all travelers."""
    return lifecycle.set_travelers(booking.pk, form.people(), seen=seen, known=known)


def travelers_labels(form):
    """The fields of every traveler, by name, each label with the traveler's number."""
    return {
        traveler.add_prefix(name): (f"{traveler.number}. {field.label}", field)
        for traveler in [*form.forms, *form.dropped]
        for name, field in traveler.fields.items()
    }


def extras_form(booking, data=None, initial=None):
    """The extras of the trek, each with what is left of it on these days."""
    departure = booking.departure
    offers = departure.trek.offered_extras.select_related("extra").filter(extra__slug__in=priced(booking))
    left = stock.left_of_each([offer.extra for offer in offers], departure, seats.clock(), besides=booking)
    return ExtrasForm(offers, left, data, initial=initial, booking=booking)


def extras_initial(booking):
    """The chosen quantities as the fields show them."""
    return {slug: str(quantity) for slug, quantity in extras_values(booking).items()}


def save_extras(booking, form, seen, known):
    """Write the chosen quantities."""
    return lifecycle.choose_extras(booking.pk, form.chosen(), seen=seen, known=known)


def party_initial(booking):
    """The party size as the field shows it."""
    return {"party_size": str(booking.party_size)}


PARTY = Kind("party", party_shown, party_initial, party_form, save_party, labels_of)
LEAD = Kind("lead", contact_values, contact_values, lead_form, save_lead, labels_of)
TRAVELERS = Kind(
    "travelers", travelers_shown, travelers_initial, TravelersForm, save_travelers, travelers_labels
)
EXTRAS = Kind("extras", extras_values, extras_initial, extras_form, save_extras, labels_of)
