"""What was typed in a step and not accepted yet, kept field by field: two people erase nothing of each other.

A draft is {field: text}, and under SEEN, sealed by the page, what was saved when its typist opened the page.
"""

from bookings.models import Booking

from .locks import lock_booking, verb
from .shown import travelers_fields, travelers_values

SEEN = "seen"


@verb
def save_draft(booking_id, step, typed, *, shown=None, saved=None):
    """Keep what was typed in a step, so that it is there again on the next visit.

    `shown` is what the page had shown in its fields: who leaves a field as it was says nothing about it, and
    what somebody else typed there meanwhile stays. Without `shown`, `typed` takes the draft's place. What is
    `saved` already, {field: text}, is no draft. Of a booking that is not on hold any more nothing is kept.
    """
    booking = lock_booking(booking_id)
    if booking.status != Booking.Status.ON_HOLD:
        return booking
    before = booking.drafts.get(step, {})
    draft = typed if shown is None else _merged(before, typed, shown, saved)
    if draft or before:
        _put(booking, step, draft)
        # A form left open may bring personal data back to a hold that was emptied: it is to be emptied again.
        booking.personal_data_erased_at = None
        booking.save(update_fields=["drafts", "personal_data_erased_at"])
    return booking


def forget_draft(booking, step, known=None):
    """Take out of a locked booking what is saved now: all of the draft, or as much as the page has `known`.

    What was typed for travelers who are not on the list any more waits for them to come back. The caller
    saves `drafts`; returns whether they changed.
    """
    before = booking.drafts.get(step, {})

    def stays(name, value):
        return not _is_asked(booking, step, name) or (known is not None and known.get(name) != value)

    _put(booking, step, {name: value for name, value in before.items() if name == SEEN or stays(name, value)})
    return booking.drafts.get(step, {}) != before


def keep_dropped(booking, party_size):
    """Keep what is saved of named travelers beyond a size, as if it were typed: growing brings them back."""
    dropped = booking.travelers.filter(number__gt=party_size).order_by("number")
    fields = {}
    for person, values in zip(dropped, travelers_values(dropped), strict=True):
        if person.given_names or person.family_names:
            fields |= travelers_fields([values], first=person.number)
    if fields:
        booking.drafts["travelers"] = {**fields, **booking.drafts.get("travelers", {})}


def asks_again(booking, step):
    """Whether something stands in the draft of a step that is still asked for there."""
    return any(_is_asked(booking, step, name) for name in booking.drafts.get(step, {}))


def _is_asked(booking, step, name):
    """Whether the step has this field: not what it keeps of travelers who are not on the list any more."""
    number = name.partition("-")[0]
    is_dropped = step == "travelers" and number.isdigit() and int(number) > booking.party_size
    return name != SEEN and not is_dropped


def _merged(draft, typed, shown, saved):
    """A draft with the fields that were changed on a page put into it, without what is saved already."""
    changed = {name: text for name, text in typed.items() if name != SEEN and text != shown.get(name)}
    fields = {**draft, **changed}
    others = any(text != shown.get(name) for name, text in draft.items() if name != SEEN)
    seen = (others and draft.get(SEEN)) or typed.get(SEEN, "")
    if saved is not None:
        fields = {name: text for name, text in fields.items() if text != saved.get(name, "")}
    return {**fields, SEEN: seen}


def _put(booking, step, draft):
    """Put a draft in its place, or take the old one out where nothing but SEEN is left."""
    booking.drafts.pop(step, None)
    if draft.keys() - {SEEN}:
        booking.drafts[step] = draft
