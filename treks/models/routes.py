"""The routes inside Machu Picchu for which tickets are sold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Versioned


class CircuitRoute(Versioned):
    """One route of a Machu Picchu circuit, as printed on the ticket (in force since 1 June 2024)."""

    code = models.CharField(
        _("route"), max_length=4, unique=True, help_text=_("As printed on the ticket, e.g. 2-A.")
    )
    circuit = models.PositiveSmallIntegerField(_("circuit"))
    circuit_name = models.CharField(_("name of the circuit"), max_length=40)
    name = models.CharField(_("name of the route"), max_length=60)
    season = models.CharField(_("open"), max_length=60)
    hours = models.DecimalField(_("hours, about"), max_digits=3, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = _("Machu Picchu route")
        verbose_name_plural = _("Machu Picchu routes")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name}"
