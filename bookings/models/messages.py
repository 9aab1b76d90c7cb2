"""What people write to the office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .departures import Departure


class ContactMessage(models.Model):
    """A question from the contact page."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    departure = models.ForeignKey(
        Departure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact_messages",
        verbose_name=_("departure"),
    )
    party_size = models.PositiveSmallIntegerField(_("how many travel"), null=True, blank=True)
    text = models.TextField(_("message"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, default="en")
    submission = models.UUIDField(_("form"), unique=True, editable=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.name}, {self.created_at:%Y-%m-%d}"
