"""The forms that travelers fill in."""

from .booking import LeadForm, PartyForm, PlaceForm
from .contact import ContactForm
from .departures import DepartureFilterForm
from .extras import ExtrasForm
from .private import EmailForm, FindForm, TransferForm
from .travelers import TravelersForm

__all__ = [
    "ContactForm",
    "DepartureFilterForm",
    "EmailForm",
    "ExtrasForm",
    "FindForm",
    "LeadForm",
    "PartyForm",
    "PlaceForm",
    "TransferForm",
    "TravelersForm",
]
