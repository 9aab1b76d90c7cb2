"""Payments as a table for spreadsheets: CSV that holds no formulas and whose totals are the ledger's."""

import csv
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import policy
from bookings.models import Payment

# Without it Excel takes UTF-8 for the alphabet of the machine and shows Ł and ñ as something else; whatever
# else reads CSV passes over it.
MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, or for the way to one.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written."""

    def write(self, text):
        return text


def harmless(text):
    """A text that no spreadsheet reckons with: an apostrophe before what looks like a formula.

    Amounts never come here: they are Decimals of ours, and stay numbers also where they begin with a minus.
    """
    text = str(text)
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS) else text


def figure(amount):
    """An amount as spreadsheets read it, with its minus and two decimals; empty for None."""
    return "" if amount is None else f"{Decimal(amount):.2f}"


def payments_between(first, last):
    """What was written down from the first to the last day in Peru, both included."""
    begin, end = policy.end_of_day(first - timedelta(days=1)), policy.end_of_day(last)
    rows = Payment.objects.filter(recorded_at__gte=begin, recorded_at__lt=end).order_by("recorded_at", "pk")
    return rows.select_related("booking", "receipt").prefetch_related("tax_documents")


def lines(first, last):
    """The lines of the file, one after the other; the words are those of the language of this moment."""
    ways = {value: str(label) for value, label in Payment.Provider.choices}
    heads = [
        *(_("date"), _("constancia"), _("booking"), _("payer"), _("by"), _("reference"), _("amount, USD")),
        *(_("surcharge, USD"), _("received"), _("in"), _("soles per dollar"), _("boleta or factura")),
        _("note"),
    ]
    words = {"sum": _("Total"), "all": _("all ways")}
    return _written(payments_between(first, last), ways, heads, words)


def _written(payments, ways, heads, words):
    writer = csv.writer(_Echo())
    yield MARK + writer.writerow(heads)
    sums = {}
    for payment in payments.iterator(chunk_size=500):
        amount, surcharge = sums.get(payment.provider, (Decimal(0), Decimal(0)))
        sums[payment.provider] = amount + payment.amount, surcharge + payment.surcharge
        yield writer.writerow(_cells(payment, ways))
    for way in sorted(sums):
        yield writer.writerow(_sum_cells(words["sum"], ways[way], *sums[way]))
    everything = [sum(column, Decimal(0)) for column in zip(*sums.values(), strict=True)] or [Decimal(0)] * 2
    yield writer.writerow(_sum_cells(words["sum"], words["all"], *everything))


def _cells(payment, ways):
    receipt = getattr(payment, "receipt", None)
    return [
        f"{timezone.localtime(payment.recorded_at):%Y-%m-%d}",
        harmless(receipt or ""),
        harmless(payment.booking.reference),
        harmless(receipt.payer if receipt else payment.booking.contact_name),
        harmless(ways[payment.provider]),
        harmless(payment.provider_reference),
        figure(payment.amount),
        figure(payment.surcharge),
        figure(payment.received_amount),
        payment.received_currency,
        "" if payment.rate is None else f"{payment.rate:.4f}",
        harmless(", ".join(document.number for document in payment.papers)),
        harmless(payment.note),
    ]


def _sum_cells(word, way, amount, surcharge):
    return [word, "", "", "", way, "", figure(amount), figure(surcharge), *[""] * 5]
