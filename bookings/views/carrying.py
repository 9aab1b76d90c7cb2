"""What was typed for a hold that is over goes along to another date, so that nobody types it twice."""

from django.core import signing

from bookings import lifecycle
from bookings.forms.travelers import initial_of
from bookings.lifecycle.contact import contact_values, travelers_values
from bookings.lifecycle.extras import extras_values
from bookings.models import Booking

SALT = "carry"


def signed(booking):
    """The booking as a word for a form of another date; it can be made here only."""
    return signing.dumps(booking.pk, salt=SALT)


def carry(word, booking):
    """Fill the drafts of a new hold with what stands in the booking that the signed word names."""
    if booking.drafts or booking.contact_name or not word:
        return
    try:
        old = Booking.objects.filter(pk=signing.loads(word, salt=SALT)).first()
    except signing.BadSignature:
        return
    if old and old.pk != booking.pk:
        for step, typed in typed_in(old).items():
            lifecycle.save_draft(booking.pk, step, typed)


def typed_in(booking):
    """The drafts of a booking, and its saved values where there is no draft: {step: {field: text}}."""
    saved = {}
    if booking.contact_name:
        saved["lead"] = contact_values(booking)
    people = travelers_values(booking.travelers.order_by("number"))
    if any(person["family_names"] for person in people):
        saved["travelers"] = initial_of(people)
    if chosen := extras_values(booking):
        saved["extras"] = {slug: str(quantity) for slug, quantity in chosen.items()}
    drafts = {step: {**draft, "seen": ""} for step, draft in booking.drafts.items()}
    return {**saved, **drafts}
