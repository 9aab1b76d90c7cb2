"""Money on its way: card payments that were started, notices, refunds and what they rest on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .bookings import Booking, Traveler
from .records import Payment


def money_field(label, **options):
    """An amount in US dollars, to the cent."""
    return models.DecimalField(label, max_digits=10, decimal_places=2, **options)


class PayLinkQuerySet(models.QuerySet):
    """Many links to pay."""

    def usable(self):
        """Neither revoked nor paid already."""
        return self.filter(revoked_at=None).exclude(attempts__state=PaymentAttempt.State.PAID)


class PayLink(models.Model):
    """An address under which somebody pays a part of a booking and sees nothing else of it."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="pay_links", verbose_name=_("booking"))
    traveler = models.ForeignKey(
        Traveler, models.CASCADE, related_name="pay_links", verbose_name=_("traveler")
    )
    key = models.CharField(_("private key"), max_length=43, unique=True, editable=False)
    amount = money_field(_("amount, USD"))
    made_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PayLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to pay")
        verbose_name_plural = _("links to pay")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="pay_link_asks_for_money",
                violation_error_message=_("A link to pay asks for more than nothing."),
            )
        ]

    def __str__(self):
        return f"{self.booking}: ${self.amount:,.2f}"


class PaymentAttempt(models.Model):
    """A card payment that was started at a provider; what comes of it is a Payment with the same key."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="attempts", verbose_name=_("booking"))
    pay_link = models.ForeignKey(
        PayLink,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("link to pay"),
    )
    key = models.UUIDField(_("key"), unique=True, editable=False)
    gateway = models.CharField(_("provider"), max_length=12)
    amount = money_field(_("amount, USD"), help_text=_("What counts against the price."))
    surcharge = money_field(_("surcharge, USD"), default=0)
    session = models.CharField(_("session of the provider"), max_length=120, blank=True)
    url = models.URLField(_("page of the provider"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(_("started"))
    expires_at = models.DateTimeField(_("ends"))
    asked_at = models.DateTimeField(_("provider asked"), null=True, blank=True)

    class Meta:
        verbose_name = _("card payment started")
        verbose_name_plural = _("card payments started")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["started_at"], name="attempt_open", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, surcharge__gte=0),
                name="attempt_is_for_money",
                violation_error_message=_("A card payment is for more than nothing."),
            ),
            models.UniqueConstraint(
                fields=["gateway", "session"],
                condition=~Q(session=""),
                name="attempt_session_is_unique",
                violation_error_message=_("This session of the provider is known already."),
            ),
        ]

    def __str__(self):
        return f"{self.booking}: ${self.amount:,.2f}"

    @property
    def charged(self):
        """What the card pays: the amount and the surcharge, USD."""
        return self.amount + self.surcharge


class ProviderNotice(models.Model):
    """What a provider told us, kept as it came before anything is done about it."""

    gateway = models.CharField(_("provider"), max_length=12)
    event = models.CharField(_("event of the provider"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    about = models.CharField(_("about"), max_length=120, blank=True)
    body = models.TextField(_("as it came"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("notice of a provider")
        verbose_name_plural = _("notices of providers")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["received_at"], name="notice_open", condition=Q(handled_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "event"],
                name="notice_is_kept_once",
                violation_error_message=_("This notice is kept already."),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.about}"


class SunkCost(models.Model):
    """What we paid for somebody and cannot have back, such as a named ticket."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="sunk_costs", verbose_name=_("booking"))
    traveler = models.ForeignKey(
        Traveler,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sunk_costs",
        verbose_name=_("traveler"),
    )
    amount = money_field(_("amount, USD"))
    reason = models.CharField(_("for what"), max_length=160)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(
        "auth.User", models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("cost that cannot be had back")
        verbose_name_plural = _("costs that cannot be had back")
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="sunk_cost_is_money",
                violation_error_message=_("A cost is more than nothing."),
            )
        ]

    def __str__(self):
        return f"{self.reason}: ${self.amount:,.2f}"


class Cancellation(models.Model):
    """What was worked out when a booking, or one traveler of it, was cancelled; never changed."""

    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="cancellations", verbose_name=_("booking")
    )
    traveler = models.ForeignKey(
        Traveler,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("traveler"),
        help_text=_("Empty: the whole booking."),
    )
    at = models.DateTimeField(_("when"))
    days_before = models.SmallIntegerField(_("days before the start"))
    percent = models.PositiveSmallIntegerField(_("percent of the band"))
    by_us = models.BooleanField(_("by us"), default=False)
    total = money_field(_("price of what was cancelled, USD"))
    paid = money_field(_("paid until then, USD"))
    charge = money_field(_("charge, USD"))
    sunk = money_field(_("costs that cannot be had back, USD"))
    kept = money_field(_("kept, USD"))

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(charge__gte=0, sunk__gte=0, kept__gte=0),
                name="cancellation_keeps_no_less_than_nothing",
                violation_error_message=_("A cancellation keeps nothing or more."),
            )
        ]

    def __str__(self):
        return f"{self.booking}: ${self.kept:,.2f}"


class Refund(models.Model):
    """Money that is to go back: proposed, decided by staff, on its way, gone. What went is a Payment."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        SENDING = "sending", _("on its way")
        DONE = "done", _("gone back")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not paid")

    OPEN = (State.PROPOSED, State.SENDING)

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="refunds", verbose_name=_("booking"))
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="refunds",
        verbose_name=_("of the payment"),
        help_text=_("The card payment it goes back through; empty: by hand."),
    )
    key = models.UUIDField(_("key"), unique=True, editable=False)
    amount = money_field(_("amount, USD"))
    surcharge = money_field(_("surcharge that goes back too, USD"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PROPOSED)
    let_go = money_field(
        _("not proposed again, USD"),
        default=0,
        editable=False,
        help_text=_("What the office decided not to pay, while it is owed."),
    )
    reason = models.CharField(_("why"), max_length=160)
    provider_reference = models.CharField(_("reference"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("proposed"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "auth.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, surcharge__gte=0),
                name="refund_is_money",
                violation_error_message=_("A refund is more than nothing."),
            )
        ]

    def __str__(self):
        return f"{self.booking}: ${self.amount:,.2f}"
