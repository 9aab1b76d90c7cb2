"""The papers of payments: constancias with their numbers, and the boletas and facturas of the tax office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records import Payment


class NumberSeries(models.Model):
    """The last number given in a series of a year; locked while the next one is taken, so none is missing."""

    series = models.CharField(_("series"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"],
                name="number_series_is_one_a_year",
                violation_error_message=_("This series has this year already."),
            )
        ]

    def __str__(self):
        return f"{self.series}-{self.year}"


class Receipt(models.Model):
    """The constancia de pago of one payment, or of its reversal; never edited."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="receipt", verbose_name=_("payment"))
    series = models.CharField(_("series"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )
    issued_at = models.DateTimeField(_("issued"))
    issuer = models.JSONField(_("our data on it"), help_text=_("As they stood on that day."))
    payer = models.CharField(_("from"), max_length=160)

    class Meta:
        verbose_name = _("constancia de pago")
        verbose_name_plural = _("constancias de pago")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                name="receipt_number_is_unique",
                violation_error_message=_("This number is given already."),
            )
        ]

    def __str__(self):
        return f"{self.series}-{self.year}-{self.number:06}"


class TaxDocument(models.Model):
    """The boleta or factura that was issued for a payment in the system of the tax office."""

    class Kind(models.TextChoices):
        BOLETA = "boleta", _("boleta")
        FACTURA = "factura", _("factura")

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="tax_documents", verbose_name=_("payment")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=24)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(
        "auth.User", models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    void_at = models.DateTimeField(
        _("taken back"), null=True, blank=True, help_text=_("Where the number was entered by mistake.")
    )

    class Meta:
        verbose_name = _("boleta or factura")
        verbose_name_plural = _("boletas and facturas")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(void_at=None),
                name="tax_document_number_is_entered_once",
                violation_error_message=_("This number is entered already."),
            )
        ]

    def __str__(self):
        return self.number
