"""Stripe's hosted Checkout on the official SDK: the card is typed at Stripe, never here.

Nothing of the SDK leaves this module: answers become the values of `base`, errors its errors.
"""

import json
import logging
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import requests
import stripe
from django.utils.translation import gettext_lazy as _

from . import base
from .base import NoticeKind, RefundState, SessionState

logger = logging.getLogger(__name__)
stripe.enable_telemetry = False

# Seconds to connect and to wait for an answer; with one repetition a page waits half a minute at worst.
TIMEOUTS = (4, 10)
REPETITIONS = 1
# How old a signature may be. A delivery that is repeated for days is signed anew each time.
SIGNATURE_SECONDS = 300
# Stripe's own limits are 30 minutes and 24 hours after the session is made; the margin is for repetitions.
SHORTEST, LONGEST, MARGIN = timedelta(minutes=30), timedelta(hours=24), timedelta(minutes=5)

EXPANDED = ["payment_intent.latest_charge"]
CURRENCY = "usd"
LOCALES = {"en": "en", "es": "es"}
REFUND_STATES = {"succeeded": RefundState.DONE, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}
REFUSED = {
    "resource_missing": _("The card provider does not know it."),
    "charge_already_refunded": _("All of this payment has gone back already."),
    "amount_too_small": _("The amount is too small for a card."),
    "amount_too_large": _("The amount is too large for a card."),
    "email_invalid": _("The card provider does not accept this e-mail address."),
}
MORE_THAN_PAID = _("That is more than is left of this payment.")


class StripeCheckout:
    """The gateway. `api_base` is another address than Stripe's own: the stand-in of development."""

    name = "stripe"
    bears_surcharge = True

    def __init__(self, secret_key, webhook_secret, api_base="", timeouts=TIMEOUTS):
        self.webhook_secret = webhook_secret
        client = stripe.StripeClient(
            secret_key,
            http_client=stripe.RequestsClient(timeout=timeouts, session=direct() if api_base else None),
            base_addresses={"api": api_base} if api_base else {},
            max_network_retries=REPETITIONS,
        )
        self.sessions, self.refunds = client.v1.checkout.sessions, client.v1.refunds

    def session_end(self, wanted, now):
        """Between 35 minutes and 23 hours 55 minutes from now, in whole seconds."""
        end = min(max(wanted, now + SHORTEST + MARGIN), now + LONGEST - MARGIN)
        return end.replace(microsecond=0)

    def start(self, request):
        """Open a page for the card. Raises KeyInUse where the key went with another request before.

        An end that Stripe would not take (a repetition that comes late) is moved to the nearest it takes.
        """
        now = datetime.now(UTC)
        allowed = now + SHORTEST <= request.expires_at <= now + LONGEST
        end = request.expires_at if allowed else self.session_end(request.expires_at, now)
        with asking():
            made = self.sessions.create(session_words(request, end), once("session", request.key)).to_dict()
        return base.Session(
            session_id=made["id"],
            url=made["url"] or "",
            expires_at=moment(made["expires_at"]),
            state=session_state(made),
        )

    def status(self, session_id):
        """What became of a session."""
        with asking():
            return session_status(self.sessions.retrieve(session_id, {"expand": EXPANDED}).to_dict())

    def expire(self, session_id):
        """Close an open page. One that is paid or closed is left as it is, and its status told."""
        try:
            with asking():
                return session_status(self.sessions.expire(session_id, {"expand": EXPANDED}).to_dict())
        except base.GatewayRefused:
            known = self.status(session_id)
            if known.state == SessionState.OPEN:
                raise
            return known

    def refund(self, payment_id, amount, key, metadata=None):
        """Send back `amount` USD of a payment. Raises GatewayRefused where less is left of it."""
        words = {
            "payment_intent": payment_id,
            "amount": cents(amount),
            "metadata": (metadata or {}) | {"key": key},
        }
        with asking():
            return refund_status(self.refunds.create(words, once("refund", key)).to_dict())

    def refund_of(self, payment_id, key):
        """The refund of a payment with this key among its metadata, or None."""
        with asking():
            asked = self.refunds.list({"payment_intent": payment_id, "limit": 100})
            found = (refund_status(refund.to_dict()) for refund in asked.auto_paging_iter())
            return next((status for status in found if status.metadata.get("key") == key), None)

    def refund_status(self, refund_id):
        """What became of a refund."""
        with asking():
            return refund_status(self.refunds.retrieve(refund_id).to_dict())

    def movements(self, since):
        """Sessions paid since then, newest first, then refunds asked since then, newest first.

        A refund that was asked earlier and failed since is not among them: ask its `refund_status`.
        """
        since = since.replace(microsecond=0)  # Stripe's moments have no parts of a second
        with asking():
            # A session is paid at most a day after it was made, and the list knows only when it was made.
            made = {"created": {"gte": int((since - LONGEST).timestamp())}, "limit": 100}
            complete = made | {"status": "complete", "expand": [f"data.{path}" for path in EXPANDED]}
            for session in self.sessions.list(complete).auto_paging_iter():
                status = session_status(session.to_dict())
                if status.paid_at and status.paid_at >= since:
                    yield status
            asked = {"created": {"gte": int(since.timestamp())}, "limit": 100}
            for refund in self.refunds.list(asked).auto_paging_iter():
                yield refund_status(refund.to_dict())

    def read_webhook(self, body, headers):
        """Check the signature and say what the notice is about.

        The signature may be five minutes old, the event itself days: Stripe signs each repetition anew.
        """
        try:
            signature = headers.get("Stripe-Signature")
            stripe.WebhookSignature.verify_header(body, signature, self.webhook_secret, SIGNATURE_SECONDS)
        except (stripe.SignatureVerificationError, UnicodeDecodeError, TypeError) as error:
            raise base.BadSignature(detail=type(error).__name__) from error
        try:
            return notice(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise base.BadNotice(detail=type(error).__name__) from error


def direct():
    """Connections to this machine, which no proxy of the environment may take elsewhere."""
    session = requests.Session()
    session.trust_env = False
    return session


@contextmanager
def asking():
    """The SDK's errors as ours. An answer of 5xx or none leaves open whether it was carried out."""
    try:
        yield
    except stripe.IdempotencyError as error:
        raise base.KeyInUse(detail=str(error)) from error
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        sentence = REFUSED.get(error.code) or (MORE_THAN_PAID if error.param == "amount" else None)
        raise base.GatewayRefused(sentence, detail=str(error)) from error
    except stripe.StripeError as error:
        # A wrong key comes here too: it is mended by people, and nothing that was asked is refused for good.
        logger.warning("Stripe: %s, status %s", type(error).__name__, error.http_status)
        raise base.GatewayDown(detail=str(error)) from error


def once(kind, key):
    """The option that makes a repetition the same call; what kind it is keeps one key apart from another."""
    return {"idempotency_key": f"{kind}-{key}"}


def cents(amount):
    """A Decimal of dollars as Stripe's whole cents. Raises ValueError where it has parts of a cent."""
    whole = int(amount * 100)
    if whole != amount * 100:
        raise ValueError(f"{amount} has parts of a cent")
    return whole


def dollars(whole):
    """Stripe's whole cents as a Decimal with two places."""
    return Decimal(whole).scaleb(-2)


def moment(seconds):
    """Stripe's seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def session_words(request, end):
    """A request in Stripe's words. Cards only, so that nothing is paid days after the page was closed."""
    metadata = request.metadata | {"key": request.key, "reference": request.reference}
    price = {"currency": CURRENCY, "unit_amount": cents(request.amount)}
    words = {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [
            {"quantity": 1, "price_data": price | {"product_data": {"name": request.description}}},
        ],
        "client_reference_id": request.reference,
        "locale": LOCALES.get(request.language, "auto"),
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(end.timestamp()),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": request.description},
    }
    return words | ({"customer_email": request.email} if request.email else {})


def session_state(session):
    """Ours of Stripe's two words. Complete but unpaid is on its way, or has failed on it."""
    if session["payment_status"] == "paid":
        return SessionState.PAID
    if session["status"] != "complete":
        return SessionState(session["status"])
    intent = session["payment_intent"]
    failed = isinstance(intent, dict) and intent["status"] in {"requires_payment_method", "canceled"}
    return SessionState.EXPIRED if failed else SessionState.PROCESSING


def session_status(session):
    """A session with its payment, as a dict, in our words."""
    intent = session["payment_intent"]
    intent = intent if isinstance(intent, dict) else {"id": intent or "", "latest_charge": None}
    state = session_state(session)
    paid = moment(intent["latest_charge"]["created"]) if state == SessionState.PAID else None
    return base.SessionStatus(
        session_id=session["id"],
        state=state,
        amount=dollars(session["amount_total"]),
        currency=session["currency"].upper(),
        payment_id=intent["id"] if paid else "",
        metadata=session["metadata"] or {},
        paid_at=paid,
        expires_at=moment(session["expires_at"]),
        url=session["url"] or "",
    )


def refund_status(refund):
    """A refund, as a dict, in our words."""
    return base.RefundStatus(
        refund_id=refund["id"],
        state=REFUND_STATES.get(refund["status"], RefundState.PENDING),
        amount=dollars(refund["amount"]),
        currency=refund["currency"].upper(),
        payment_id=refund["payment_intent"] or "",
        metadata=refund["metadata"] or {},
        created_at=moment(refund["created"]),
        reason=refund.get("failure_reason") or "",
    )


def notice(event):
    """An event in our words."""
    subject = event["data"]["object"]
    kinds = {"checkout.session": NoticeKind.SESSION, "refund": NoticeKind.REFUND}
    kind = kinds.get(subject["object"], NoticeKind.OTHER)
    return base.Notice(
        event_id=event["id"],
        kind=kind,
        name=event["type"],
        created=moment(event["created"]),
        session_id=subject["id"] if kind == NoticeKind.SESSION else "",
        refund_id=subject["id"] if kind == NoticeKind.REFUND else "",
        payment_id=subject["id"] if subject["object"] == "payment_intent" else payment_of(subject),
    )


def payment_of(subject):
    """The id of the payment that something belongs to; empty where it has none (yet)."""
    intent = subject.get("payment_intent") or ""
    return intent["id"] if isinstance(intent, dict) else intent
