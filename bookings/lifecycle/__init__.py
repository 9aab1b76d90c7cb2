"""The verbs: the only code that changes seats, money and statuses.

Each verb is one transaction. It locks the departure, then the booking, then shared stock (always in that
order), reads the database's clock once it holds the lock, looks again at what it was told, and writes rows,
events and messages together. What it refuses it raises as `Refused`, with a sentence people can read.
"""

from .actors import CLOCK, TRAVELER, office
from .cancelling import cancel, cancel_traveler, reinstate
from .cards import note_paid, note_refund, note_session, note_unpaid, start_card
from .contact import (
    ask_for_invoice,
    correct_contact,
    correct_traveler,
    replace_key,
    send_link,
    send_placed,
    set_contact,
    set_travelers,
)
from .departures import cancel_departure, change_capacity, change_dates, change_status
from .drafts import save_draft
from .errors import (
    AmountsChanged,
    Busy,
    Incomplete,
    Lapsed,
    NotBookable,
    NotEnoughSeats,
    NotEnoughStock,
    PriceChanged,
    Refused,
    Stale,
    TooManyForParty,
    TooManyHolds,
    WrongStatus,
)
from .extras import choose_extras
from .forgetting import erase_lapsed, remind_before_lapse
from .holding import extend, hold, resize
from .moving import move_payment
from .pay_links import make_pay_link, revoke_pay_link
from .paying import announce_transfer, record_payment
from .placing import extend_until, place
from .promotions import NoSuchPromotion, use_promotion
from .refunding import approve_refund, drop_refund, enter_cost, pay_back_by_hand
from .reminding import remind_of_balance
from .resuming import resume
from .tax_documents import enter_tax_document, void_tax_document

__all__ = [
    "CLOCK",
    "TRAVELER",
    "AmountsChanged",
    "Busy",
    "Incomplete",
    "Lapsed",
    "NoSuchPromotion",
    "NotBookable",
    "NotEnoughSeats",
    "NotEnoughStock",
    "PriceChanged",
    "Refused",
    "Stale",
    "TooManyForParty",
    "TooManyHolds",
    "WrongStatus",
    "announce_transfer",
    "approve_refund",
    "ask_for_invoice",
    "cancel",
    "cancel_departure",
    "cancel_traveler",
    "change_capacity",
    "change_dates",
    "change_status",
    "choose_extras",
    "correct_contact",
    "correct_traveler",
    "drop_refund",
    "enter_cost",
    "enter_tax_document",
    "erase_lapsed",
    "extend",
    "extend_until",
    "hold",
    "make_pay_link",
    "move_payment",
    "note_paid",
    "note_refund",
    "note_session",
    "note_unpaid",
    "office",
    "pay_back_by_hand",
    "place",
    "record_payment",
    "reinstate",
    "remind_before_lapse",
    "remind_of_balance",
    "replace_key",
    "resize",
    "resume",
    "revoke_pay_link",
    "save_draft",
    "send_link",
    "send_placed",
    "set_contact",
    "set_travelers",
    "start_card",
    "use_promotion",
    "void_tax_document",
]
