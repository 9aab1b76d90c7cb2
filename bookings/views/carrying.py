"""What was typed for a hold that is over goes along to another date, so that nobody types it twice."""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings import lifecycle
from bookings.lifecycle.extras import extras_values
from bookings.lifecycle.shown import contact_values, travelers_fields, travelers_values
from bookings.models import Booking

SALT = "carry"
CARRIED = ("lead", "travelers", "extras")


def signed(booking):
    """The booking as a word for a form of another date; it can be made here only.

    It is worth nothing once the private address is replaced: who had the old one sees nothing new.
    """
    return signing.dumps([booking.pk, _mark_of(booking)], salt=SALT)


def _mark_of(booking):
    return salted_hmac(SALT, booking.key).hexdigest()


def carry(word, booking):
    """Fill the drafts of a new hold with what stands in the booking that the signed word names."""
    if booking.drafts or booking.contact_name or not word:
        return
    try:
        pk, mark = signing.loads(word, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return
    old = Booking.objects.filter(pk=pk).exclude(pk=booking.pk).first()
    if old and constant_time_compare(mark, _mark_of(old)):
        for step, typed in typed_in(old).items():
            lifecycle.save_draft(booking.pk, step, typed)


def typed_in(booking):
    """What is saved in a booking, with its drafts in the fields that they name: {step: {field: text}}.

    Not the party, which is chosen anew with the date, nor the last look: consent is not carried over.
    """
    saved = {}
    if booking.contact_name:
        saved["lead"] = contact_values(booking)
    people = travelers_values(booking.travelers.order_by("number"))
    if any(person["family_names"] for person in people):
        saved["travelers"] = travelers_fields(people)
    if chosen := extras_values(booking):
        saved["extras"] = {slug: str(quantity) for slug, quantity in chosen.items()}
    drafts = {step: {**draft, "seen": ""} for step, draft in booking.drafts.items() if draft}
    typed = {step: saved.get(step, {}) | drafts.get(step, {}) for step in saved.keys() | drafts}
    return {step: typed[step] for step in CARRIED if step in typed}
