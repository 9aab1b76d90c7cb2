"""Who pays less than the full price of a trek: by age, by card or passport, by the size of the party."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .treks import Trek


class FareClass(models.TextChoices):
    """What a traveler pays as; the tickets for Machu Picchu and the train follow it."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child")
    STUDENT = "student", _("student")
    ANDEAN = "andean", _("Peruvian or Andean Community")


def reduction_field(label):
    """So much less than the price of a departure, for one person."""
    return models.DecimalField(
        label, max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )


class Fare(models.Model):
    """A reduced fare of one trek, and the proof it needs; adults pay the price itself."""

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="fares", verbose_name=_("trek"))
    fare_class = models.CharField(
        _("fare"), max_length=12, choices=[choice for choice in FareClass.choices if choice[0] != "adult"]
    )
    reduction = reduction_field(_("less than the price, USD a person"))
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Says “example” beside it until you have set your own.")
    )
    youngest = models.PositiveSmallIntegerField(
        _("from, years"), null=True, blank=True, help_text=_("On the day of departure. Empty: any age.")
    )
    oldest = models.PositiveSmallIntegerField(_("to, years"), null=True, blank=True)
    proof = models.CharField(
        _("proof"), max_length=240, blank=True, help_text=_("What has to be shown, and where.")
    )

    class Meta:
        verbose_name = _("reduced fare")
        verbose_name_plural = _("reduced fares")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trek", "fare_class"],
                name="fare_is_one_of_its_class",
                violation_error_message=_("This trek has this fare already."),
            ),
            models.CheckConstraint(
                condition=Q(reduction__gt=0),
                name="fare_costs_less",
                violation_error_message=_("A reduced fare costs less than the price."),
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(youngest__lte=F("oldest")),
                name="fare_ages_are_in_order",
                violation_error_message=_("The youngest cannot be older than the oldest."),
            ),
        ]

    def __str__(self):
        return self.get_fare_class_display()

    @property
    def ages(self):
        """For which ages, in words: up to 11 years; empty for any."""
        if self.youngest is not None and self.oldest is not None:
            words = _("%(youngest)d to %(oldest)d years")
        elif self.oldest is not None:
            words = _("up to %(oldest)d years")
        elif self.youngest is not None:
            words = _("from %(youngest)d years")
        else:
            return ""
        return words % {"youngest": self.youngest, "oldest": self.oldest}

    def fits_age(self, age):
        """Whether somebody of so many years on the day of departure may pay this fare."""
        return (self.youngest is None or age >= self.youngest) and (self.oldest is None or age <= self.oldest)


class PartyRate(models.Model):
    """From so many people in one party on, each of them pays so much less."""

    trek = models.ForeignKey(Trek, models.CASCADE, related_name="party_rates", verbose_name=_("trek"))
    people = models.PositiveSmallIntegerField(
        _("from, people in the party"), validators=[MinValueValidator(2)]
    )
    reduction = reduction_field(_("less than the price, USD a person"))
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Says “example” beside it until you have set your own.")
    )

    class Meta:
        verbose_name = _("price for a larger party")
        verbose_name_plural = _("prices for larger parties")
        ordering = ["people"]
        constraints = [
            models.UniqueConstraint(
                fields=["trek", "people"],
                name="party_rate_starts_once",
                violation_error_message=_("This trek has a price from this number of people already."),
            ),
            models.CheckConstraint(
                condition=Q(people__gte=2, reduction__gt=0),
                name="party_rate_is_for_a_party",
                violation_error_message=_("A price for larger parties is for two or more, and lower."),
            ),
        ]

    def __str__(self):
        return str(self.people)
