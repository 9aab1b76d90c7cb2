"""The days of a trek, the rides within them and the profile of the walk."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import Illustrated, altitude
from .places import HotSpring, Place, Village
from .treks import Trek


class ItineraryDay(Illustrated, models.Model):
    """One day of a trek, with the figures of its walk and of its night."""

    class Overnight(models.TextChoices):
        NONE = "none", _("no night")
        CAMP = "campsite", _("campsite")
        HOMESTAY = "homestay", _("homestay")
        HOMESTAY_OR_CAMP = "homestay_or_campsite", _("homestay or campsite")
        HOTEL = "hotel", _("hotel")

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="days", verbose_name=_("trek"))
    number = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    villages = models.ManyToManyField(Village, blank=True, related_name="days", verbose_name=_("villages"))
    hot_springs = models.ManyToManyField(
        HotSpring, blank=True, related_name="days", verbose_name=_("hot springs")
    )
    distance_km = models.DecimalField(_("on foot, km"), max_digits=4, decimal_places=1)
    hours_min = models.DecimalField(_("walking hours, from"), max_digits=3, decimal_places=1)
    hours_max = models.DecimalField(_("walking hours, to"), max_digits=3, decimal_places=1)
    vehicle_hours_min = models.DecimalField(
        _("hours in vehicles, from"), max_digits=3, decimal_places=1, default=0
    )
    vehicle_hours_max = models.DecimalField(
        _("hours in vehicles, to"), max_digits=3, decimal_places=1, default=0
    )
    ascent_m = models.PositiveSmallIntegerField(_("climb, m"))
    descent_m = models.PositiveSmallIntegerField(_("descent, m"))
    start_altitude_m = altitude(_("walk starts at, m"))
    end_altitude_m = altitude(_("walk ends at, m"))
    highest_altitude_m = altitude(_("highest point, m"))
    sleeping_altitude_m = altitude(_("you sleep at, m"), null=True, blank=True)
    overnight = models.CharField(_("night"), max_length=24, choices=Overnight.choices, default=Overnight.CAMP)
    overnight_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="nights", verbose_name=_("night at")
    )
    breakfast = models.BooleanField(_("breakfast"), default=True)
    lunch = models.BooleanField(_("lunch"), default=True)
    dinner = models.BooleanField(_("dinner"), default=True)
    start_time = models.TimeField(
        _("starts at, about"),
        null=True,
        blank=True,
        help_text=_("From it the page works out the day's other times."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Illustrated.Meta):
        verbose_name = _("itinerary day")
        verbose_name_plural = _("itinerary days")
        ordering = ["trek", "number"]
        constraints = [
            *Illustrated.Meta.constraints,
            models.UniqueConstraint(
                fields=["trek", "number"],
                name="itinerary_day_number_is_unique",
                violation_error_message=_("This trek already has a day with this number."),
            ),
            models.CheckConstraint(
                condition=Q(hours_max__gte=F("hours_min"), vehicle_hours_max__gte=F("vehicle_hours_min")),
                name="itinerary_day_hours_are_in_order",
                violation_error_message=_("“To” must be at least “from”."),
            ),
            models.CheckConstraint(
                condition=Q(highest_altitude_m__gte=F("start_altitude_m"))
                & Q(highest_altitude_m__gte=F("end_altitude_m")),
                name="itinerary_day_highest_is_highest",
                violation_error_message=_("The highest point lies below where the walk starts or ends."),
            ),
            models.CheckConstraint(
                condition=Q(overnight="none", sleeping_altitude_m=None)
                | (~Q(overnight="none") & Q(sleeping_altitude_m__isnull=False)),
                name="itinerary_day_night_has_altitude",
                violation_error_message=_("A night has an altitude; a day without a night has none."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return f"{self.trek.get_absolute_url()}#day-{self.number}"

    @property
    def meals(self):
        """The included meals of the day, in the order they are eaten."""
        return [
            label
            for has, label in (
                (self.breakfast, _("breakfast")),
                (self.lunch, _("lunch")),
                (self.dinner, _("dinner")),
            )
            if has
        ]


class Transfer(models.Model):
    """A ride within a day: van, train or bus."""

    class Mode(models.TextChoices):
        VAN = "van", _("van")
        TRAIN = "train", _("train")
        BUS = "bus", _("bus")

    day = models.ForeignKey(
        ItineraryDay, models.CASCADE, related_name="transfers", verbose_name=_("itinerary day")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    mode = models.CharField(_("by"), max_length=8, choices=Mode.choices)
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("from"))
    to_place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("to"))
    via = models.CharField(_("by way of"), max_length=120, blank=True)
    distance_km = models.DecimalField(_("km"), max_digits=5, decimal_places=1, null=True, blank=True)
    hours = models.DecimalField(_("hours, about"), max_digits=4, decimal_places=2)
    after_walk = models.BooleanField(_("after the walk"), default=False)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "position"],
                name="transfer_position_is_unique",
                violation_error_message=_("This day already has a transfer in this place of the order."),
            )
        ]

    def __str__(self):
        return f"{self.get_mode_display()} {self.from_place} – {self.to_place}"


class Waypoint(models.Model):
    """One point of a trek's elevation profile; points reached by vehicle carry no kilometers on foot."""

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="waypoints", verbose_name=_("trek"))
    position = models.PositiveSmallIntegerField(_("order"))
    day_number = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(1)])
    km = models.DecimalField(
        _("km on foot from the start"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Empty for a point that is reached by van, train or bus."),
    )
    altitude_m = altitude(_("altitude, m"))
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("Empty for a point that only shapes the line.")
    )
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="waypoints", verbose_name=_("place")
    )
    is_estimate = models.BooleanField(_("estimated"), default=True)

    class Meta:
        verbose_name = _("waypoint")
        verbose_name_plural = _("waypoints")
        ordering = ["trek", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["trek", "position"],
                name="waypoint_position_is_unique",
                violation_error_message=_("This trek already has a waypoint in this place of the order."),
            )
        ]

    def __str__(self):
        return self.label or f"{self.altitude_m} m"
