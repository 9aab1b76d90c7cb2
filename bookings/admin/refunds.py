"""Refunds in the office: proposed by the rules, decided by people, sent or paid back by hand."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.forms.money import ByHandForm, DropForm
from bookings.forms.office import ConfirmForm
from bookings.models import Refund
from lares.admin import PlainForms
from lares.templatetags.formats import money

from .acts import HANDLE_MONEY, Act, ActedRecord, ForMoney, NothingChanges
from .payments import booking_link

State = Refund.State
SUMMARY = "admin/bookings/refund/_summary.html"
KINDS = {
    State.PROPOSED: "needs",
    State.SENDING: "full",
    State.DONE: "guaranteed",
    State.FAILED: "owed",
    State.DROPPED: "closed",
}


def approve(refund, form, by):
    """Let it go back to the card."""
    lifecycle.approve_refund(refund.pk, by=by)
    return _("%(amount)s is on its way to the card.") % {"amount": money(refund.amount + refund.surcharge)}


def by_hand(refund, form, by):
    """People paid it back."""
    lifecycle.pay_back_by_hand(refund.pk, by=by, **form.visible())
    return _("Recorded: %(amount)s went back.") % {"amount": money(refund.amount + refund.surcharge)}


def drop(refund, form, by):
    """It is not paid."""
    lifecycle.drop_refund(refund.pk, by=by, reason=form.cleaned_data["reason"])
    return _("It is not paid back.")


def is_undecided(refund):
    """Whether somebody still has to decide."""
    return refund.state == State.PROPOSED


ACTS = (
    Act(
        "approve",
        gettext_lazy("Send it to the card"),
        ConfirmForm,
        approve,
        HANDLE_MONEY,
        is_offered=lambda refund: is_undecided(refund) and refund.payment_id is not None,
        intro=gettext_lazy("It goes back the way it came, within a minute. Banks show it after some days."),
        preview=SUMMARY,
    ),
    Act(
        "by-hand",
        gettext_lazy("It was paid back by hand"),
        ByHandForm,
        by_hand,
        HANDLE_MONEY,
        is_offered=is_undecided,
        intro=gettext_lazy("Pay first, then record it here. The contact is told."),
        preview=SUMMARY,
    ),
    Act(
        "drop",
        gettext_lazy("It is not paid"),
        DropForm,
        drop,
        HANDLE_MONEY,
        is_offered=is_undecided,
        preview=SUMMARY,
        is_grave=True,
    ),
)


def acts_for(user, refund):
    """What this person can do to a refund, as (act, address)."""
    return [
        (act, reverse(f"admin:bookings_refund_{act.name}", args=[refund.pk]))
        for act in ACTS
        if user.has_perm(act.permission) and act.is_offered(refund)
    ]


@admin.register(Refund)
class RefundAdmin(ForMoney, NothingChanges, PlainForms, ActedRecord, admin.ModelAdmin):
    """Every refund with its state; those to decide first."""

    acts = ACTS
    list_display = ["proposed", "booking_of", "counted", "how", "how_it_stands", "why", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["booking", "payment", "decided_by"]
    list_per_page = 100
    ordering = ["-made_at", "-pk"]
    search_fields = ["booking__reference", "booking__contact_name", "provider_reference"]
    search_help_text = gettext_lazy("Booking or reference.")
    fields = [
        ("proposed", "booking_of", "why"),
        ("counted", "surcharged", "how"),
        ("how_it_stands", "decided_at", "decided_by", "done_at"),
        ("provider_reference", "last_error"),
    ]
    readonly_fields = ["proposed", "booking_of", "counted", "surcharged", "how", "how_it_stands", "why"]

    def lock(self, pk):
        booking = lifecycle.locks.lock_booking(Refund.objects.values_list("booking_id", flat=True).get(pk=pk))
        refund = Refund.objects.select_related("payment").get(pk=pk)
        refund.booking = booking
        return refund

    def back_to(self, record):
        return reverse("admin:bookings_booking_change", args=[record.booking_id])

    @admin.display(description=gettext_lazy("proposed"), ordering="made_at")
    def proposed(self, refund):
        return date_format(timezone.localtime(refund.made_at), "D j M Y, H:i")

    @admin.display(description=gettext_lazy("booking"), ordering="booking__reference")
    def booking_of(self, refund):
        return booking_link(refund.booking)

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def counted(self, refund):
        return money(refund.amount)

    @admin.display(description=gettext_lazy("goes back"))
    def how(self, refund):
        return _("to the card") if refund.payment_id else _("by hand")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def how_it_stands(self, refund):
        words = refund.get_state_display()
        return format_html('<span class="state {}">{}</span>', KINDS[refund.state], words)

    @admin.display(description=gettext_lazy("why"))
    def why(self, refund):
        return refund.reason
