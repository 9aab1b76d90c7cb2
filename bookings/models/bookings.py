"""A booking: one party on one departure, from the hold to the trek, with its travelers and its prices."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from treks.models import FareClass, Versioned

from .agreements import RefundPolicy, Terms
from .departures import Departure
from .prices import PriceList, Promotion

LARGEST_PARTY = 40


class BookingQuerySet(models.QuerySet):
    """Bookings; `now` is always the database's clock, never Python's."""

    def live(self, now):
        """Those that take seats at `now`: confirmed, or kept until later than `now`."""
        return self.filter(takes_seats(now))

    def lapsed(self, now):
        """Held or pending ones whose time ran out."""
        return self.filter(status__in=Booking.KEPT, expires_at__lte=now)


class Booking(Versioned):
    """One party on one departure."""

    class Status(models.TextChoices):
        ON_HOLD = "on_hold", _("on hold")
        PENDING = "pending", _("pending")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    class Source(models.TextChoices):
        WEB = "web", _("website")
        PHONE = "phone", _("phone")
        WHATSAPP = "whatsapp", _("WhatsApp")
        AGENCY = "agency", _("agency")
        WALK_IN = "walk_in", _("walk-in")

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        CASH = "cash", _("cash in Cusco")
        CARD = "card", _("card")

    # While kept, seats are ours until `expires_at`.
    KEPT = (Status.ON_HOLD, Status.PENDING)
    PLACED = (Status.PENDING, Status.CONFIRMED)

    departure = models.ForeignKey(
        Departure, models.PROTECT, related_name="bookings", verbose_name=_("departure")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.ON_HOLD)
    party_size = models.PositiveSmallIntegerField(
        _("party size"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_PARTY)]
    )
    source = models.CharField(_("came by"), max_length=12, choices=Source.choices, default=Source.WEB)
    reference = models.CharField(
        _("reference"), max_length=8, unique=True, editable=False, help_text=_("Told on the phone.")
    )
    key = models.CharField(_("private key"), max_length=43, unique=True, editable=False)
    submission = models.UUIDField(_("form"), unique=True, editable=False)
    browser = models.CharField(max_length=43, blank=True, editable=False)
    client_address = models.GenericIPAddressField(null=True, editable=False)

    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("May be empty for a phone booking.")
    )
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact_country = CountryField(_("country of residence"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    extras_chosen = models.BooleanField(default=False, editable=False)
    drafts = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("What was typed and not yet accepted, by step.")
    )

    price_list = models.ForeignKey(
        PriceList, models.PROTECT, related_name="bookings", verbose_name=_("price list")
    )
    promotion = models.ForeignKey(
        Promotion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("promotion"),
    )
    refund_policy = models.ForeignKey(
        RefundPolicy, models.PROTECT, related_name="+", verbose_name=_("refund policy")
    )
    terms = models.ForeignKey(
        Terms, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("terms")
    )
    method = models.CharField(_("pays by"), max_length=12, choices=Method.choices, blank=True)
    due_now = models.DecimalField(_("due now, USD"), max_digits=10, decimal_places=2, null=True, blank=True)
    balance_due_on = models.DateField(_("balance due on"), null=True, blank=True)
    kept_for_card_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When a card payment made us keep the seats longer; once.")
    )
    invoice_ruc = models.CharField(_("RUC for the factura"), max_length=11, blank=True)
    invoice_name = models.CharField(_("company name for the factura"), max_length=160, blank=True)
    transfer_announced_at = models.DateTimeField(_("transfer announced"), null=True, blank=True)
    transfer_reference = models.CharField(_("the bank's reference"), max_length=80, blank=True)

    created_at = models.DateTimeField(_("held since"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0, editable=False)
    placed_at = models.DateTimeField(_("placed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    personal_data_erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)
    staff_notes = models.TextField(_("notes of the office"), blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["departure", "status", "expires_at"], name="booking_seats"),
            models.Index(fields=["client_address", "expires_at"], name="booking_holds_of_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(party_size__gte=1, party_size__lte=LARGEST_PARTY),
                name="booking_has_a_party",
                violation_error_message=_("A booking is for at least one and at most 40 people."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["on_hold", "pending"], expires_at__isnull=False)
                | Q(status__in=["confirmed", "cancelled"], expires_at=None),
                name="booking_expires_while_it_is_kept",
                violation_error_message=_("Exactly the bookings on hold or pending are kept until a time."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["on_hold", "cancelled"])
                | (
                    ~Q(contact_name="")
                    & Q(terms__isnull=False, placed_at__isnull=False, due_now__isnull=False)
                ),
                name="booking_placed_has_contact_and_terms",
                violation_error_message=_(
                    "A placed booking has a contact, its terms and the day it was placed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
                name="booking_cancelled_has_its_time",
                violation_error_message=_("Exactly the cancelled bookings have a time of cancellation."),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("booking", args=[self.key])

    def has_lapsed(self, now):
        """Whether its time ran out: worked out from the clock, never stored."""
        return self.status in self.KEPT and self.expires_at <= now

    @property
    def is_placed(self):
        """Whether the traveler has pressed the last button of the form."""
        return self.status in self.PLACED


def takes_seats(now, prefix=""):
    """The condition under which a booking takes seats at `now`; `prefix` reaches it over a relation."""
    kept = {f"{prefix}status__in": Booking.KEPT, f"{prefix}expires_at__gt": now}
    return Q(**{f"{prefix}status": Booking.Status.CONFIRMED}) | Q(**kept)


class WalkingManager(models.Manager):
    """Those who walk, without those who cancelled."""

    def get_queryset(self):
        return super().get_queryset().filter(cancelled_at=None)


class Traveler(Versioned):
    """One person who walks; the names exactly as in the passport.

    Who cancels alone keeps the row and is out of `objects` and of `booking.travelers`; `everyone` has all.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="travelers", verbose_name=_("booking"))
    number = models.PositiveSmallIntegerField(_("traveler"))
    given_names = models.CharField(_("given names"), max_length=80, blank=True)
    family_names = models.CharField(_("family names"), max_length=80, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    fare_class = models.CharField(
        _("fare"), max_length=12, choices=FareClass.choices, default=FareClass.ADULT
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)

    objects = WalkingManager()
    everyone = models.Manager()

    class Meta:
        base_manager_name = "everyone"
        verbose_name = _("traveler")
        verbose_name_plural = _("travelers")
        ordering = ["booking", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "number"],
                name="traveler_number_is_unique",
                violation_error_message=_("This booking already has a traveler with this number."),
            )
        ]

    def __str__(self):
        return self.full_name or str(self.number)

    @property
    def full_name(self):
        """Both names in the order in which they are spoken."""
        return f"{self.given_names} {self.family_names}".strip()

    @property
    def is_named(self):
        """Whether the short form is complete: a family name and a date of birth."""
        return bool(self.family_names and self.birth_date)
