"""Pages, questions, packing, climate, feasts and words."""

from html import unescape

from django import forms
from django.contrib import admin
from django.utils.dates import MONTHS
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from lares.admin import both
from lares.editing import VersionedForm
from treks.models import ClimateMonth, Feast, PackingItem, Page, PagePicture, Passage, Phrase, Question
from treks.passages import PAGES, PASSAGES

from .base import CatalogueAdmin, IllustratedAdmin, UntranslatedAdmin
from .photos import PICTURE


@admin.register(Page)
class PageAdmin(CatalogueAdmin):
    """Standing pages: about, prepare, terms, privacy."""

    list_display = ["title", "slug", "checked_on"]
    search_fields = ["title_en", "title_es", "body_en", "body_es"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [(None, {"fields": [*both("title"), ("slug", "checked_on"), *both("lead", "body")]})]


def plain(html):
    """A text that came with the site, the way staff type theirs."""
    marked = html.replace("<br>", "\n").replace('<i lang="qu">', "*").replace("</i>", "*")
    return unescape(marked)


class PassageForm(VersionedForm):
    """Which text of which page, each shown by how it begins."""

    key = forms.ChoiceField(label=_("Where it stands"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].choices = [("", "---------"), *self.free_texts()]

    def free_texts(self):
        """The texts nobody has changed yet, by page, and the one that is edited."""
        taken = set(Passage.objects.exclude(pk=self.instance.pk).values_list("key", flat=True))
        for name, came in PAGES.items():
            keys = {f"{name}.{key}": text for key, text in came.texts.items()}
            free = [(key, Truncator(plain(text)).chars(90)) for key, text in keys.items() if key not in taken]
            yield came.page, free


@admin.register(Passage)
class PassageAdmin(CatalogueAdmin):
    """Headings and sentences of the pages."""

    form = PassageForm
    list_display = ["page", "beginning", "text"]
    search_fields = ["key", "text_en", "text_es"]
    readonly_fields = ["as_it_came"]
    fieldsets = [(None, {"fields": ["key", "as_it_came", *both("text")]})]

    @admin.display(description=_("page"), ordering="key")
    def page(self, passage):
        came = PAGES.get(passage.key.partition(".")[0])
        return came.page if came else passage.key

    @admin.display(description=_("as it came"))
    def beginning(self, passage):
        return Truncator(plain(PASSAGES.get(passage.key, ""))).chars(60)

    @admin.display(description=_("as it came"))
    def as_it_came(self, passage):
        return plain(PASSAGES[passage.key]) if passage.key in PASSAGES else "–"


@admin.register(PagePicture)
class PagePictureAdmin(IllustratedAdmin):
    """The pictures of the home page."""

    list_display = ["spot", "scene", "photo_alt"]
    fieldsets = [(None, {"fields": ["spot"]}), (PICTURE[0], {**PICTURE[1], "classes": []})]


@admin.register(Question)
class QuestionAdmin(CatalogueAdmin):
    """Questions and answers."""

    list_display = ["question", "trek", "needs_ticket", "position"]
    list_filter = ["trek"]
    list_select_related = ["trek"]
    search_fields = ["question_en", "question_es", "answer_en", "answer_es"]
    prepopulated_fields = {"slug": ["question_en"]}
    fieldsets = [
        (None, {"fields": [*both("question", "answer"), ("trek", "position"), "needs_ticket", "slug"]})
    ]


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
        (
            None,
            {
                "fields": [
                    *both("name", "when", "what"),
                    ("place", "month"),
                    "is_uncertain",
                    "villages",
                    "slug",
                ]
            },
        )
    ]


@admin.register(Phrase)
class PhraseAdmin(UntranslatedAdmin):
    """Quechua words."""

    list_display = ["quechua", "spanish", "english", "topic", "is_unverified"]
    list_filter = ["topic", "is_unverified"]
    search_fields = ["quechua", "spanish", "english"]
    fields = ["quechua", ("spanish", "english"), ("topic", "position"), "is_unverified"]
