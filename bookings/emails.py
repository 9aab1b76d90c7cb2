"""One function for each message the site writes, to the contact of a booking and to the office."""

from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from treks.models import Operator

from . import gateways, outbox, policy, prices
from .models import Cancellation


def link(booking, again=None):
    """The private address of a booking, because the traveler asked for it; `again` numbers a repetition.

    What went to one e-mail address, or named a private address that was replaced, stands in for no other.
    """
    told = sha256(f"{booking.contact_email.lower()} {booking.key}".encode()).hexdigest()[:16]
    return _to_contact("link", f"{_once('link', booking, again or f'v{booking.version}')} {told}", booking)


def placed(booking, again=None):
    """What was placed and how to pay; `again` numbers a repetition to a corrected address."""
    return _to_contact("placed", _once("placed", booking, again), booking)


def deposit_received(booking, again=None):
    """The money is here and the seats are theirs; `again` numbers a repetition."""
    once = (
        f"confirmed {booking.pk} {booking.version}"
        if again is None
        else f"confirmed {booking.pk} again {again}"
    )
    return _to_contact("deposit_received", once, booking)


def payment_received(booking, payment):
    """Money came for a confirmed booking: what is paid now, and what is still to pay."""
    return _to_contact("payment_received", f"payment {payment.pk}", booking, payment=payment)


def balance_reminder(booking, days):
    """The balance is due in so many days, today (0) or was due (less than 0); told once for each of them."""
    once = f"balance {booking.pk} {booking.balance_due_on:%Y%m%d} {days}"
    return _to_contact("balance_reminder", once, booking, days=days, days_late=-days)


def traveler_cancelled(booking, traveler, kept):
    """One traveler of the party is cancelled; `kept` is what that costs, USD."""
    once = f"traveler cancelled {traveler.pk} {booking.version}"
    too_much = max(prices.paid(booking) - prices.total(booking), 0)
    return _to_contact("traveler_cancelled", once, booking, traveler=traveler, kept=kept, too_much=too_much)


def refunded(booking, payment):
    """Money went back; `payment` is the row that says so, less than nothing."""
    money = {"amount": -payment.amount, "surcharge": -payment.surcharge, "payment": payment}
    return _to_contact("refunded", f"refunded {payment.pk}", booking, **money)


def pay_link(link):
    """Somebody may pay a part of a booking under an address of its own; the link goes to the contact."""
    url = _url(reverse("pay_link", args=[link.key]))
    return _to_contact("pay_link", f"pay link {link.pk}", link.booking, link=link, pay_url=url)


def office_traveler_cancelled(booking, traveler, reason):
    """One traveler of a party is cancelled."""
    once = f"office traveler cancelled {traveler.pk} {booking.version}"
    return _to_office("office_traveler_cancelled", once, booking, traveler=traveler, reason=reason)


def office_refund_proposed(booking, event):
    """Money is to go back: the office decides."""
    once = f"office refund {event.pk}"
    return _to_office("office_refund_proposed", once, booking, amount=event.after, reason=event.reason)


def office_refund_failed(booking, event, *, owed):
    """A refund did not reach its card: what of it is still owed, USD, is to be paid back by hand."""
    once = f"office refund failed {event.pk}"
    what = {"amount": event.before, "reason": event.reason, "owed": owed}
    return _to_office("office_refund_failed", once, booking, **what)


def office_money_differs(day, lines):
    """The books and the provider, or the books and themselves, do not agree; `lines` say where."""
    return _write_to_office("office_money_differs", f"office money {day}", lines=lines)


def lapse_reminder(booking):
    """The last day to pay is tomorrow, or else today; told once for each date until which it is kept."""
    return _to_contact("lapse_reminder", f"lapse {booking.pk} {booking.expires_at:%Y%m%d}", booking)


def late_money(booking, event):
    """The money came when the seats were gone; the truth, and that the office gets in touch."""
    return _to_contact("late_money", f"late {event.pk}", booking)


def cancelled(booking, event, *, by_us=False):
    """The booking is cancelled, by the traveler or by us; what was paid, what of it is kept and goes back."""
    last = Cancellation.objects.filter(booking=booking, traveler=None).last()
    kept = last.kept if last else 0
    money = {"kept": kept, "back": max(prices.paid(booking) - kept, 0)}
    once = f"cancelled {event.pk}"
    return _to_contact("cancelled", once, booking, by_us=by_us, reason=event.reason, **money)


def reinstated(booking, event):
    """The cancelled booking stands again and waits for its money; told once for each time."""
    return _to_contact("reinstated", f"reinstated {event.pk}", booking)


def dates_changed(booking, before):
    """The departure moved to other dates."""
    once = f"dates {booking.pk} {booking.departure.version}"
    return _to_contact("dates_changed", once, booking, before=before)


def office_new_booking(booking):
    """A new booking for the office."""
    return _to_office("office_new_booking", f"office placed {booking.pk}", booking)


def office_transfer_announced(booking):
    """The traveler says the transfer is sent."""
    once = f"office transfer {booking.pk} {booking.version}"
    return _to_office("office_transfer_announced", once, booking)


def office_late_money(booking, event):
    """Money for a booking whose seats are gone: a refund is due."""
    return _to_office("office_late_money", f"office late {event.pk}", booking, reason=event.reason)


def office_cancelled(booking, event, *, owed):
    """A placed booking is cancelled; `owed` is what was paid on it, USD."""
    once = f"office cancelled {event.pk}"
    return _to_office("office_cancelled", once, booking, owed=owed, reason=event.reason)


def office_failed_message(message):
    """A message could not be delivered; never about such a notice itself."""
    if message.kind == "office_failed_message":
        return False
    address = _office_url("outboxmessage", message.pk)
    return _write_to_office(
        "office_failed_message", f"office failed {message.pk}", message=message, address=address
    )


def office_contact_message(contact_message):
    """Somebody wrote through the contact page; an answer goes straight to them."""
    address = _office_url("contactmessage", contact_message.pk)
    return _write_to_office(
        "office_contact_message",
        f"office contact {contact_message.pk}",
        reply_to=contact_message.email,
        message=contact_message,
        address=address,
    )


def _to_contact(kind, once, booking, **context):
    return outbox.write(
        kind,
        once,
        booking.contact_email,
        {**_about(booking), **context},
        booking=booking,
        language=booking.language,
        reply_to=_operator().email,
    )


def _to_office(kind, once, booking, **context):
    context |= _about(booking)
    context["address"] = _office_url("booking", booking.pk)
    return _write_to_office(kind, once, reply_to=booking.contact_email, **context)


def _write_to_office(kind, once, *, reply_to="", **context):
    operator = context.setdefault("operator", _operator())
    booking = context.get("booking")
    language = settings.LANGUAGE_CODE
    return outbox.write(
        kind, once, operator.email, context, booking=booking, language=language, reply_to=reply_to
    )


def _about(booking):
    total = prices.total(booking)
    paid = prices.paid(booking)
    return {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "lines": booking.price_lines.all(),
        "total": total,
        "paid": paid,
        "balance": max(total - paid, 0),
        "to_pay": max((booking.due_now or 0) - paid, 0),
        "later": total - (booking.due_now or 0),
        "card": _card(booking),
        "bands": policy.bands(booking.refund_policy),
        "operator": _operator(),
        "url": _url(booking.get_absolute_url()),
        "terms_url": _url(reverse("terms_version", args=[booking.terms.version])) if booking.terms else "",
    }


def _card(booking):
    """What a card costs on top, in percent, where cards are taken and the booking can still be paid."""
    if not gateways.available() or not booking.is_placed:
        return None
    return {"percent": settings.CARD_SURCHARGE_PERCENT}


def _operator():
    return Operator.objects.first() or Operator(name="Lares Trek", email=settings.DEFAULT_FROM_EMAIL)


def _once(kind, booking, again):
    return f"{kind} {booking.pk}" if again is None else f"{kind} {booking.pk} {again}"


def _url(path):
    return f"{settings.SITE_URL}{path}"


def _office_url(model, pk):
    return _url(f"{reverse('admin:index')}bookings/{model}/{pk}/change/")
