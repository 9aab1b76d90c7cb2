"""Who runs the treks: the name, numbers and papers that stand on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Dated


class Operator(Dated):
    """The company behind the site. There is exactly one row."""

    name = models.CharField(_("name"), max_length=80)
    legal_name = models.CharField(_("legal name"), max_length=120, blank=True)
    ruc = models.CharField(_("RUC"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    phone = models.CharField(_("phone"), max_length=30, help_text=_("With the country code, e.g. +51 …"))
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=30, blank=True, help_text=_("With the country code.")
    )
    email = models.EmailField(_("e-mail"))
    office_hours = models.CharField(_("office hours"), max_length=120, blank=True)
    bank_lines = models.TextField(
        _("bank account"), blank=True, help_text=_("Shown to travelers who pay by transfer, as typed.")
    )
    is_example = models.BooleanField(
        _("example data"),
        default=False,
        help_text=_(
            "While this is on, pages say that the company, the bank account and the prices are examples."
        ),
    )
    prices_checked_on = models.DateField(_("prices and rules last checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operator")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="operator_is_one_row",
                violation_error_message=_("There is only one operator; change the one that exists."),
            )
        ]

    def __str__(self):
        return self.name
