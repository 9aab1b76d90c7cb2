"""A trek with its days, its profile, what the price covers and the extras it offers."""

from django.contrib import admin
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from lares.admin import PlainForm, PlainForms, both
from treks import reading
from treks.models import Fare, Inclusion, ItineraryDay, OfferedExtra, PartyRate, Transfer, Trek, Waypoint
from treks.ridge import ridge_of

from .base import Blocks, IllustratedAdmin, IllustratedForm, Rows
from .photos import PICTURE


class SharedChoices:
    """Mixed into inlines whose rows all choose from one long list: it is read once, not for every row."""

    shared_choices = ["place"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        names, read = self.shared_choices, {}

        class WithSharedChoices(formset):
            def add_fields(self, form, index):
                super().add_fields(form, index)
                for name in names:
                    if name not in read:
                        read[name] = list(form.fields[name].choices)
                    form.fields[name].choices = read[name]

        return WithSharedChoices


class DayInline(Blocks):
    """The figures of each day; its texts, night, rides and picture stand on the day's own page."""

    model = ItineraryDay
    show_change_link = True
    view_on_site = False
    fields = [
        ("number", "title_en", "title_es"),
        ("distance_km", "hours_min", "hours_max", "ascent_m", "descent_m"),
        ("start_altitude_m", "end_altitude_m", "highest_altitude_m", "sleeping_altitude_m", "overnight"),
    ]


class WaypointInline(SharedChoices, Rows):
    """The points of the profile, from the start to the end."""

    model = Waypoint
    fields = ["position", "day_number", "km", "altitude_m", "label_en", "label_es", "place", "is_estimate"]
    classes = ["collapse"]


class InclusionInline(Rows):
    """What the price covers, and what it does not."""

    model = Inclusion
    fields = ["position", "is_included", "text_en", "text_es"]
    classes = ["collapse"]


class OfferedExtraInline(SharedChoices, PlainForms, admin.TabularInline):
    """The extras this trek offers."""

    model = OfferedExtra
    shared_choices = ["extra"]
    form = PlainForm
    extra = 0
    fields = ["position", "extra", "price"]
    classes = ["collapse"]


class FareInline(Rows):
    """Who pays less than the price, and with which proof."""

    model = Fare
    fields = ["fare_class", "reduction", "is_example", "youngest", "oldest", "proof_en", "proof_es"]
    classes = ["collapse"]


class PartyRateInline(PlainForms, admin.TabularInline):
    """From how many people in a party on each pays less."""

    model = PartyRate
    form = PlainForm
    extra = 0
    fields = ["people", "reduction", "is_example"]
    classes = ["collapse"]


@admin.register(Trek)
class TrekAdmin(IllustratedAdmin):
    """The trek as described, independent of any date."""

    list_display = ["name", "short_name", "day_count", "usual_price", "position", "is_published"]
    list_filter = ["is_published", "difficulty"]
    prepopulated_fields = {"slug": ["name_en"]}
    readonly_fields = ["profile_preview"]
    inlines = [
        DayInline, WaypointInline, InclusionInline, FareInline, PartyRateInline, OfferedExtraInline,
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": [*both("name", "short_name"), ("slug", "position"), "is_published"]}),
        (_("What it is"), {"fields": both("tagline", "summary", "suits", "suits_not", "note")}),
        (
            _("Figures and rules"),
            {
                "fields": [
                    ("difficulty", "distance_km", "minimum_age", "acclimatization_nights"),
                    ("season_first_month", "season_last_month", "closed_month"),
                    *both("permit"),
                    "needs_machu_picchu_ticket",
                    "needs_train",
                ]
            },
        ),
        (
            _("Groups and money"),
            {
                "fields": [
                    ("group_minimum", "group_maximum"),
                    ("usual_price", "usual_deposit"),
                    ("booking_cutoff_days", "balance_due_days"),
                ],
                "description": _(
                    "Suggested for new departures. Departures that exist keep their own numbers and prices."
                ),
            },
        ),
        (_("Start and end"), {"fields": both("start", "end", "earliest_flight"), "classes": ["collapse"]}),
        PICTURE,
        (
            _("The ridge"),
            {
                "fields": ["profile_preview", ("start_place", "highest_place")],
                "description": _("Drawn from the waypoints below. Save to see it change."),
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(days_planned=Count("days"))

    @admin.display(description=_("days"), ordering="days_planned")
    def day_count(self, trek):
        return trek.days_planned

    @admin.display(description=_("profile"))
    def profile_preview(self, trek):
        if trek.pk is None:
            return "–"
        prefetch_related_objects([trek], Prefetch("days", queryset=reading.days_to_draw()), "waypoints")
        ridge = ridge_of(trek) if trek.days.all() else None
        return render_to_string("admin/_profile.html", {"ridge": ridge})

    def illustrated(self, obj):
        return [obj, *obj.days.all()]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None


class TransferInline(SharedChoices, Rows):
    """The rides of a day, in their order."""

    model = Transfer
    shared_choices = ["from_place", "to_place"]
    fields = [
        "position",
        "mode",
        "from_place",
        "to_place",
        "via_en",
        "via_es",
        "distance_km",
        "hours",
        "after_walk",
    ]


class DayForm(IllustratedForm):
    """A day is guarded by its trek's version."""

    held_by = "trek"


@admin.register(ItineraryDay)
class ItineraryDayAdmin(IllustratedAdmin):
    """One day; reached from its trek."""

    form = DayForm
    inlines = [TransferInline]
    list_display = ["__str__", "trek"]
    list_filter = ["trek"]
    list_select_related = ["trek"]
    actions = None
    fieldsets = [
        (None, {"fields": [("number", "start_time"), *both("title", "description")]}),
        (
            _("The walk"),
            {
                "fields": [
                    ("distance_km", "hours_min", "hours_max"),
                    ("ascent_m", "descent_m"),
                    ("start_altitude_m", "end_altitude_m", "highest_altitude_m"),
                    ("vehicle_hours_min", "vehicle_hours_max"),
                ]
            },
        ),
        (
            _("The night and the meals"),
            {
                "fields": [
                    ("overnight", "overnight_place", "sleeping_altitude_m"),
                    ("breakfast", "lunch", "dinner"),
                ]
            },
        ),
        (_("On the way"), {"fields": ["villages", "hot_springs", *both("note")]}),
        PICTURE,
    ]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.trek.is_published else None

    def response_delete(self, request, obj_display, obj_id):
        super().response_delete(request, obj_display, obj_id)
        return redirect("admin:treks_trek_changelist")
