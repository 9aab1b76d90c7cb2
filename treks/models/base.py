"""What several models share: the version that guards against lost edits, and a photograph."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treks.images import validate_photo


class Versioned(models.Model):
    """A row that people edit in the office; `version` counts the saved changes.

    Saving is UPDATE … WHERE version = the one that was opened, so that the second of two editors is told
    instead of silently undoing the first.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Dated(Versioned):
    """A row that pages are made of: when what it says last changed is told to search engines."""

    updated_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


def counted_on(model):
    """What an UPDATE sets beside a change of rows of a versioned model."""
    changed = {"updated_at": timezone.now()} if issubclass(model, Dated) else {}
    return changed | {"version": F("version") + 1}


class Illustrated(models.Model):
    """A row that is shown with a picture: the photograph if there is one, else the drawn scene."""

    scene = models.CharField(
        _("drawn scene"),
        max_length=40,
        blank=True,
        help_text=_("Shown where there is no photograph. One of the scenes that came with the site."),
    )
    photo = models.ImageField(
        _("photograph"),
        upload_to="photos/%Y/",
        blank=True,
        validators=[validate_photo],
        width_field="photo_width",
        height_field="photo_height",
        help_text=_(
            "JPEG, PNG, WebP or AVIF, up to 15 MB and 40 megapixels. It takes the place of the drawn scene. "
            "Web sizes are made when you save; the position stored by the camera is removed."
        ),
    )
    photo_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    photo_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    photo_alt = models.CharField(
        _("what the photograph shows"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for people who cannot see it. Required with a photograph."),
    )
    photo_credit = models.CharField(_("photograph by"), max_length=120, blank=True)
    photo_focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left, %"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("The part that stays visible when the picture is cropped. 50 is the middle."),
    )
    photo_focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top, %"), default=50, validators=[MaxValueValidator(100)]
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo="") | ~models.Q(photo_alt=""),
                name="%(class)s_photo_has_alt_text",
                violation_error_message=_("Say what the photograph shows, for people who cannot see it."),
            )
        ]


def altitude(verbose_name, **options):
    """An altitude in whole meters above the sea."""
    return models.PositiveSmallIntegerField(verbose_name, validators=[MaxValueValidator(7000)], **options)
