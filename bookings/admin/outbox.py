"""Outgoing messages: what was written to whom, with working links, and whether it went."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import seats
from bookings.models import OutboxMessage
from lares.admin import PlainForms

from .acts import NothingChanges
from .payments import booking_link

# The message as mail programs show it: its own styles, no script, nothing from outside.
HTML_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation"
    ),
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class SentFilter(admin.SimpleListFilter):
    """Whether it went."""

    title = gettext_lazy("delivery")
    parameter_name = "delivery"

    def lookups(self, request, model_admin):
        return [("waits", _("Waiting")), ("sent", _("Sent")), ("failed", _("Given up"))]

    def queryset(self, request, queryset):
        return {
            "waits": queryset.filter(sent_at=None, gave_up_at=None),
            "sent": queryset.filter(sent_at__isnull=False),
            "failed": queryset.filter(gave_up_at__isnull=False),
        }.get(self.value(), queryset)


class ReaderFilter(admin.SimpleListFilter):
    """Who reads it."""

    title = gettext_lazy("to whom")
    parameter_name = "to_whom"

    def lookups(self, request, model_admin):
        return [("contact", _("Travelers")), ("office", _("The office"))]

    def queryset(self, request, queryset):
        if self.value() == "office":
            return queryset.filter(kind__startswith="office_")
        return queryset.exclude(kind__startswith="office_") if self.value() == "contact" else queryset


def delivery(message):
    """A word for the style sheet and the words: sent, kept here, given up, or waiting."""
    if message.gave_up_at:
        return "owed", _("given up")
    if message.sent_at and settings.PRODUCTION:
        return "guaranteed", _("sent")
    if not settings.PRODUCTION:
        return "full", _("kept here, not mailed")
    return "needs", _("waiting")


@admin.register(OutboxMessage)
class OutboxAdmin(NothingChanges, PlainForms, admin.ModelAdmin):
    """Messages as they were written."""

    list_display = ["subject", "to", "booking_of", "written", "delivered"]
    list_filter = [SentFilter, ReaderFilter, "language"]
    list_select_related = ["booking"]
    list_per_page = 50
    search_fields = ["subject", "to", "booking__reference"]
    search_help_text = gettext_lazy("Subject, address, reference.")
    date_hierarchy = "created_at"
    actions = ["try_again"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("to", "reply_to", "booking_of"),
                    ("written", "delivered", "trouble"),
                    "words",
                    "as_html",
                ]
            },
        )
    ]
    readonly_fields = ["booking_of", "written", "delivered", "trouble", "words", "as_html"]

    def get_urls(self):
        html = self.admin_site.admin_view(self.html_view)
        return [path("<int:pk>/html/", html, name="bookings_outboxmessage_html"), *super().get_urls()]

    def html_view(self, request, pk):
        """The message in HTML, as mail programs show it, shut off from the office."""
        message = get_object_or_404(OutboxMessage, pk=pk)
        if not self.has_view_permission(request, message):
            raise PermissionDenied
        return HttpResponse(message.html, headers=HTML_HEADERS)

    def has_retry_permission(self, request):
        return request.user.has_perm("bookings.change_outboxmessage")

    @admin.action(description=gettext_lazy("Try again"), permissions=["retry"])
    def try_again(self, request, queryset):
        """What was given up is sent once more, from the start."""
        count = queryset.filter(gave_up_at__isnull=False, sent_at=None).update(
            gave_up_at=None, attempts=0, send_after=seats.clock()
        )
        messages.success(request, _("Tried again: %(count)d.") % {"count": count})

    @admin.display(description=gettext_lazy("booking"), ordering="booking__reference")
    def booking_of(self, message):
        return booking_link(message.booking) if message.booking else "–"

    @admin.display(description=gettext_lazy("written"), ordering="created_at")
    def written(self, message):
        return date_format(timezone.localtime(message.created_at), "D j M Y, H:i")

    @admin.display(description=gettext_lazy("delivery"), ordering="sent_at")
    def delivered(self, message):
        return format_html('<span class="state {}">{}</span>', *delivery(message))

    @admin.display(description=gettext_lazy("trouble"))
    def trouble(self, message):
        return message.last_error or "–"

    @admin.display(description=gettext_lazy("text"))
    def words(self, message):
        # urlize escapes the text itself before it adds links.
        linked = mark_safe(urlize(message.text, nofollow=True, autoescape=True))  # noqa: S308
        return format_html('<div class="letter" lang="{}">{}</div>', message.language, linked)

    @admin.display(description=gettext_lazy("in HTML"))
    def as_html(self, message):
        if not message.html:
            return "–"
        url = reverse("admin:bookings_outboxmessage_html", args=[message.pk])
        return format_html(
            '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>',
            url,
            _("Open as mail programs show it"),
        )
