"""What the admin pages of the catalogue share."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline, TranslationTabularInline

from lares.admin import PlainForm, PlainForms
from lares.editing import VersionedAdmin, VersionedForm

from .photos import PhotoAdmin, check_photo_is_described


class IllustratedForm(VersionedForm):
    """A form with a photograph."""

    def clean(self):
        cleaned = super().clean()
        check_photo_is_described(self)
        return cleaned


class CatalogueAdmin(PlainForms, VersionedAdmin, TranslationAdmin):
    """A translated record of the catalogue."""

    list_per_page = 100
    save_on_top = False


class IllustratedAdmin(PhotoAdmin, CatalogueAdmin):
    """A translated record with a picture."""

    form = IllustratedForm


class UntranslatedAdmin(PlainForms, VersionedAdmin, admin.ModelAdmin):
    """A record whose texts are the same in every language."""

    list_per_page = 100


class Rows(PlainForms, TranslationTabularInline):
    """Short rows of a record, one line each."""

    form = PlainForm
    extra = 0


class Blocks(PlainForms, TranslationStackedInline):
    """Longer parts of a record, one block each."""

    form = PlainForm
    extra = 0
