"""What a departure cost at a time, and the promotions: what a booking's price lines are worked out from."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treks.models import FareClass, Trek

from .departures import Departure


class PriceList(models.Model):
    """Every price of one departure as it stood at a time.

    A version that never changes: whoever held seats under it pays by it to the end. A new one is made when
    seats are held after something in it changed, in whichever place of the office that was.
    """

    departure = models.ForeignKey(
        Departure, models.CASCADE, related_name="price_lists", verbose_name=_("departure")
    )
    made_at = models.DateTimeField(_("in force since"), auto_now_add=True)
    digest = models.CharField(max_length=64, editable=False, help_text=_("Of the content."))
    price = models.DecimalField(_("price per person, USD"), max_digits=8, decimal_places=2)
    deposit = models.DecimalField(_("deposit per person, USD"), max_digits=8, decimal_places=2)
    reductions = models.JSONField(_("less by fare"), default=dict, blank=True)
    party_rates = models.JSONField(_("less by size of the party"), default=dict, blank=True)
    extras = models.JSONField(_("extras"), default=dict, blank=True)

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["departure", "digest"],
                name="price_list_is_one_version",
                violation_error_message=_("These prices are a version already."),
            )
        ]

    def __str__(self):
        return f"{self.departure} {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"

    def fare(self, fare_class):
        """What one person of this class pays, USD; a class without a reduction pays the price."""
        return max(self.price - Decimal(self.reductions.get(fare_class, 0)), Decimal(0))

    def party_reduction(self, people):
        """How much less each one of so many in a party pays, USD: (from how many, amount) or None."""
        reached = [int(size) for size in self.party_rates if int(size) <= people]
        return (max(reached), Decimal(self.party_rates[str(max(reached))])) if reached else None

    def price_of(self, slug):
        """What one unit of an extra costs, USD, or None if it was not offered."""
        price = self.extras.get(slug)
        return None if price is None else Decimal(price)


class Promotion(models.Model):
    """A code that makes bookings cheaper, by an amount or by a percentage, so many times and so long."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator("^[A-Z0-9]{3,20}$", _("3 to 20 capital letters and digits."))],
    )
    percent = models.PositiveSmallIntegerField(
        _("percent of the trek's price"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    amount = models.DecimalField(
        _("amount for the party, USD"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    trek = models.ForeignKey(
        Trek,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promotions",
        verbose_name=_("only for"),
        help_text=_("Empty: every trek."),
    )
    starts_on = models.DateField(_("can be used from"))
    ends_on = models.DateField(_("can be used until"))
    limit = models.PositiveIntegerField(
        _("so many bookings"), null=True, blank=True, help_text=_("Empty: any number.")
    )

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=False, percent__gte=1, percent__lte=100, amount=None)
                | Q(percent=None, amount__isnull=False, amount__gt=0),
                name="promotion_is_percent_or_amount",
                violation_error_message=_("Give a percentage or an amount, not both."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="promotion_ends_after_it_starts",
                violation_error_message=_("A promotion cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return self.code

    def is_open(self, trek, day):
        """Whether a booking of this trek may use it on this day; how often it was used counts elsewhere."""
        return self.trek_id in (None, trek.pk) and self.starts_on <= day <= self.ends_on


__all__ = ["FareClass", "PriceList", "Promotion"]
