"""What a booking was made under: the terms and the refund policy, as versions that never change once used."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Terms(models.Model):
    """The terms and the privacy notice as they stood on a day; a new text is a new version."""

    version = models.CharField(
        _("version"), max_length=20, unique=True, help_text=_("E.g. the date, 2026-11-22.")
    )
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    terms_text = models.TextField(_("terms"))
    privacy_text = models.TextField(_("privacy notice"))

    class Meta:
        verbose_name = _("version of the terms")
        verbose_name_plural = _("versions of the terms")
        ordering = ["-published_at", "-pk"]

    def __str__(self):
        return self.version


class RefundPolicy(models.Model):
    """How much of the total is kept when a traveler cancels, by days before the start."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("refund policy")
        verbose_name_plural = _("refund policies")
        ordering = ["-published_at", "-pk"]

    def __str__(self):
        return self.version


class RefundBand(models.Model):
    """From so many days before the start on, this percent of the total is kept, or the deposit if larger."""

    policy = models.ForeignKey(
        RefundPolicy, models.CASCADE, related_name="bands", verbose_name=_("refund policy")
    )
    days_before = models.PositiveSmallIntegerField(_("days before the start, at least"))
    percent = models.PositiveSmallIntegerField(_("percent of the total"), validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["-days_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "days_before"],
                name="refund_band_starts_once",
                violation_error_message=_("This policy already has a band from this number of days."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="refund_band_is_a_percentage",
                violation_error_message=_("A percentage is at most 100."),
            ),
        ]

    def __str__(self):
        return f"{self.days_before}: {self.percent} %"
