"""What a trek is: the trek, its days, the places on the way and all that is told about them."""

from .advice import ClimateMonth, Feast, PackingItem, Page, Phrase, Question
from .base import Illustrated, Versioned, counted_on
from .days import ItineraryDay, Transfer, Waypoint
from .extras import Extra, OfferedExtra
from .fares import Fare, FareClass, PartyRate
from .loading import LoadedField
from .operator import Operator
from .places import HotSpring, Place, Village
from .routes import CircuitRoute
from .treks import Inclusion, Trek
from .wording import PagePicture, Passage

__all__ = [
    "CircuitRoute",
    "ClimateMonth",
    "Extra",
    "Fare",
    "FareClass",
    "Feast",
    "HotSpring",
    "Illustrated",
    "Inclusion",
    "ItineraryDay",
    "LoadedField",
    "OfferedExtra",
    "Operator",
    "PackingItem",
    "Page",
    "PagePicture",
    "PartyRate",
    "Passage",
    "Phrase",
    "Place",
    "Question",
    "Transfer",
    "Trek",
    "Versioned",
    "Village",
    "Waypoint",
    "counted_on",
]
