"""The extras: how many of each."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings import stock

from .booking import StepForm


@dataclass(frozen=True)
class Row:
    """One offered extra with its field and what is left of it (None: no limit)."""

    offer: object
    field: forms.BoundField
    left: int | None
    price: object
    amount: object


class ExtrasForm(StepForm):
    """A number for each offered extra; empty is none."""

    def __init__(self, offers, left, *args, booking, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers, self.left, self.booking = offers, left, booking
        for offer in offers:
            self.fields[offer.extra.slug] = self.quantity(offer)

    def quantity(self, offer):
        """The field of one extra."""
        left, unit = self.left[offer.extra_id], offer.extra.charge_unit
        sensible = stock.most(unit, self.booking.departure, self.booking.party_size)
        most = max(min(limit for limit in (left, sensible, 99) if limit is not None), 0)
        attrs = {"inputmode": "numeric", "autocomplete": "off", "data-price": str(self.price(offer))}
        return forms.IntegerField(
            label=offer.extra.name,
            required=False,
            min_value=0,
            max_value=most,
            widget=forms.NumberInput(attrs=attrs),
            error_messages={
                "invalid": _("Write a number, or leave it empty."),
                "min_value": _("Write a number, or leave it empty."),
                "max_value": _("Only %(limit_value)s are free on these days.")
                if most == left
                else _("At most %(limit_value)s for this party."),
            },
        )

    def rows(self):
        """The extras as the page lists them."""
        return [
            Row(
                offer,
                self[offer.extra.slug],
                self.left[offer.extra_id],
                self.price(offer),
                self.amount(offer),
            )
            for offer in self.offers
        ]

    def price(self, offer):
        """What one of it costs by the booking's price list, USD."""
        return self.booking.price_list.price_of(offer.extra.slug)

    def amount(self, offer):
        """What is chosen of it costs, USD; 0 while the number makes no sense."""
        value = str(self[offer.extra.slug].value() or "")
        sensible = value.isascii() and value.isdigit() and len(value) <= 2
        return int(value) * self.price(offer) if sensible else 0

    def chosen(self):
        """{slug: quantity} as the verb wants it."""
        return {slug: quantity for slug, quantity in self.cleaned_data.items() if quantity}
