"""Messages from the contact page: read, answer by mail, mark as answered."""

from urllib.parse import quote

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bookings.models import ContactMessage
from lares.admin import PlainForms


class AnsweredFilter(admin.SimpleListFilter):
    """What still waits."""

    title = _("answer")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("Waiting")), ("yes", _("Answered"))]

    def queryset(self, request, queryset):
        if self.value() in {"no", "yes"}:
            return queryset.filter(answered_at__isnull=self.value() == "no")
        return queryset


@admin.register(ContactMessage)
class ContactMessageAdmin(PlainForms, admin.ModelAdmin):
    """What people wrote cannot be changed, only answered."""

    list_display = ["received", "name", "about", "party_size", "answer"]
    list_filter = [AnsweredFilter, "language"]
    list_select_related = ["departure__trek", "answered_by"]
    search_fields = ["name", "email", "phone", "text"]
    date_hierarchy = "created_at"
    actions = ["mark_answered"]
    readonly_fields = [
        "name",
        "write_back",
        "phone",
        "about",
        "party_size",
        "text",
        "language",
        "received",
        "answer",
    ]
    fieldsets = [
        (None, {"fields": ["text"]}),
        (_("Who"), {"fields": [("name", "write_back", "phone"), ("about", "party_size", "language")]}),
        (_("Answer"), {"fields": [("received", "answer")]}),
    ]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("received"), ordering="created_at")
    def received(self, message):
        return timezone.localtime(message.created_at).strftime("%Y-%m-%d %H:%M")

    @admin.display(description=_("asks about"), ordering="departure")
    def about(self, message):
        return message.departure or "–"

    @admin.display(description=_("e-mail"))
    def write_back(self, message):
        address = f"mailto:{message.email}?subject={quote('Lares Trek')}"
        return format_html('<a href="{}">{}</a>', address, message.email)

    @admin.display(description=_("answered"), ordering="answered_at")
    def answer(self, message):
        if message.answered_at is None:
            return format_html('<span class="state needs">{}</span>', _("waiting"))
        day = timezone.localtime(message.answered_at).strftime("%Y-%m-%d")
        return f"{day}, {message.answered_by}" if message.answered_by else day

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_answered(self, request, queryset):
        """Marks those that still wait; who marked first stays written down."""
        count = queryset.filter(answered_at=None).update(answered_at=timezone.now(), answered_by=request.user)
        messages.success(request, _("Marked as answered: %(count)d.") % {"count": count})

    def save_model(self, request, obj, form, change):
        """The form has no fields, only its two buttons."""
        rows = ContactMessage.objects.filter(pk=obj.pk)
        if "_answered" in request.POST:
            rows.filter(answered_at=None).update(answered_at=timezone.now(), answered_by=request.user)
        elif "_waiting" in request.POST:
            rows.update(answered_at=None, answered_by=None)
