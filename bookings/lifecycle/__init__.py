"""The verbs: the only code that changes seats, money and statuses.

Each verb is one transaction. It locks the departure, then the booking, then shared stock (always in that
order), reads the database's clock once it holds the lock, looks again at what it was told, and writes rows,
events and messages together. What it refuses it raises as `Refused`, with a sentence people can read.
"""

from .actors import CLOCK, TRAVELER, office
from .cancelling import cancel, reinstate
from .contact import (
    correct_contact,
    correct_traveler,
    replace_key,
    send_link,
    send_placed,
    set_contact,
    set_travelers,
)
from .departures import cancel_departure, change_capacity, change_dates, change_status
from .errors import (
    Busy,
    Incomplete,
    Lapsed,
    NotBookable,
    NotEnoughSeats,
    NotEnoughStock,
    Refused,
    Stale,
    TooManyHolds,
    WrongStatus,
)
from .extras import choose_extras
from .forgetting import erase_lapsed, remind_before_lapse
from .holding import extend, hold, resize, save_draft
from .paying import announce_transfer, record_payment
from .placing import extend_until, place
from .resuming import resume

__all__ = [
    "CLOCK",
    "TRAVELER",
    "Busy",
    "Incomplete",
    "Lapsed",
    "NotBookable",
    "NotEnoughSeats",
    "NotEnoughStock",
    "Refused",
    "Stale",
    "TooManyHolds",
    "WrongStatus",
    "announce_transfer",
    "cancel",
    "cancel_departure",
    "change_capacity",
    "change_dates",
    "change_status",
    "choose_extras",
    "correct_contact",
    "correct_traveler",
    "erase_lapsed",
    "extend",
    "extend_until",
    "hold",
    "office",
    "place",
    "record_payment",
    "reinstate",
    "remind_before_lapse",
    "replace_key",
    "resize",
    "resume",
    "save_draft",
    "send_link",
    "send_placed",
    "set_contact",
    "set_travelers",
]
