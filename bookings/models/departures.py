"""A trek on a date: what is sold."""

from datetime import timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treks.models import CircuitRoute, Trek, Versioned


class DepartureQuerySet(models.QuerySet):
    """Departures, by date."""

    def public(self):
        """Those that travelers may see in lists: of a published trek, not private, not cancelled."""
        return self.filter(trek__is_published=True, is_private=False).exclude(
            status=Departure.Status.CANCELLED
        )

    def upcoming(self):
        """Those that have not started yet; today is a day in Peru."""
        return self.filter(start_date__gt=timezone.localdate())

    def before_cutoff(self):
        """Those whose online booking has not ended by date, whatever their status."""
        closes = models.ExpressionWrapper(
            F("start_date") - F("trek__booking_cutoff_days"), output_field=models.DateField()
        )
        return self.alias(closes_on=closes).filter(closes_on__gte=timezone.localdate())

    def bookable(self):
        """Those that a traveler may book online today, seats apart."""
        return self.before_cutoff().filter(status=Departure.Status.OPEN)


class Departure(Versioned):
    """One dated run of a trek, with its capacity and its price. Dates are plain dates in Peru."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    class TrainClass(models.TextChoices):
        STANDARD = "standard", _("standard")
        VISTADOME = "vistadome", _("Vistadome")

    trek = models.ForeignKey(Trek, models.PROTECT, related_name="departures", verbose_name=_("trek"))
    start_date = models.DateField(_("starts on"))
    end_date = models.DateField(_("ends on"))
    group = models.CharField(
        _("group"),
        max_length=1,
        default="A",
        validators=[RegexValidator("^[A-Z]$", _("One capital letter, A to Z."))],
        help_text=_("A second group of the same trek on the same day is B."),
    )
    is_private = models.BooleanField(_("private"), default=False, help_text=_("Not shown on the site."))
    capacity = models.PositiveSmallIntegerField(_("capacity, seats"), default=12)
    minimum_to_run = models.PositiveSmallIntegerField(_("runs from, people"), default=2)
    decide_by = models.DateField(
        _("decided by"), help_text=_("On this day we say whether the departure runs.")
    )
    price = models.DecimalField(
        _("price per person, USD"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    deposit = models.DecimalField(
        _("deposit per person, USD"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    circuit = models.ForeignKey(
        CircuitRoute,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Machu Picchu route"),
    )
    entry_time = models.TimeField(_("Machu Picchu entry at"), null=True, blank=True)
    train_class = models.CharField(_("train class"), max_length=12, choices=TrainClass.choices, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN)
    staff_notes = models.TextField(_("notes of the office"), blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        ordering = ["start_date", "trek", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["trek", "start_date", "group"],
                name="departure_group_is_unique_on_its_day",
                violation_error_message=_(
                    "This trek already has this group on this day; use the next letter."
                ),
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="departure_ends_after_it_starts",
                violation_error_message=_("A departure cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(decide_by__lte=F("start_date")),
                name="departure_is_decided_before_it_starts",
                violation_error_message=_("Decide on the day it starts at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, minimum_to_run__lte=F("capacity")),
                name="departure_capacity_holds_its_minimum",
                violation_error_message=_(
                    "The capacity must be at least 1 and at least the number it runs from."
                ),
            ),
            models.CheckConstraint(
                condition=Q(deposit__gt=0, deposit__lte=F("price")),
                name="departure_deposit_fits_price",
                violation_error_message=_("The deposit must be more than nothing and at most the price."),
            ),
        ]

    def __str__(self):
        letter = "" if self.group == "A" else f" {self.group}"
        return f"{self.trek.short_name} {self.start_date:%Y-%m-%d}{letter}"

    def get_absolute_url(self):
        return (
            f"{reverse('departures')}?trek={self.trek.slug}&month={self.start_date:%Y-%m}#departure-{self.pk}"
        )

    def dates_of(self, day_numbers):
        """The dates on which it walks these days of its trek."""
        return [self.start_date + timedelta(days=number - 1) for number in day_numbers]

    @property
    def booking_closes_on(self):
        """The last day on which it can be booked online; after it the tickets are bought."""
        return self.start_date - timedelta(days=self.trek.booking_cutoff_days)

    @property
    def is_bookable(self):
        """Whether a traveler may book it online today, seats apart."""
        return self.status == self.Status.OPEN and timezone.localdate() <= self.booking_closes_on

    @property
    def balance_due_on(self):
        """The last day for the balance, a date in Peru."""
        return self.start_date - timedelta(days=self.trek.balance_due_days)

    @property
    def is_due_at_once(self):
        """Whether who books today pays the whole price, because the balance's day has come."""
        return timezone.localdate() >= self.balance_due_on

    @property
    def is_being_decided(self):
        """Whether the day on which we say if it runs is over."""
        return timezone.localdate() > self.decide_by

    @property
    def seats_left(self):
        """What can still be sold. Needs the counts of `seats.with_seats`."""
        return max(self.capacity - self.seats_taken, 0)

    @property
    def is_offered(self):
        """Whether a seat of it can be booked online today. Needs the counts of `seats.with_seats`."""
        return self.is_bookable and self.seats_left > 0

    @property
    def runs(self):
        """Whether it is guaranteed: enough confirmed seats. Needs the counts of `seats.with_seats`."""
        return self.seats_confirmed >= self.minimum_to_run

    @property
    def needs_more(self):
        """How many confirmed travelers are missing until it runs."""
        return max(self.minimum_to_run - self.seats_confirmed, 0)
