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


class OutboxMessage(models.Model):
    """A message to be sent, written in the same transaction as what it tells."""

    kind = models.CharField(_("kind"), max_length=40)
    once = models.CharField(
        max_length=120, unique=True, editable=False, help_text=_("The occasion; each is told once.")
    )
    booking = models.ForeignKey(
        "bookings.Booking",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("booking"),
    )
    to = models.EmailField(_("to"))
    reply_to = models.EmailField(_("replies go to"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    send_after = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["send_after"],
                name="outbox_waiting",
                condition=models.Q(sent_at=None, gave_up_at=None),
            )
        ]

    def __str__(self):
        return self.subject


class LinkRequest(models.Model):
    """Somebody asks for the address of a booking by its reference and e-mail.

    It is only written down here and answered later by `work`, so that the page answers alike, and as fast,
    whether there is such a booking or not. Rows go once they are answered and no longer count for a limit.
    """

    reference = models.CharField(_("reference"), max_length=8)
    email = models.EmailField(_("e-mail"))
    client_address = models.GenericIPAddressField(null=True, editable=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a link")
        verbose_name_plural = _("requests for a link")
        ordering = ["pk"]

    def __str__(self):
        return self.reference
