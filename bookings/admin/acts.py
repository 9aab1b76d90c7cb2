"""Pages on which the office does one thing to one record: through the verbs, once for each form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.lifecycle.locks import verb
from bookings.models import SentForm
from lares.admin import PlainForm
from lares.templatetags.formats import money

from .foresight import NotSeenYet, digest, figures, refuse_unseen

HANDLE_MONEY = "bookings.handle_money"


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its address, its button, its form, and what carries it out.

    `do(record, form, by)` works on the locked record and returns the sentence to show, or raises Refused.
    One that `foresees` is carried out only once its effect on the booking's money was shown.
    """

    name: str
    label: str
    form: type
    do: Callable
    permission: str
    is_offered: Callable = lambda record: True
    intro: str = ""
    preview: str = ""
    is_grave: bool = False
    foresees: bool = False


class Changed(lifecycle.Refused):
    """Somebody changed what the form showed while it was being filled in."""


class Acting:
    """Mixed into the admin of a model: a page for each of its `acts`."""

    acts = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                f"<int:pk>/{act.name}/",
                self.admin_site.admin_view(partial(self.act_page, act=act)),
                name=f"{name}_{act.name}",
            )
            for act in self.acts
        ] + super().get_urls()

    def lock(self, pk):
        """The record, locked until the transaction ends."""
        raise NotImplementedError

    def about(self, request, record):
        """What the previews show of the record."""
        return {}

    def back_to(self, record):
        """The page to go to afterwards: the record's own."""
        return reverse(admin_urlname(self.opts, "change"), args=[record.pk])

    def acts_of(self, request, record):
        """The acts that are offered to this person for this record, as (act, address)."""
        return [
            (act, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act.name}", args=[record.pk]))
            for act in self.acts
            if request.user.has_perm(act.permission) and act.is_offered(record)
        ]

    def act_page(self, request, pk, act):
        """Show the form with its preview, or carry it out and go back to the record."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_view_permission(request, record) and request.user.has_perm(act.permission)):
            raise PermissionDenied
        back = self.back_to(record)
        if request.method != "POST":
            if not act.is_offered(record):
                messages.warning(request, str(lifecycle.WrongStatus()))
                return redirect(back)
            return self.act_form(request, record, act, form_of(request, record, act))
        form = form_of(request, record, act, request.POST)
        if not form.is_valid():
            return self.act_form(request, record, act, form, status=422)
        try:
            said = self.carry_out(request, pk, act, form)
        except NotSeenYet as foreseen:
            form.show(digest(foreseen.after))
            return self.act_form(request, record, act, form, foreseen=foreseen)
        except lifecycle.Refused as refused:
            if isinstance(refused, Changed):
                form.look_again(get_object_or_404(self.get_queryset(request), pk=pk))
            form.add_error(None, str(refused))
            return self.act_form(request, record, act, form, status=409)
        messages.success(request, said or _("That was done already; it is done once."))
        return redirect(back)

    def carry_out(self, request, pk, act, form):
        """Do the act in one transaction, or nothing where this form was carried out before."""

        def do():
            record = self.lock(pk)
            if form.cleaned_data["seen"] != form.state_of(record):
                raise Changed(form.changed_words(record))
            before = figures(record) if act.foresees else None
            said = act.do(record, form, lifecycle.office(request.user))
            if act.foresees:
                refuse_unseen(form, before, figures(record), always=act.is_grave)
            self.log_change(request, record, str(act.label))
            return said

        return once(form.cleaned_data["submission"], request.user, do)

    def act_form(self, request, record, act, form, status=200, foreseen=None):
        """The page of an act, with what it would do where that is `foreseen`."""
        context = {
            **self.admin_site.each_context(request),
            **self.about(request, record),
            "opts": self.opts,
            "object": record,
            "title": act.label,
            "act": act,
            "form": form,
            "foreseen": foreseen,
            "back": self.back_to(record),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/bookings/act.html", context, status=status)


def form_of(request, record, act, *data):
    """The form of an act, without what only those decide who handle money."""
    form = act.form(record, *data, asked=request.GET)
    if not request.user.has_perm(HANDLE_MONEY):
        form.leave_out_money()
    return form


class ActedRecord(Acting):
    """Acting where the record's own page only shows it: its acts stand above it."""

    change_form_template = "admin/bookings/acted_form.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra = {"acts": self.acts_of(request, record) if record else []}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))


@verb
def once(submission, user, do):
    """Do it unless a form with this submission was carried out already; None then. Raises Refused.

    A copy that arrives meanwhile waits for the first one at the unique row. Raises Busy.
    """
    _form, is_new = SentForm.objects.get_or_create(submission=submission, defaults={"user": user})
    return do() if is_new else None


class NothingChanges:
    """Mixed into an admin whose rows are only looked at."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ForMoney:
    """Mixed into an admin that only those see who handle money."""

    form = PlainForm

    @admin.display(description=gettext_lazy("surcharge"), ordering="surcharge")
    def surcharged(self, row):
        return money(row.surcharge)

    def has_module_permission(self, request):
        return request.user.has_perm(HANDLE_MONEY)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(HANDLE_MONEY)
