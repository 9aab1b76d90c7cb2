"""The forms that travelers fill in."""

from .booking import CodeForm, LeadForm, PartyForm, PlaceForm
from .contact import ContactForm
from .departures import DepartureFilterForm
from .extras import ExtrasForm
from .keeping import KeptExtrasForm
from .private import EmailForm, FindForm, InvoiceForm, PayLinkForm, TransferForm
from .travelers import TravelersForm

__all__ = [
    "CodeForm",
    "ContactForm",
    "DepartureFilterForm",
    "EmailForm",
    "ExtrasForm",
    "FindForm",
    "InvoiceForm",
    "KeptExtrasForm",
    "LeadForm",
    "PartyForm",
    "PayLinkForm",
    "PlaceForm",
    "TransferForm",
    "TravelersForm",
]
