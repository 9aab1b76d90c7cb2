"""Which fields of the catalogue hold text in several languages (a column for each)."""

from modeltranslation.translator import TranslationOptions, register

from . import models


@register(models.Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "meaning", "summary", "description", "photo_alt")


@register(models.Village)
class VillageTranslation(TranslationOptions):
    fields = ("known_for", "weaving", "etiquette")


@register(models.HotSpring)
class HotSpringTranslation(TranslationOptions):
    fields = ("water", "minerals", "on_site", "etiquette", "getting_there")


@register(models.Trek)
class TrekTranslation(TranslationOptions):
    fields = (
        "name", "short_name", "tagline", "summary", "suits", "suits_not", "permit", "start", "end",
        "earliest_flight", "note", "photo_alt",
    )  # fmt: skip


@register(models.ItineraryDay)
class ItineraryDayTranslation(TranslationOptions):
    fields = ("title", "description", "note", "photo_alt")


@register(models.Transfer)
class TransferTranslation(TranslationOptions):
    fields = ("via",)


@register(models.Waypoint)
class WaypointTranslation(TranslationOptions):
    fields = ("label",)


@register(models.Inclusion)
class InclusionTranslation(TranslationOptions):
    fields = ("text",)


@register(models.Extra)
class ExtraTranslation(TranslationOptions):
    fields = ("name", "description")


@register(models.Fare)
class FareTranslation(TranslationOptions):
    fields = ("proof",)


@register(models.Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body")


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("question", "answer")


@register(models.PackingItem)
class PackingItemTranslation(TranslationOptions):
    fields = ("text",)


@register(models.ClimateMonth)
class ClimateMonthTranslation(TranslationOptions):
    fields = ("note",)


@register(models.Feast)
class FeastTranslation(TranslationOptions):
    fields = ("name", "when", "what")


@register(models.CircuitRoute)
class CircuitRouteTranslation(TranslationOptions):
    fields = ("circuit_name", "name", "season")


@register(models.Operator)
class OperatorTranslation(TranslationOptions):
    fields = ("address", "office_hours", "bank_lines")


@register(models.Passage)
class PassageTranslation(TranslationOptions):
    fields = ("text",)


@register(models.PagePicture)
class PagePictureTranslation(TranslationOptions):
    fields = ("photo_alt",)
