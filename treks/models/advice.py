"""What travelers are told around the trek: pages, questions, packing, climate, feasts, words."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import Dated, Versioned
from .extras import Extra
from .places import Place, Village
from .treks import Trek


class Page(Dated):
    """A standing page that staff edit: about, prepare, terms, privacy and the like."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(_("first sentence"), max_length=300, blank=True)
    body = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Markdown: an empty line between paragraphs, “## ” before a heading, "
            "“- ” before each line of a list."
        ),
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse(self.slug) if self.slug in ROUTED_PAGES else reverse("page", args=[self.slug])


# Pages with an address of their own in the site's map; every other page stands under /pages/.
ROUTED_PAGES = {"about", "prepare", "terms", "privacy"}


class Question(Versioned):
    """A question travelers ask, with our answer."""

    slug = models.SlugField(_("short code"), max_length=60, unique=True)
    question = models.CharField(_("question"), max_length=160)
    answer = models.TextField(_("answer"))
    trek = models.ForeignKey(
        Trek,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("only for"),
        help_text=_("Empty: for every trek."),
    )
    needs_ticket = models.BooleanField(_("only for treks with a named Machu Picchu ticket"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.question


class PackingItem(Dated):
    """One thing to bring."""

    class Category(models.TextChoices):
        DOCUMENTS = "documents", _("Documents")
        CLOTHING = "clothing", _("Clothing")
        GEAR = "gear", _("Gear")
        HEALTH = "health", _("Health")

    class Weather(models.TextChoices):
        COLD = "cold", _("cold nights")
        RAIN = "rain", _("rain")

    slug = models.SlugField(_("short code"), max_length=60, unique=True)
    category = models.CharField(_("group"), max_length=12, choices=Category.choices)
    text = models.CharField(_("text"), max_length=160)
    weather = models.CharField(
        _("is for"),
        max_length=4,
        choices=Weather.choices,
        blank=True,
        help_text=_("The packing list then says how cold or how wet the chosen month is."),
    )
    extra = models.ForeignKey(
        Extra,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="packing_items",
        verbose_name=_("can be rented as"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("thing to pack")
        verbose_name_plural = _("packing list")
        ordering = ["category", "position", "pk"]

    def __str__(self):
        return self.text


class ClimateMonth(Dated):
    """Typical weather of one month: Cusco's normals and our estimates for the nights on the way."""

    class Season(models.TextChoices):
        DRY = "dry", _("dry season")
        WET = "wet", _("rainy season")

    month = models.PositiveSmallIntegerField(
        _("month"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    season = models.CharField(_("season"), max_length=3, choices=Season.choices)
    cusco_min_c = models.DecimalField(_("Cusco, night, °C"), max_digits=4, decimal_places=1)
    cusco_max_c = models.DecimalField(_("Cusco, day, °C"), max_digits=4, decimal_places=1)
    rain_mm = models.PositiveSmallIntegerField(_("rain, mm"))
    rain_days = models.PositiveSmallIntegerField(_("days with rain"))
    huacahuasi_min_c = models.DecimalField(
        _("Huacahuasi, night, °C (estimate)"), max_digits=4, decimal_places=1
    )
    huacahuasi_max_c = models.DecimalField(
        _("Huacahuasi, day, °C (estimate)"), max_digits=4, decimal_places=1
    )
    ipsaycocha_min_c = models.DecimalField(
        _("Ipsaycocha, night, °C (estimate)"), max_digits=4, decimal_places=1
    )
    ipsaycocha_max_c = models.DecimalField(
        _("Ipsaycocha, day, °C (estimate)"), max_digits=4, decimal_places=1
    )
    is_high_season = models.BooleanField(_("high season"), default=False)
    note = models.CharField(_("in a sentence"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("climate of a month")
        verbose_name_plural = _("climate by month")
        ordering = ["month"]

    def __str__(self):
        return f"{self.month:02}"


class Feast(Versioned):
    """A feast in the valley or near it."""

    slug = models.SlugField(_("short code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    place = models.ForeignKey(Place, models.CASCADE, related_name="feasts", verbose_name=_("place"))
    villages = models.ManyToManyField(
        Village,
        blank=True,
        related_name="joined_feasts",
        verbose_name=_("villages that take part"),
        help_text=_("Where it is held elsewhere; the feast then stands on their pages as well."),
    )
    month = models.PositiveSmallIntegerField(
        _("month it begins in, at the earliest"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    when = models.CharField(_("when"), max_length=80)
    what = models.CharField(_("what happens"), max_length=240)
    is_uncertain = models.BooleanField(_("date is uncertain"), default=False)

    class Meta:
        verbose_name = _("feast")
        verbose_name_plural = _("feasts")
        ordering = ["month", "pk"]

    def __str__(self):
        return self.name


class Phrase(Dated):
    """Words in Quechua as spoken around Cusco, with Spanish and English."""

    class Topic(models.TextChoices):
        GREETING = "greeting", _("Greetings")
        TALK = "talk", _("A little talk")
        WORLD = "world", _("Words of the valley")

    quechua = models.CharField(_("Quechua"), max_length=80, unique=True)
    spanish = models.CharField(_("Spanish"), max_length=80)
    english = models.CharField(_("English"), max_length=80)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices, default=Topic.TALK)
    is_unverified = models.BooleanField(_("to be checked by a speaker"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("Quechua word")
        verbose_name_plural = _("Quechua words")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.quechua
