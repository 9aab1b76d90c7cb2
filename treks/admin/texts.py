"""Pages, questions, packing, climate, feasts and words."""

from django.contrib import admin
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from lares.admin import both
from treks.models import ClimateMonth, Feast, PackingItem, Page, Phrase, Question

from .base import CatalogueAdmin, UntranslatedAdmin


@admin.register(Page)
class PageAdmin(CatalogueAdmin):
    """Standing pages: about, prepare, terms, privacy."""

    list_display = ["title", "slug", "checked_on"]
    search_fields = ["title_en", "title_es", "body_en", "body_es"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [(None, {"fields": [*both("title"), ("slug", "checked_on"), *both("lead", "body")]})]


@admin.register(Question)
class QuestionAdmin(CatalogueAdmin):
    """Questions and answers."""

    list_display = ["question", "trek", "position"]
    list_filter = ["trek"]
    list_select_related = ["trek"]
    search_fields = ["question_en", "question_es", "answer_en", "answer_es"]
    prepopulated_fields = {"slug": ["question_en"]}
    fieldsets = [(None, {"fields": [*both("question", "answer"), ("trek", "position"), "slug"]})]


@admin.register(PackingItem)
class PackingItemAdmin(CatalogueAdmin):
    """What to bring."""

    list_display = ["text", "category", "extra", "position"]
    list_filter = ["category"]
    list_select_related = ["extra"]
    prepopulated_fields = {"slug": ["text_en"]}
    fieldsets = [(None, {"fields": [*both("text"), ("category", "position"), "weather", "extra", "slug"]})]


@admin.register(ClimateMonth)
class ClimateMonthAdmin(CatalogueAdmin):
    """Twelve months, no more."""

    list_display = ["month_name", "season", "cusco_min_c", "ipsaycocha_min_c", "rain_mm", "is_high_season"]
    fieldsets = [
        (None, {"fields": [("month", "season"), "is_high_season", *both("note")]}),
        (_("Cusco"), {"fields": [("cusco_min_c", "cusco_max_c"), ("rain_mm", "rain_days")]}),
        (
            _("On the way"),
            {
                "fields": [
                    ("huacahuasi_min_c", "huacahuasi_max_c"),
                    ("ipsaycocha_min_c", "ipsaycocha_max_c"),
                ],
                "description": _("Nobody measures there: these are estimates, and the page says so."),
            },
        ),
    ]

    @admin.display(description=_("month"), ordering="month")
    def month_name(self, climate):
        return MONTHS[climate.month]


@admin.register(Feast)
class FeastAdmin(CatalogueAdmin):
    """Feasts in the valley."""

    list_display = ["name", "place", "when", "is_uncertain"]
    list_select_related = ["place"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": [*both("name", "when", "what"), ("place", "month"), "is_uncertain", "slug"]})
    ]


@admin.register(Phrase)
class PhraseAdmin(UntranslatedAdmin):
    """Quechua words."""

    list_display = ["quechua", "spanish", "english", "topic", "is_unverified"]
    list_filter = ["topic", "is_unverified"]
    search_fields = ["quechua", "spanish", "english"]
    fields = ["quechua", ("spanish", "english"), ("topic", "position"), "is_unverified"]
