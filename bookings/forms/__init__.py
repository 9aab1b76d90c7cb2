"""The forms that travelers fill in."""

from .contact import ContactForm
from .departures import DepartureFilterForm

__all__ = ["ContactForm", "DepartureFilterForm"]
