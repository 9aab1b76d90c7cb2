"""Departures: the season as a list, and adding dates with what the trek suggests."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bookings import lifecycle
from bookings.models import Departure
from bookings.seats import with_seats
from lares.admin import PlainForms
from lares.editing import VersionedAdmin, VersionedForm
from lares.templatetags.formats import money, percent

from .acts import Acting
from .departure_acts import ACTS, on_board
from .phone import phone_booking
from .season import RoomFilter, StateFilter, TrekFilter, WhenFilter, diamonds, load, running, state
from .walkers import travelers_list

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What travelers' bookings hang on changes only through the verbs.
THROUGH_VERBS = {"trek", "start_date", "end_date", "capacity", "status"}
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

    class Meta:
        model = Departure
        fields = "__all__"  # noqa: DJ007 (the admin's fieldsets name them)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            return
        for name in SUGGESTED:
            if name in self.fields:
                self.fields[name].required = False
                if name not in kwargs.get("initial", {}):
                    self.initial[name] = None
        if "status" in self.fields:
            choices = Departure.Status.choices
            self.fields["status"].choices = [one for one in choices if one[0] != Departure.Status.CANCELLED]

    def _get_validation_exclusions(self):
        # Capacity and dates are not on the form of a departure that exists, but its constraints need them.
        return super()._get_validation_exclusions() - THROUGH_VERBS

    def clean(self):
        cleaned = super().clean()
        trek, start = cleaned.get("trek"), cleaned.get("start_date")
        missing = [name for name in SUGGESTED if cleaned.get(name) in (None, "") and name not in self.errors]
        if trek and start and missing:
            suggested = suggestions(trek, start)
            cleaned |= {name: suggested[name] for name in missing}
        return cleaned


@admin.register(Departure)
class DepartureAdmin(Acting, PlainForms, VersionedAdmin, admin.ModelAdmin):
    """The season."""

    acts = ACTS
    form = DepartureForm
    list_display = ["starts", "trek_name", "taken", "held", "left", "load", "state", "price_each"]
    list_filter = [WhenFilter, StateFilter, RoomFilter, TrekFilter, "is_private"]
    list_select_related = ["trek"]
    list_per_page = 50
    ordering = ["start_date"]
    date_hierarchy = "start_date"
    search_fields = ["trek__name_en", "trek__short_name_en", "staff_notes"]
    search_help_text = _("Trek or notes.")
    actions = ["repeat_a_week_later"]
    readonly_fields = ["trek_now", "dates_now", "capacity_now", "status_now"]
    new_fieldsets = [
        (
            None,
            {
                "fields": ["trek", ("start_date", "end_date", "group"), "status"],
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
    ]
    old_fieldsets = [
        (None, {"fields": [("trek_now", "dates_now"), ("status_now", "capacity_now")]}),
        (_("Group and price"), {"fields": [("group", "minimum_to_run", "decide_by"), ("price", "deposit")]}),
    ]
    more_fieldsets = [
        (_("Machu Picchu"), {"fields": [("circuit", "entry_time", "train_class")]}),
        (_("For the office"), {"fields": ["is_private", "staff_notes"]}),
    ]

    def get_queryset(self, request):
        return with_seats(super().get_queryset(request).select_related("trek"))

    def get_fieldsets(self, request, obj=None):
        if obj and self.has_change_permission(request, obj):
            return self.old_fieldsets + self.more_fieldsets
        # A new one; and who only looks gets no links to the acts.
        return self.new_fieldsets + self.more_fieldsets

    def get_urls(self):
        own = [
            path("<int:pk>/phone/", self.phone_view, name="bookings_departure_phone"),
            path("<int:pk>/travelers/", self.travelers_view, name="bookings_departure_travelers"),
        ]
        return own + super().get_urls()

    def phone_view(self, request, pk):
        return self.admin_site.admin_view(phone_booking)(request, self, pk)

    def travelers_view(self, request, pk):
        return self.admin_site.admin_view(travelers_list)(request, self, pk)

    def lock(self, pk):
        return lifecycle.locks.lock_departure(pk)

    def about(self, request, record):
        """The departure's seats, and who is on it."""
        return on_board(record) | {"departure": record, "standing": state(record), "running": running(record)}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra = {}
        if record:
            extra = self.about(request, record) | {
                "acts": self.acts_of(request, record),
                "copy_query": copy_query(record),
                "diamonds": diamonds(record),
                "may_see_bookings": request.user.has_perm("bookings.view_booking"),
            }
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        """What bookings hang on changes through the acts; the rest is written, and nothing beside it."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        self.claim(request, obj, change)
        obj.save(update_fields=form.changed_data)

    def through(self, words, act, obj):
        """A value that cannot be typed, with the link to the page that changes it."""
        acts = {each.name: each for each in self.acts}
        if not acts[act].is_offered(obj):
            return words
        url = reverse(f"admin:bookings_departure_{act}", args=[obj.pk])
        return format_html('{} <a href="{}">{}</a>', words, url, acts[act].label)

    @admin.display(description=_("trek"))
    def trek_now(self, departure):
        return departure.trek.name

    @admin.display(description=_("dates"))
    def dates_now(self, departure):
        start, end = (date_format(day, "D j M Y") for day in (departure.start_date, departure.end_date))
        return self.through(_("%(start)s to %(end)s") % {"start": start, "end": end}, "dates", departure)

    @admin.display(description=_("capacity"))
    def capacity_now(self, departure):
        return self.through(_("%(n)d seats") % {"n": departure.capacity}, "capacity", departure)

    @admin.display(description=_("status"))
    def status_now(self, departure):
        return self.through(departure.get_status_display(), "sale", departure)

    @admin.display(description=_("starts"), ordering="start_date")
    def starts(self, departure):
        letter = "" if departure.group == "A" else f" {departure.group}"
        return date_format(departure.start_date, "D j M Y") + letter

    @admin.display(description=_("trek"), ordering="trek")
    def trek_name(self, departure):
        private = format_html(' <span class="tag">{}</span>', _("private")) if departure.is_private else ""
        return format_html("{}{}", departure.trek.short_name, private)

    @admin.display(description=_("seats taken"), ordering="seats_taken")
    def taken(self, departure):
        numbers = {"taken": departure.seats_taken, "capacity": departure.capacity}
        return format_html("{}{}", _("%(taken)d of %(capacity)d") % numbers, diamonds(departure))

    @admin.display(description=_("held"), ordering="seats_held")
    def held(self, departure):
        return departure.seats_held or "–"

    @admin.display(description=_("left"))
    def left(self, departure):
        return departure.seats_left

    @admin.display(description=_("load"))
    def load(self, departure):
        return percent(load(departure))

    @admin.display(description=_("status"))
    def state(self, departure):
        also = running(departure)
        words = format_html('<span class="state {}">{}</span>', *state(departure))
        return format_html('{} <span class="quiet also">{}</span>', words, also) if also else words

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


COPIED = ("capacity", "minimum_to_run", "price", "deposit", "train_class")


def copy_query(departure):
    """The query of the form for a new departure that is like this one, on another day."""
    values = {name: getattr(departure, name) for name in COPIED}
    values |= {
        "trek": departure.trek_id,
        "circuit": departure.circuit_id or "",
        "is_private": departure.is_private or "",
    }
    values["entry_time"] = f"{departure.entry_time:%H:%M}" if departure.entry_time else ""
    return urlencode({name: value for name, value in values.items() if value != ""})
