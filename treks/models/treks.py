"""The trek as it is described and sold, and what its price covers."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import Dated, Illustrated
from .places import Place

MONTH = [MinValueValidator(1), MaxValueValidator(12)]


class TrekQuerySet(models.QuerySet):
    """Treks, in the order in which they are offered."""

    def published(self):
        """Those that travelers may see."""
        return self.filter(is_published=True)


class Trek(Illustrated, Dated):
    """A trek as described, independent of any date."""

    class Difficulty(models.TextChoices):
        EASY = "easy", _("easy")
        MODERATE = "moderate", _("moderate")
        MODERATE_TO_CHALLENGING = "moderate_to_challenging", _("moderate to challenging")
        CHALLENGING = "challenging", _("challenging")

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(
        _("short name"), max_length=40, help_text=_("For lists, e.g. “Classic, 4 days”.")
    )
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of the page's address.")
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The first one stands on the home page.")
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Only published treks can be seen and booked.")
    )
    tagline = models.CharField(_("one line"), max_length=140)
    summary = models.TextField(_("summary"))
    suits = models.TextField(_("this trek is for you if"), blank=True, help_text=_("One reason a line."))
    suits_not = models.TextField(_("think again if"), blank=True, help_text=_("One reason a line."))
    difficulty = models.CharField(
        _("grade"), max_length=30, choices=Difficulty.choices, default=Difficulty.MODERATE
    )
    season_first_month = models.PositiveSmallIntegerField(
        _("season from, month"), default=4, validators=MONTH
    )
    season_last_month = models.PositiveSmallIntegerField(_("season to, month"), default=10, validators=MONTH)
    closed_month = models.PositiveSmallIntegerField(
        _("closed in, month"),
        null=True,
        blank=True,
        validators=MONTH,
        help_text=_("The Short Inca Trail closes every February."),
    )
    distance_km = models.DecimalField(_("on foot, km"), max_digits=5, decimal_places=1)
    acclimatization_nights = models.PositiveSmallIntegerField(
        _("nights in Cusco before, at least"), default=2
    )
    permit = models.CharField(
        _("permit"), max_length=160, blank=True, help_text=_("Empty where the trail needs none.")
    )
    needs_machu_picchu_ticket = models.BooleanField(_("needs a named Machu Picchu ticket"), default=True)
    needs_train = models.BooleanField(_("needs a named train seat"), default=True)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age, years"), default=8)
    group_minimum = models.PositiveSmallIntegerField(_("runs from, people"), default=2)
    group_maximum = models.PositiveSmallIntegerField(_("largest group, people"), default=12)
    booking_cutoff_days = models.PositiveSmallIntegerField(
        _("booking closes, days before"),
        default=14,
        help_text=_("Tickets are bought by name, so that later bookings are answered by hand."),
    )
    balance_due_days = models.PositiveSmallIntegerField(_("balance due, days before"), default=60)
    usual_price = models.DecimalField(
        _("usual price per person, USD"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("Suggested for new departures. Each departure carries its own price."),
    )
    usual_deposit = models.DecimalField(
        _("usual deposit per person, USD"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    start = models.CharField(_("where and when it starts"), max_length=200, blank=True)
    end = models.CharField(_("where and when it ends"), max_length=200, blank=True)
    start_place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the walk starts at"),
        help_text=_("Names the start of the ridge of a trek without waypoints."),
    )
    highest_place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("highest point"),
        help_text=_("Names the top of the ridge where no waypoint does."),
    )
    earliest_flight = models.CharField(
        _("earliest safe flight"),
        max_length=160,
        blank=True,
        help_text=_("Empty: “the morning after the last day”."),
    )
    note = models.TextField(_("what else is honest to say"), blank=True)

    objects = TrekQuerySet.as_manager()

    class Meta(Illustrated.Meta):
        verbose_name = _("trek")
        verbose_name_plural = _("treks")
        ordering = ["position", "pk"]
        constraints = [
            *Illustrated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group_minimum__gte=1, group_maximum__gte=F("group_minimum")),
                name="trek_group_minimum_fits_maximum",
                violation_error_message=_("The largest group must be at least the number it runs from."),
            ),
            models.CheckConstraint(
                condition=Q(usual_deposit__lte=F("usual_price")),
                name="trek_deposit_fits_price",
                violation_error_message=_("The deposit cannot be more than the price."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("trek", args=[self.slug])


class Inclusion(models.Model):
    """One line of what the price covers, or does not."""

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="inclusions", verbose_name=_("trek"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_included = models.BooleanField(_("included in the price"), default=True)
    text = models.CharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("included or not")
        verbose_name_plural = _("included and not included")
        ordering = ["-is_included", "position", "pk"]

    def __str__(self):
        return self.text
