"""The picture of a trek, day or place: uploading it, its web sizes, and choosing a drawn scene."""

from functools import partial

from django import forms
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lares.editing import EditedMeanwhile
from lares.templatetags.pictures import scene_picture, scenes
from treks import images

PICTURE = (
    _("Picture"),
    {
        "fields": [
            "scene",
            "photo",
            ("photo_alt_en", "photo_alt_es"),
            "photo_credit",
            ("photo_focus_x", "photo_focus_y"),
        ],
        "classes": ["collapse"],
        "description": _("A drawn scene stands here until there is a photograph."),
    },
)


class PhotoInput(forms.ClearableFileInput):
    """The file field with the present photograph beside it."""

    template_name = "admin/widgets/photo.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if context["widget"]["is_initial"]:
            context["widget"]["picture"] = images.renditions(value)
        return context

    def _render(self, template_name, context, renderer=None):
        # Django looks for widgets only in applications' folders; ours stands with the site's templates.
        return render_to_string(template_name, context)


class SceneSelect(forms.Select):
    """A list of the drawn scenes with the chosen one below."""

    def render(self, name, value, attrs=None, renderer=None):
        select = super().render(name, value, attrs, renderer)
        shown = render_to_string("_picture.html", {"picture": scene_picture(value), "sizes": "320px"})
        return format_html('<div class="scene-field">{}{}</div>', select, shown)


class PhotoField(forms.FileField):
    """A photograph judged by its content; `picture` of the cleaned upload holds its decoded pixels."""

    widget = PhotoInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"})

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            upload.picture = images.read(upload)
        return upload


class PhotoAdmin:
    """Mixed into the admin of an illustrated model: makes the web sizes before anything is locked."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.ImageField):
            kwargs |= {"form_class": PhotoField, "widget": PhotoField.widget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "scene":
            return scene_choice(field)
        return field

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.kept_photos = []
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except images.NotKept:
            # The form comes back with everything typed and a sentence beside the picture.
            for upload in request.FILES.values():
                upload.disk_failed = True
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Exception:
            self.discard(request)
            raise

    def save_model(self, request, obj, form, change):
        is_new = "photo" in form.changed_data
        if is_new and form.cleaned_data["photo"]:
            obj.photo = self.keep(request, obj, form.cleaned_data["photo"].picture)
        try:
            super().save_model(request, obj, form, change)
        except EditedMeanwhile:
            self.discard(request)
            raise
        if is_new:
            self.forget_file(obj, form.initial.get("photo"))

    def keep(self, request, obj, picture):
        """Write the files of a new photograph before anything is locked; returns their name."""
        name = images.keep(obj._meta.get_field("photo"), obj, images.encoded(picture))
        request.kept_photos.append((obj.photo.storage, name))
        return name

    def discard(self, request):
        """Delete what was written for a change that did not come about."""
        while request.kept_photos:
            images.remove(*request.kept_photos.pop())

    def forget_file(self, obj, photo):
        """Delete a photograph that is no longer used, once that is certain."""
        if photo:
            # A disk that fails now leaves a file behind, never a page that says the change was lost.
            transaction.on_commit(partial(images.remove, obj.photo.storage, photo.name), robust=True)

    def illustrated(self, obj):
        """The rows with a photograph that are deleted along with one, itself among them."""
        return [obj]

    def delete_model(self, request, obj):
        for row in self.illustrated(obj):
            self.forget_file(row, row.photo)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            for row in self.illustrated(obj):
                self.forget_file(row, row.photo)
        super().delete_queryset(request, queryset)


def scene_choice(field):
    """The text field of a scene's name as a list of the scenes there are."""
    names = [(slug, slug.replace("_", " ").capitalize()) for slug in sorted(scenes())]
    return forms.ChoiceField(
        label=field.label,
        help_text=field.help_text,
        required=False,
        choices=[("", _("none")), *names],
        widget=SceneSelect,
    )


def check_photo_is_described(form):
    """Put the rule of the database beside the field: a photograph needs its sentence in English."""
    data = form.cleaned_data
    if data.get("photo") and not data.get("photo_alt_en") and "photo_alt_en" in form.fields:
        form.add_error("photo_alt_en", _("Say what the photograph shows, for people who cannot see it."))
