"""Places on the way: villages, the hot springs, passes, lagoons, towns, sites and peaks."""

from math import hypot

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import Dated, Illustrated, altitude


class Place(Illustrated, Dated):
    """A named point of the valley. Villages and hot springs add facts of their own."""

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        TOWN = "town", _("town")
        VILLAGE = "village", _("village")
        HAMLET = "hamlet", _("hamlet")
        HOT_SPRINGS = "hot_springs", _("hot springs")
        PASS = "pass", _("pass")
        LAGOON = "lagoon", _("lagoon")
        SITE = "archaeological_site", _("archaeological site")
        PEAK = "peak", _("peak")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of the page's address.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    altitude_m = altitude(_("altitude, m"))
    altitude_low_m = altitude(_("lowest figure in use, m"), null=True, blank=True)
    altitude_high_m = altitude(
        _("highest figure in use, m"),
        null=True,
        blank=True,
        help_text=_("Where sources disagree, the lowest and the highest; the page then says “about”."),
    )
    latitude = models.DecimalField(
        _("latitude, degrees"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude, degrees"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    position_is_approximate = models.BooleanField(
        _("position is approximate"),
        default=False,
        help_text=_("Within about 2 km. Said beside the map."),
    )
    other_names = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One a line. The search finds the place under each of them."),
    )
    meaning = models.CharField(_("what the name means"), max_length=160, blank=True)
    meaning_is_inferred = models.BooleanField(
        _("meaning is inferred"),
        default=False,
        help_text=_("From the parts of the word; no source states it."),
    )
    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Leave an empty line between paragraphs.")
    )

    class Meta(Illustrated.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name", "pk"]
        constraints = [
            *Illustrated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="place_position_is_whole",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=models.Q(altitude_low_m=None, altitude_high_m=None)
                | models.Q(
                    altitude_low_m__lte=models.F("altitude_m"), altitude_high_m__gte=models.F("altitude_m")
                ),
                name="place_altitude_is_in_its_range",
                violation_error_message=_("The altitude lies outside the range given for it."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def altitude_is_approximate(self):
        """Whether sources disagree about it or the place itself is only roughly known: pages say “about”."""
        return self.position_is_approximate or self.altitude_low_m != self.altitude_high_m

    @property
    def spellings(self):
        """The other spellings as a list."""
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]

    def degrees_to(self, other):
        """How far away another place is; so near the equator degrees of both kinds are about as long."""
        return hypot(self.latitude - other.latitude, self.longitude - other.longitude)

    def get_absolute_url(self):
        """The place's own page: villages and hot springs have one, other places stand in the list."""
        if self.kind in (self.Kind.VILLAGE, self.Kind.HAMLET):
            return reverse("village", args=[self.slug])
        if self.kind == self.Kind.HOT_SPRINGS:
            return reverse("hot_spring", args=[self.slug])
        return f"{reverse('places')}#{self.slug}"


class Village(Place):
    """A village or hamlet where people live along the trek."""

    families = models.PositiveIntegerField(_("families, about"), null=True, blank=True)
    population = models.PositiveIntegerField(_("people (census 2017)"), null=True, blank=True)
    quechua_percent = models.DecimalField(
        _("learned Quechua first, %"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Census 2007, of the district."),
    )
    known_for = models.TextField(_("known for"), blank=True, help_text=_("One a line."))
    weaving = models.TextField(_("weaving and dress"), blank=True)
    etiquette = models.TextField(_("as a guest"), blank=True, help_text=_("One rule a line."))

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")


class HotSpring(Place):
    """Thermal pools on the way."""

    pool_count = models.PositiveSmallIntegerField(_("pools, about"), null=True, blank=True)
    coolest_c = models.PositiveSmallIntegerField(_("coolest pool, °C"), null=True, blank=True)
    hottest_c = models.PositiveSmallIntegerField(_("hottest pool, °C"), null=True, blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    fee_foreign_pen = models.DecimalField(
        _("entry, foreign adult, S/"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    fee_national_pen = models.DecimalField(
        _("entry, Peruvian adult, S/"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    fee_child_pen = models.DecimalField(
        _("entry, Peruvian child, S/"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    water = models.TextField(_("the water"), blank=True)
    minerals = models.CharField(_("minerals"), max_length=200, blank=True)
    on_site = models.TextField(_("what there is"), blank=True, help_text=_("One a line."))
    etiquette = models.TextField(_("how to bathe"), blank=True, help_text=_("One rule a line."))
    getting_there = models.TextField(_("getting there"), blank=True)
    checked_on = models.DateField(_("fees and hours last checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("hot spring")
        verbose_name_plural = _("hot springs")
