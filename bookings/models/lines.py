"""What is booked and what it costs, line by line."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treks.models import Extra

from .bookings import Booking, Traveler


class PriceLine(models.Model):
    """One row of what a booking costs; the total is the sum of quantity × unit amount."""

    class Kind(models.TextChoices):
        TREK = "trek", _("trek")
        PARTY = "party", _("larger party")
        PROMOTION = "promotion", _("promotion")
        EXTRA = "extra", _("extra")
        CHARGE = "charge", _("charge of a cancellation")

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="price_lines", verbose_name=_("booking")
    )
    traveler = models.ForeignKey(
        Traveler,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="price_lines",
        verbose_name=_("traveler"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    key = models.CharField(
        _("from"), max_length=60, blank=True, help_text=_("What of its kind: a fare, a size, a code.")
    )
    label = models.CharField(_("label"), max_length=160)
    quantity = models.PositiveSmallIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    unit_amount = models.DecimalField(_("each, USD"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("price line")
        verbose_name_plural = _("price lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="price_line_has_a_quantity",
                violation_error_message=_("A price line counts at least one."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def amount(self) -> Decimal:
        """Quantity × unit amount, USD."""
        return self.quantity * self.unit_amount


class BookedExtra(models.Model):
    """So many of an extra for one booking, for the days of its departure."""

    booking = models.ForeignKey(
        Booking, models.CASCADE, related_name="booked_extras", verbose_name=_("booking")
    )
    extra = models.ForeignKey(Extra, models.PROTECT, related_name="booked", verbose_name=_("extra"))
    quantity = models.PositiveSmallIntegerField(_("quantity"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("booked extra")
        verbose_name_plural = _("booked extras")
        ordering = ["extra__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "extra"],
                name="booked_extra_is_one_row",
                violation_error_message=_("This booking already has this extra; change its quantity."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="booked_extra_has_a_quantity",
                violation_error_message=_("A booked extra counts at least one."),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.extra}"
