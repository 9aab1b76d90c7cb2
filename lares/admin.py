"""What every form and list of the office shares, and the staff themselves."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

IN_SPANISH = _("%(field)s, in Spanish")


class DateInput(forms.DateInput):
    """The browser's own date field: no script, and on a phone its own wheel."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class PlainForms:
    """Mixed into admins and inlines: native fields, no pop-up windows, Spanish optional beside English."""

    formfield_overrides = {
        models.DateField: {"widget": DateInput},
        models.TimeField: {"widget": TimeInput},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if hasattr(db_field, "translated_field"):
            self.name_language(field, db_field)
        return field

    def name_language(self, field, db_field):
        """The English field keeps its name and help; the Spanish one says what it is and may stay empty."""
        field.label = capfirst(db_field.translated_field.verbose_name)
        field.widget.attrs["lang"] = db_field.language
        if db_field.language == "es":
            field.label = IN_SPANISH % {"field": field.label}
            field.help_text = ""

    def view_on_site(self, obj):
        """Straight to the page, without the detour that looks up content types."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None


class PlainForm(forms.ModelForm):
    """A form whose labels end without a colon."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


def both(*names):
    """Translated fields for a fieldset: each in one row, English on the left and Spanish on the right."""
    return [(f"{name}_en", f"{name}_es") for name in names]


admin.site.unregister([User, Group])


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Who may log in here."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "is_superuser", "groups"]
    filter_horizontal = []
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who"), {"fields": [("first_name", "last_name"), "email"]}),
        (
            _("What they may do"),
            {
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
                "description": _("Give people a role; the rights stand in the roles."),
            },
        ),
        (_("Dates"), {"fields": [("last_login", "date_joined")], "classes": ["collapse"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """What a kind of staff may do."""

    list_display = ["name"]
    filter_horizontal = []
