"""What staff put in the place of the words and pictures that came with the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Dated, Illustrated, Versioned


class Passage(Dated):
    """A sentence or heading of a public page in staff's own words; without a row it stands as it came."""

    key = models.CharField(_("where it stands"), max_length=60, unique=True)
    text = models.TextField(
        _("text"),
        help_text=_(
            "A new line is a new line on the page; Quechua words stand between asterisks: *allillanchu*. "
            "Delete the record to have the text back that came with the site."
        ),
    )

    class Meta:
        verbose_name = _("text on a page")
        verbose_name_plural = _("texts on pages")
        ordering = ["key"]

    def __str__(self):
        return self.key


class PagePicture(Versioned, Illustrated):
    """The picture at a fixed spot of a page; without a row the scene stands there that came with the site."""

    class Spot(models.TextChoices):
        HERO = "home_hero", _("Home: at the top")
        VILLAGES = "home_villages", _("Home: people live here")
        NIGHT = "home_night", _("Home: the second night")

    spot = models.CharField(_("where it stands"), max_length=20, choices=Spot.choices, unique=True)

    class Meta(Illustrated.Meta):
        verbose_name = _("picture on a page")
        verbose_name_plural = _("pictures on pages")
        ordering = ["spot"]

    def __str__(self):
        return self.get_spot_display()
