"""Two editors on one record: the second is told, sees both values, and loses nothing of what was typed.

The number of saved changes, `version`, travels with the form. Saving is UPDATE … WHERE version = the one
sent; where no row answers, the form comes back with what the other saved beside what was typed, and carries
the new version.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treks.models import counted_on

from .admin import PlainForm

SENT = "_version"
EDITED_MEANWHILE = "edited_meanwhile"


class EditedMeanwhile(Exception):
    """Somebody else saved the record after this form was opened."""


class VersionedForm(PlainForm):
    """A form that knows whether the record was saved by somebody else after it was opened."""

    # The attribute with the record that carries the version, where it is not the edited one itself.
    held_by = None

    @classmethod
    def holder(cls, instance):
        """The record whose version guards the instance."""
        return getattr(instance, cls.held_by) if cls.held_by else instance

    def clean(self):
        cleaned = super().clean()
        is_new = self.instance._state.adding
        if not is_new and self.data.get(SENT) != str(self.holder(self.instance).version):
            message = gettext_lazy("Nothing is saved yet: somebody else saved this while you were editing.")
            self.add_error(None, ValidationError(message, code=EDITED_MEANWHILE))
        return cleaned


class VersionedAdmin:
    """Mixed into the admin of a model with a `version`, or of one whose parent has it."""

    form = VersionedForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except EditedMeanwhile:
            # Lost the race by a moment: now that the other's save stands, the form's own check finds it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        self.claim(request, form.holder(obj), change)
        super().save_model(request, obj, form, change)

    def claim(self, request, holder, change):
        """Count the version up where it still is the one that was opened; raises EditedMeanwhile."""
        if holder._state.adding:
            return
        # A village's version stands in the table of places; only there UPDATE and WHERE are one statement.
        owner = holder._meta.get_field("version").model
        rows = owner._base_manager.filter(pk=holder.pk)
        if change:
            sent = request.POST.get(SENT, "")
            rows = rows.filter(version=int(sent) if sent.isdecimal() else 0)
        changes = counted_on(owner)
        if not rows.update(**changes):
            raise EditedMeanwhile
        holder.version += 1
        if "updated_at" in changes:
            holder.updated_at = changes["updated_at"]

    def delete_model(self, request, obj):
        holder = self.form.holder(obj)
        if holder is not obj:
            self.claim(request, holder, change=False)
        super().delete_model(request, obj)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            rows = inline.model._base_manager.filter(**{inline.get_formset(request, obj).fk.name: obj})
            pks = {str(pk) for pk in rows.values_list("pk", flat=True)}
            kwargs["data"] = without_lost_rows(kwargs["data"], prefix, pks)
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if change and obj:
            holder = form.holder(obj)
            context["version"] = holder.version
            if form.has_error(NON_FIELD_ERRORS, EDITED_MEANWHILE):
                formsets = [inline.formset for inline in context["inline_admin_formsets"]]
                context["conflict"] = conflict(holder, form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)


@dataclass(frozen=True)
class Difference:
    """One field as it is saved now and as it was typed; `anchor` is the id of the field in the form."""

    label: str
    theirs: str
    yours: str
    anchor: str = ""

    @property
    def theirs_marked(self):
        """Theirs in pieces: (text, whether it differs)."""
        return list(marked(self.theirs, self.yours))

    @property
    def yours_marked(self):
        """Yours in pieces: (text, whether it differs)."""
        return list(marked(self.yours, self.theirs))


def marked(text, other):
    """The words of a text in pieces, each with whether it is missing in the other."""
    words, others = (re.findall(r"\S+\s*", one) for one in (text, other))
    for kind, start, end, _start, _end in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if end > start:
            yield "".join(words[start:end]), kind != "equal"


def conflict(holder, form, formsets):
    """What the second editor is shown: who saved last, and every field that differs."""
    last = LogEntry.objects.filter(
        content_type=get_content_type_for_model(holder), object_id=str(holder.pk)
    ).select_related("user")
    differences = [*differing(form)]
    for formset in formsets:
        differences += [*differing_rows(formset)]
    return {"last": last.first(), "differences": differences, "has_files": bool(form.files)}


def differing(form, prefix=""):
    """The fields of a form whose typed value is not the saved one."""
    for name in form.changed_data:
        bound = form[name]
        saved = form.get_initial_for_field(bound.field, name)
        yield Difference(
            label=prefix + str(bound.label),
            theirs=shown(bound.field, saved),
            yours=shown(bound.field, bound.data),
            anchor=bound.id_for_label,
        )


def differing_rows(formset):
    """The rows of an inline that differ: changed here, deleted here, or added by the other."""
    kind = capfirst(formset.model._meta.verbose_name)
    saved = {row.pk: str(row) for row in formset.get_queryset()}
    here = {form.instance.pk for form in formset.initial_forms}
    for form in formset.initial_forms:
        label = f"{kind} “{saved.get(form.instance.pk, '')}”"
        if form.data.get(f"{form.prefix}-DELETE"):
            yield Difference(label, _("kept"), _("deleted"))
        else:
            yield from differing(form, prefix=f"{label}: ")
    for number, form in enumerate(formset.extra_forms, len(formset.initial_forms) + 1):
        if form.has_changed():
            yield Difference(f"{kind} {number}", _("not there"), _("added"))
    for pk in saved.keys() - here:
        yield Difference(f"{kind} “{saved[pk]}”", _("added"), _("not there; theirs is kept"))


def shown(field, value):
    """A value of a form field as people read it, whether it comes from the database or from the form."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if isinstance(field, forms.FileField):
        return getattr(value, "name", None) or "–"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(_chosen(field, field.prepare_value(value) or [])) or "–"
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_chosen(field, [field.prepare_value(value)] if value else [])) or "–"
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        return labels.get(str(value), "") or "–"
    text = field.widget.format_value(field.prepare_value(value))
    return str(text).replace("\r\n", "\n") if text not in (None, "") else "–"


def _chosen(field, keys):
    labels = {str(row.pk): str(row) for row in field.queryset}
    return [labels[str(key)] for key in keys if str(key) in labels]


def without_lost_rows(data, prefix, pks):
    """The posted data of an inline, with rows that somebody deleted meanwhile turned into new ones.

    Otherwise Django would leave them out in silence. Returns the data unchanged where no row is lost.
    """
    total, initial = (int(data.get(f"{prefix}-{name}_FORMS") or 0) for name in ("TOTAL", "INITIAL"))
    lost = [index for index in range(initial) if data.get(f"{prefix}-{index}-id", "") not in pks]
    if not lost or total > 1000:
        return data
    kept = [index for index in range(total) if index not in lost]
    moved = {old: new for new, old in enumerate([*kept, *lost])}
    found = data.copy()
    row = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    places = {key: match for key in data if (match := row.fullmatch(key)) and int(match[1]) < total}
    for key in places:
        del found[key]
    for key, match in places.items():
        index, name = int(match[1]), match[2]
        values = [""] if index in lost and name == "id" else data.getlist(key)
        found.setlist(f"{prefix}-{moved[index]}-{name}", values)
    found[f"{prefix}-INITIAL_FORMS"] = str(initial - len(lost))
    return found
