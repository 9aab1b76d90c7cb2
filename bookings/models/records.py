"""What happened: payments, events and forms of the office, rows that are added and never changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.gateways import manual

from .bookings import Booking


class Payment(models.Model):
    """Money that came (positive) or went back (negative), in the charge currency USD."""

    class Provider(models.TextChoices):
        TRANSFER = manual.TRANSFER.name, manual.TRANSFER.label
        CASH = manual.CASH.name, manual.CASH.label
        TERMINAL = manual.TERMINAL.name, manual.TERMINAL.label
        STRIPE = "stripe", _("card online")

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="payments", verbose_name=_("booking"))
    amount = models.DecimalField(
        _("amount, USD"), max_digits=10, decimal_places=2, help_text=_("What counts against the price.")
    )
    surcharge = models.DecimalField(_("surcharge, USD"), max_digits=8, decimal_places=2, default=0)
    received_amount = models.DecimalField(_("amount received"), max_digits=12, decimal_places=2)
    received_currency = models.CharField(
        _("in"), max_length=3, default="USD", choices=[("USD", "USD"), ("PEN", "PEN")]
    )
    rate = models.DecimalField(
        _("soles per dollar"), max_digits=8, decimal_places=4, null=True, blank=True,
        help_text=_("Of the day, where soles were received."),
    )  # fmt: skip
    provider = models.CharField(_("by"), max_length=12, choices=Provider.choices)
    provider_reference = models.CharField(_("reference of the bank or terminal"), max_length=80, blank=True)
    pays_back = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="paid_back",
        verbose_name=_("takes back"),
        help_text=_("The payment that this one refunds or reverses."),
    )
    submission = models.UUIDField(_("form"), unique=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        "auth.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["recorded_at", "pk"]
        permissions = [("handle_money", _("Can record, refund and move money"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(pays_back=None) | Q(amount__lt=0),
                name="payment_pays_back_by_less_than_nothing",
                violation_error_message=_("What pays back another payment is less than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="payment_is_not_nothing",
                violation_error_message=_("A payment is more or less than nothing."),
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference=""),
                name="payment_reference_is_recorded_once",
                violation_error_message=_("A payment with this reference is recorded already."),
            ),
        ]

    def __str__(self):
        return f"{self.amount} {timezone.localdate(self.recorded_at):%Y-%m-%d}"

    @property
    def papers(self):
        """Its boletas and facturas, without numbers that were entered by mistake."""
        return [document for document in self.tax_documents.all() if document.void_at is None]


class BookingEvent(models.Model):
    """Who did what to a booking and when; of personal fields only that they changed, never the values."""

    class Actor(models.TextChoices):
        TRAVELER = "traveler", _("traveler")
        OFFICE = "office", _("office")
        CLOCK = "clock", _("clock")

    class Kind(models.TextChoices):
        HELD = "held", _("seats held")
        RESIZED = "resized", _("party size changed")
        EXTENDED = "extended", _("hold extended")
        RESUMED = "resumed", _("lapsed hold taken up again")
        CONTACT_CHANGED = "contact_changed", _("contact changed")
        TRAVELERS_CHANGED = "travelers_changed", _("travelers changed")
        EXTRAS_CHANGED = "extras_changed", _("extras changed")
        PLACED = "placed", _("placed")
        TRANSFER_ANNOUNCED = "transfer_announced", _("transfer announced")
        PAID = "paid", _("payment recorded")
        CARD_STARTED = "card_started", _("card payment started")
        CONFIRMED = "confirmed", _("confirmed")
        TRAVELER_CANCELLED = "traveler_cancelled", _("one traveler cancelled")
        FARES_CHANGED = "fares_changed", _("fares changed")
        PROMOTION_CHANGED = "promotion_changed", _("promotion changed")
        REFUND_PROPOSED = "refund_proposed", _("refund proposed")
        REFUND_APPROVED = "refund_approved", _("refund sent to the card")
        REFUND_DROPPED = "refund_dropped", _("refund not paid")
        REFUNDED = "refunded", _("refunded")
        REFUND_FAILED = "refund_failed", _("refund failed")
        COSTS_ENTERED = "costs_entered", _("costs entered that cannot be had back")
        PAYMENT_MOVED = "payment_moved", _("payment moved to the right booking")
        TAX_DOCUMENT = "tax_document", _("boleta or factura")
        PAY_LINK_MADE = "pay_link_made", _("link to pay made")
        PAY_LINK_REVOKED = "pay_link_revoked", _("link to pay revoked")
        LATE_MONEY = "late_money", _("money came, seats were gone")
        CANCELLED = "cancelled", _("cancelled")
        REINSTATED = "reinstated", _("reinstated")
        DATES_CHANGED = "dates_changed", _("dates of the departure changed")
        KEY_REPLACED = "key_replaced", _("private address replaced")
        LINK_SENT = "link_sent", _("link sent")
        ERASED = "erased", _("personal data erased")

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="events", verbose_name=_("booking"))
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("by"), max_length=12, choices=Actor.choices)
    user = models.ForeignKey(
        "auth.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member of staff"),
    )
    kind = models.CharField(_("what"), max_length=24, choices=Kind.choices)
    before = models.CharField(_("from"), max_length=120, blank=True)
    after = models.CharField(_("to"), max_length=120, blank=True)
    reason = models.CharField(_("why"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_kind_display()


class SentForm(models.Model):
    """A form of the office that was carried out: the same one sent twice is done once."""

    submission = models.UUIDField(_("form"), primary_key=True, editable=False)
    user = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("member of staff")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("form of the office")
        verbose_name_plural = _("forms of the office")
        ordering = ["at"]

    def __str__(self):
        return str(self.submission)
