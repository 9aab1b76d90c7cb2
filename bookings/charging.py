"""Speaking with the provider of card payments: always outside of locks, always written down by verbs.

Every step may be repeated: what is asked carries the key of its row, and what is heard is written down once.
Where a provider does not answer nothing is lost; `work` asks again.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import gateways, lifecycle, seats
from .gateways.base import (
    ChargeRequest,
    GatewayDown,
    GatewayRefused,
    KeyInUse,
    RefundState,
    SessionState,
)
from .gateways.surcharges import surcharge
from .models import Booking, PaymentAttempt, ProviderNotice, Refund, takes_seats

log = logging.getLogger(__name__)

State = PaymentAttempt.State
# A notice that could not be dealt with so often is left for a person; the reconciliation asks all the same.
NOTICE_ATTEMPTS = 20
# Providers keep a key for a day at least: an older one does not keep a refund from going twice.
KEY_IS_YOUNG = timedelta(hours=20)
# The database is away: nothing can be done about any row.
AWAY = (OperationalError, InterfaceError)


def start(booking, amount, *, by=lifecycle.TRAVELER, pay_link=None):
    """Open the provider's page for `amount` USD; returns the PaymentAttempt with its `url`.

    Raises what `lifecycle.start_card` raises, GatewayDown (try again: it is the same attempt),
    GatewayRefused.
    """
    gateway = gateways.get(gateways.available()[0])
    attempt = lifecycle.start_card(
        booking.pk, amount, gateway.name, surcharge=surcharge(amount, gateway.name), by=by, pay_link=pay_link
    )
    if attempt.session:
        return attempt
    try:
        session = gateway.start(_request(attempt))
    except KeyInUse:
        lifecycle.note_unpaid(attempt.pk, is_over=True)
        raise
    return lifecycle.note_session(attempt.pk, session.session_id, session.url)


def _request(attempt):
    booking, link = attempt.booking, attempt.pay_link
    back = reverse("pay_link", args=[link.key]) if link else booking.get_absolute_url()
    done = reverse("pay_link_done", args=[link.key]) if link else reverse("booking_paid", args=[booking.key])
    with override(booking.language):
        words = _("Booking %(reference)s, %(departure)s") % {
            "reference": booking.reference,
            "departure": booking.departure,
        }
    return ChargeRequest(
        key=str(attempt.key),
        amount=attempt.charged,
        description=words,
        reference=booking.reference,
        email="" if link else booking.contact_email,
        language=booking.language,
        success_url=f"{settings.SITE_URL}{done}",
        cancel_url=f"{settings.SITE_URL}{back}",
        expires_at=attempt.expires_at,
    )


def ask(attempt):
    """Ask the provider what became of an attempt and write it down. Raises GatewayDown."""
    if not attempt.session:
        return _without_page(attempt)
    return _heard(attempt, gateways.get(attempt.gateway).status(attempt.session))


def close(attempt):
    """Close the page of an attempt, so that nobody pays there; what was paid before counts."""
    if not attempt.session:
        return _without_page(attempt)
    return _heard(attempt, gateways.get(attempt.gateway).expire(attempt.session))


def _without_page(attempt):
    """No page is known: nobody was led to one, so that nothing can have been paid. It ends with its time."""
    return lifecycle.note_unpaid(attempt.pk, is_over=attempt.expires_at <= seats.clock())


def _heard(attempt, status):
    if status.state == SessionState.PAID:
        return lifecycle.note_paid(attempt.pk, charged=status.amount, reference=status.payment_id)
    return lifecycle.note_unpaid(attempt.pk, is_over=status.state == SessionState.EXPIRED)


def ask_about(booking):
    """Ask about every open attempt of a booking, as when somebody comes back from it. Raises GatewayDown."""
    for attempt in booking.attempts.filter(state=State.OPEN).order_by("pk"):
        ask(attempt)


def reconcile():
    """Ask about every open attempt, and close the pages of bookings that are over; returns how many answered.

    Runs each minute, long before the seats of a started payment are given away.
    """
    live = Booking.objects.filter(takes_seats(seats.clock()))
    attempts = PaymentAttempt.objects.filter(state=State.OPEN).select_related("booking").order_by("pk")
    alive = set(attempts.filter(booking__in=live).values_list("pk", flat=True))
    return sum(_try(ask if attempt.pk in alive else close, attempt) for attempt in attempts)


def send_refunds():
    """Send what the office approved, and ask about what is on its way; returns how many were heard of."""
    rows = Refund.objects.filter(state=Refund.State.SENDING).select_related("payment").order_by("pk")
    return sum(_try(send_refund, refund) for refund in rows)


def send_refund(refund):
    """Send one refund, or ask about it. The provider's no to sending is a failure the office is told of."""
    gateway = gateways.get(refund.payment.provider)
    if status := _sent_already(gateway, refund):
        return _heard_of_refund(refund, status)
    amount = refund.amount + refund.surcharge
    try:
        status = gateway.refund(refund.payment.provider_reference, amount, str(refund.key))
    except GatewayRefused as refused:
        return lifecycle.note_refund(refund.pk, error=str(refused))
    return _heard_of_refund(refund, status)


def _sent_already(gateway, refund):
    """What the provider knows of a refund, or None where its key alone keeps it from going twice."""
    if refund.provider_reference:
        return gateway.refund_status(refund.provider_reference)
    if refund.decided_at < seats.clock() - KEY_IS_YOUNG:
        return gateway.refund_of(refund.payment.provider_reference, str(refund.key))
    return None


def ask_about_gone(age):
    """Ask about the refunds that went in so long a time: a bank may send one back. How many answered."""
    since = seats.clock() - age
    rows = Refund.objects.filter(state=Refund.State.DONE, done_at__gte=since).exclude(provider_reference="")
    return sum(_try(send_refund, refund) for refund in rows.select_related("payment").order_by("pk"))


def _heard_of_refund(refund, status):
    error = status.reason or _("The bank refused it.")
    return lifecycle.note_refund(
        refund.pk,
        reference=status.refund_id,
        is_done=status.state == RefundState.DONE,
        error=error if status.state == RefundState.FAILED else "",
    )


def keep_notice(gateway_name, body, headers):
    """Verify a webhook and keep it, before anything is done about it; the same event again is the same row.

    Raises BadSignature, BadNotice.
    """
    notice = gateways.get(gateway_name).read_webhook(body, headers)
    row, _created = ProviderNotice.objects.get_or_create(
        gateway=gateway_name,
        event=notice.event_id,
        defaults={
            "kind": notice.name[:80],
            "about": notice.session_id or notice.refund_id or notice.payment_id,
            "body": body.decode(),
        },
    )
    return row


def handle_notices():
    """Deal with the notices that wait; returns how many were dealt with."""
    waiting = ProviderNotice.objects.filter(handled_at=None, attempts__lt=NOTICE_ATTEMPTS)
    return sum(handle(notice) for notice in waiting.order_by("pk"))


def handle(notice):
    """Ask the provider about what a notice names, whatever its order and age; returns whether that was done.

    Notices about what is not ours are done at once. A provider that does not answer is asked without end.
    """
    try:
        _ask_about_named(notice)
    except AWAY:
        raise
    except Exception as error:
        if not isinstance(error, (GatewayDown, GatewayRefused, lifecycle.Refused)):
            log.exception("The notice %s could not be dealt with.", notice.pk)
        notice.attempts += not isinstance(error, GatewayDown)
        notice.last_error = f"{type(error).__name__}: {error}"[:2000]
        notice.save(update_fields=["attempts", "last_error"])
        return False
    notice.handled_at = seats.clock()
    notice.save(update_fields=["handled_at"])
    return True


def _ask_about_named(notice):
    if not notice.about:
        return
    for attempt in PaymentAttempt.objects.filter(gateway=notice.gateway, session=notice.about):
        ask(attempt)
    for refund in Refund.objects.filter(provider_reference=notice.about).select_related("payment"):
        _heard_of_refund(refund, gateways.get(notice.gateway).refund_status(notice.about))


def _try(act, row):
    """Do it for one row; what fails is logged, holds up no other and comes again in the next round."""
    try:
        act(row)
    except AWAY:
        raise
    except (GatewayDown, GatewayRefused, lifecycle.Refused) as error:
        log.warning("%s of %s: %s", act.__name__, row.pk, error)
    except gateways.NotConfigured:
        log.warning("The provider of %s is not configured any more.", row.pk)
    except Exception:
        log.exception("%s of %s failed.", act.__name__, row.pk)
    else:
        return True
    return False
