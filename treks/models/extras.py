"""What is sold on top of a trek."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Versioned
from .treks import Trek


class Extra(Versioned):
    """Something to rent or add; the same sleeping bags serve every trek."""

    class ChargeUnit(models.TextChoices):
        PER_TREK = "per_trek", _("per trek")
        PER_PERSON = "per_person", _("per person")
        PER_DAY = "per_day", _("per day")
        PER_NIGHT = "per_night", _("per night")
        PER_ROOM_NIGHT = "per_room_night", _("per room and night")
        PER_GROUP = "per_group", _("per group")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short code"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=240, blank=True)
    charge_unit = models.CharField(_("charged"), max_length=16, choices=ChargeUnit.choices)
    price = models.DecimalField(
        _("price, USD"), max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    price_is_example = models.BooleanField(
        _("example price"),
        default=False,
        help_text=_("Says “example” beside the price until you have set your own."),
    )
    stock = models.PositiveIntegerField(
        _("how many we own"),
        null=True,
        blank=True,
        help_text=_("Shared by departures whose dates overlap. Empty: as many as are asked for."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("extra")
        verbose_name_plural = _("extras")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class OfferedExtra(models.Model):
    """An extra as one trek offers it."""

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="offered_extras", verbose_name=_("trek"))
    extra = models.ForeignKey(Extra, models.CASCADE, related_name="offers", verbose_name=_("extra"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    price = models.DecimalField(
        _("price on this trek, USD"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("Empty: the extra's own price."),
    )

    class Meta:
        verbose_name = _("offered extra")
        verbose_name_plural = _("offered extras")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trek", "extra"],
                name="offered_extra_is_offered_once",
                violation_error_message=_("This trek offers this extra already."),
            )
        ]

    def __str__(self):
        return str(self.extra)

    @property
    def current_price(self):
        """What it costs on this trek, in USD."""
        return self.extra.price if self.price is None else self.price
