"""Where the book of the provider of card payments and ours differ."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from . import gateways
from .gateways.base import RefundState, RefundStatus
from .models import Payment, Refund

# Between a payment there and its row here lie minutes, or days where everything failed.
LATEST_NEWS = timedelta(days=4)
# What is younger may just be on its way into our book.
FRESH = timedelta(minutes=15)


def differences(since):
    """Where the provider's book and ours differ since a time, as sentences; empty where they agree.

    What is on its way counts as agreed: the next look decides. Raises GatewayDown.
    """
    found, until = [], timezone.now() - FRESH
    for name in gateways.available():
        movements = list(gateways.get(name).movements(since - LATEST_NEWS))
        settled = [movement for movement in movements if _moment(movement) <= until]
        found += filter(None, (_difference(name, movement) for movement in settled))
        found += _unknown_to_provider(name, since, until, movements)
    return found


def _moment(movement):
    return movement.created_at if isinstance(movement, RefundStatus) else movement.paid_at


def _difference(name, movement):
    if isinstance(movement, RefundStatus):
        return _refund_differs(movement)
    payment = Payment.objects.filter(provider=name, provider_reference=movement.payment_id).first()
    facts = {
        "id": movement.payment_id,
        "amount": movement.amount,
        "reference": movement.metadata.get("reference"),
    }
    if payment is None:
        return _("The provider has %(amount)s USD of booking %(reference)s (%(id)s); we have not.") % facts
    if payment.received_amount != movement.amount:
        facts["ours"] = payment.received_amount
        return _("Of %(id)s the provider has %(amount)s USD, we have %(ours)s.") % facts
    return None


def _refund_differs(movement):
    state = _state_of_ours(movement)
    facts = {"id": movement.refund_id, "amount": movement.amount}
    if movement.state == RefundState.FAILED and state == Refund.State.DONE:
        return _("The refund %(id)s of %(amount)s USD failed; we have it as done.") % facts
    if movement.state != RefundState.FAILED and not _is_agreed(movement, state):
        return _("The provider paid %(amount)s USD back (%(id)s); we have not written it down.") % facts
    return None


def _is_agreed(movement, state):
    """Whether ours has gone or is on its way; or is known at all, where the provider's is not done yet."""
    if movement.state == RefundState.DONE:
        return state in (Refund.State.DONE, Refund.State.SENDING)
    return state is not None


def _state_of_ours(movement):
    """The state of our refund, or None; one that is being sent may be known by its key alone."""
    if known := Refund.objects.filter(provider_reference=movement.refund_id).first():
        return known.state
    sending = Refund.objects.filter(state=Refund.State.SENDING).values_list("key", flat=True)
    is_ours = movement.metadata.get("key") in {str(key) for key in sending}
    return Refund.State.SENDING if is_ours else None


def _unknown_to_provider(name, since, until, movements):
    known = {movement.payment_id for movement in movements}
    ours = Payment.objects.filter(provider=name, amount__gt=0, pays_back=None)
    ours = ours.filter(recorded_at__gte=since, recorded_at__lte=until)
    for payment in ours.exclude(provider_reference="").exclude(provider_reference__in=known):
        yield _("We have %(id)s, %(amount)s USD; the provider's list has not.") % {
            "id": payment.provider_reference,
            "amount": payment.received_amount,
        }
