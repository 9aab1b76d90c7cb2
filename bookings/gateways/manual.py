"""The ways to pay that people handle: what each is called, who means it, and whether it bears a surcharge.

This is the one place that describes them. Whatever the way, soles are counted at the rate of the day.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Way:
    """`name` is written down with the payment; `method` is what travelers choose when they mean it."""

    name: str
    label: str
    method: str
    bears_surcharge: bool = False


TRANSFER = Way(name="transfer", label=_("bank transfer"), method="transfer")
CASH = Way(name="cash", label=_("cash in Cusco"), method="cash")
TERMINAL = Way(name="terminal", label=_("card terminal"), method="card", bears_surcharge=True)

WAYS = {way.name: way for way in (TRANSFER, CASH, TERMINAL)}


def choices():
    """For a form of the office."""
    return [(way.name, way.label) for way in WAYS.values()]


def usual_for(method):
    """The name of the way that goes with what travelers chose; empty where nothing was chosen."""
    return next((way.name for way in WAYS.values() if way.method == method), "")
