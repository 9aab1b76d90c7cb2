"""Departures: the season as a list, and adding dates with what the trek suggests."""

from datetime import timedelta

from django.contrib import admin, messages
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings import lifecycle
from bookings.models import Departure
from bookings.seats import with_seats
from lares.admin import PlainForms
from lares.editing import VersionedAdmin, VersionedForm
from lares.templatetags.formats import money
from treks.models import Trek

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What travelers' bookings hang on changes only through the verbs.
THROUGH_VERBS = {"start_date", "end_date", "capacity", "status"}
# A departure is decided on the day the balance falls due, unless the office says otherwise.
SUGGESTED = ["end_date", "decide_by", "group", "capacity", "minimum_to_run", "price", "deposit"]


def free_letter(trek, start_date):
    """The first letter that no group of the trek has on this day."""
    used = set(Departure.objects.filter(trek=trek, start_date=start_date).values_list("group", flat=True))
    return next((letter for letter in LETTERS if letter not in used), "Z")


def suggestions(trek, start_date):
    """What a new departure of a trek usually has, by field."""
    days = max(trek.days.count(), 1)
    return {
        "end_date": start_date + timedelta(days=days - 1),
        "decide_by": start_date - timedelta(days=trek.balance_due_days),
        "group": free_letter(trek, start_date),
        "capacity": trek.group_maximum,
        "minimum_to_run": trek.group_minimum,
        "price": trek.usual_price,
        "deposit": trek.usual_deposit,
    }


class DepartureForm(VersionedForm):
    """A new departure needs a trek and a day; whatever else is left empty is taken from the trek."""

    # What a verb refused when this form was saved a moment ago.
    refusal = ""

    class Meta:
        model = Departure
        fields = "__all__"  # noqa: DJ007 (the admin's fieldsets name them)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in SUGGESTED:
            if name in self.fields:
                self.fields[name].required = False
                if self.instance._state.adding and name not in kwargs.get("initial", {}):
                    self.initial[name] = None
        if "status" in self.fields:
            # Cancelling concerns everybody who booked: it is never a choice in a list.
            cancelled = Departure.Status.CANCELLED
            is_cancelled = self.instance.status == cancelled
            choices = Departure.Status.choices
            self.fields["status"].choices = [one for one in choices if (one[0] == cancelled) == is_cancelled]

    def clean(self):
        cleaned = super().clean()
        trek, start = cleaned.get("trek"), cleaned.get("start_date")
        missing = [name for name in SUGGESTED if cleaned.get(name) in (None, "") and name not in self.errors]
        if self.refusal:
            self.add_error(None, self.refusal)
        if trek and start and missing:
            suggested = suggestions(trek, start)
            cleaned |= {name: suggested[name] for name in missing}
        return cleaned


class WhenFilter(admin.SimpleListFilter):
    """What is coming, unless one asks for what has been."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("past", _("Past")), ("all", _("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("Coming")}, *others]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "past":
            return queryset.filter(start_date__lte=today)
        return queryset if self.value() == "all" else queryset.filter(start_date__gt=today)


class TrekFilter(admin.SimpleListFilter):
    """One trek, by its short name."""

    title = _("trek")
    parameter_name = "trek"

    def lookups(self, request, model_admin):
        return [(str(trek.pk), trek.short_name) for trek in Trek.objects.all()]

    def queryset(self, request, queryset):
        return queryset.filter(trek=self.value()) if (self.value() or "").isdecimal() else queryset


class StateFilter(admin.SimpleListFilter):
    """How a departure stands, in the words of the list."""

    title = _("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("guaranteed", _("Guaranteed")),
            ("needs", _("Needs more")),
            ("full", _("Full")),
            ("closed", _("Closed")),
            ("cancelled", _("Cancelled")),
        ]

    def queryset(self, request, queryset):
        live = queryset.exclude(status=Departure.Status.CANCELLED)
        if self.value() == "guaranteed":
            return live.filter(seats_confirmed__gte=F("minimum_to_run"))
        if self.value() == "needs":
            return live.filter(seats_confirmed__lt=F("minimum_to_run"))
        if self.value() == "full":
            return live.filter(seats_taken__gte=F("capacity"))
        return queryset.filter(status=self.value()) if self.value() else queryset


def state(departure):
    """How a departure stands: a word for the style sheet and the words people read."""
    if departure.status == Departure.Status.CANCELLED:
        return "cancelled", _("Cancelled")
    if departure.status == Departure.Status.CLOSED:
        return "closed", _("Closed")
    if departure.seats_taken >= departure.capacity:
        return "full", _("Full")
    if departure.runs:
        return "guaranteed", _("Guaranteed")
    more = departure.needs_more
    return "needs", ngettext("Needs %(n)d more", "Needs %(n)d more", more) % {"n": more}


@admin.register(Departure)
class DepartureAdmin(PlainForms, VersionedAdmin, admin.ModelAdmin):
    """The season."""

    form = DepartureForm
    list_display = ["starts", "trek_name", "seats_sold", "state", "ends", "price_each"]
    list_filter = [WhenFilter, StateFilter, TrekFilter, "is_private"]
    list_select_related = ["trek"]
    list_per_page = 50
    ordering = ["start_date"]
    date_hierarchy = "start_date"
    search_fields = ["trek__name_en", "trek__short_name_en", "staff_notes"]
    search_help_text = _("Trek or notes.")
    save_as = True
    actions = ["repeat_a_week_later"]
    fieldsets = [
        (
            None,
            {
                "fields": ["trek", ("start_date", "end_date", "group"), "status", "is_private"],
                "description": _(
                    "A new departure needs only its trek and its first day. "
                    "What you leave empty is taken from the trek."
                ),
            },
        ),
        (
            _("Group and price"),
            {"fields": [("capacity", "minimum_to_run", "decide_by"), ("price", "deposit")]},
        ),
        (_("Machu Picchu"), {"fields": [("circuit", "entry_time", "train_class")]}),
        (_("For the office"), {"fields": ["staff_notes"]}),
    ]

    def get_queryset(self, request):
        return with_seats(super().get_queryset(request))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except lifecycle.Refused as refused:
            # Everything is rolled back; the form comes back with what was typed and the reason on top.
            request.refusal = str(refused)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if change:
            self.save_through_verbs(request, obj, form)
        else:
            super().save_model(request, obj, form, change)

    def save_through_verbs(self, request, obj, form):
        """What bookings hang on is changed by the verbs, which may refuse; the rest is written as it is."""
        self.claim(request, obj, change=True)
        plain = [name for name in form.changed_data if name not in THROUGH_VERBS]
        obj.save(update_fields=plain)
        changed = set(form.changed_data)
        if changed & {"start_date", "end_date"}:
            lifecycle.change_dates(obj.pk, obj.start_date, obj.end_date)
        if "capacity" in changed:
            lifecycle.change_capacity(obj.pk, obj.capacity)
        if "status" in changed:
            lifecycle.change_status(obj.pk, obj.status)

    @admin.display(description=_("starts"), ordering="start_date")
    def starts(self, departure):
        letter = "" if departure.group == "A" else f" {departure.group}"
        return date_format(departure.start_date, "D j M Y") + letter

    @admin.display(description=_("ends"), ordering="end_date")
    def ends(self, departure):
        return date_format(departure.end_date, "D j M")

    @admin.display(description=_("trek"), ordering="trek")
    def trek_name(self, departure):
        private = format_html(' <span class="tag">{}</span>', _("private")) if departure.is_private else ""
        return format_html("{}{}", departure.trek.short_name, private)

    @admin.display(description=_("seats sold"), ordering="seats_taken")
    def seats_sold(self, departure):
        numbers = {"taken": departure.seats_taken, "capacity": departure.capacity}
        words = _("%(taken)d of %(capacity)d") % numbers
        return format_html(
            '{}<svg class="seat-row" width="{}" height="8" aria-hidden="true">'
            '<rect class="all" width="{}" height="8"/><rect class="sold" width="{}" height="8"/></svg>',
            words,
            departure.capacity * 10,
            departure.capacity * 10,
            min(departure.seats_taken, departure.capacity) * 10,
        )

    @admin.display(description=_("status"))
    def state(self, departure):
        return format_html('<span class="state {}">{}</span>', *state(departure))

    @admin.display(description=_("price"), ordering="price")
    def price_each(self, departure):
        return money(departure.price)

    @admin.action(description=_("Repeat a week later"), permissions=["add"])
    def repeat_a_week_later(self, request, queryset):
        """Copies with every date moved by seven days, open and empty."""
        for departure in queryset.select_related("trek"):
            repeated(departure).save()
        messages.success(request, _("Copied to the same weekday of the next week. Check dates and prices."))


def repeated(departure, days=7):
    """An unsaved copy of the departure, so many days later, open, in the first free group."""
    later = timedelta(days=days)
    return Departure(
        trek=departure.trek,
        start_date=departure.start_date + later,
        end_date=departure.end_date + later,
        decide_by=departure.decide_by + later,
        group=free_letter(departure.trek, departure.start_date + later),
        is_private=departure.is_private,
        capacity=departure.capacity,
        minimum_to_run=departure.minimum_to_run,
        price=departure.price,
        deposit=departure.deposit,
        circuit_id=departure.circuit_id,
        entry_time=departure.entry_time,
        train_class=departure.train_class,
    )
