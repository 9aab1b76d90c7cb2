"""What a gateway that takes money online can do, the values that it speaks in and its errors; no models."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _


class SessionState(StrEnum):
    """What became of a payment page. Paid and expired are final."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    EXPIRED = "expired"


class RefundState(StrEnum):
    """What became of a refund. One that is done can still fail days later, when the bank sends it back."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class NoticeKind(StrEnum):
    """What to ask the provider about: `status(session_id)`, `refund_status(refund_id)`, or nothing."""

    SESSION = "session"
    REFUND = "refund"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ChargeRequest:
    """One attempt to pay. A repetition with the same key must say the same in every field.

    `amount` is what the card is charged in USD, surcharge included. `expires_at` is aware and comes from the
    gateway's `session_end()`, kept with the attempt. In `success_url` the gateway puts the session's id for
    {CHECKOUT_SESSION_ID}. `metadata` comes back with the session's status and in the movements.
    """

    key: str
    amount: Decimal
    description: str
    reference: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A payment page at the provider: send the traveler to `url`. It is empty once the page is closed."""

    session_id: str
    url: str
    expires_at: datetime
    state: SessionState


@dataclass(frozen=True, kw_only=True)
class SessionStatus:
    """What the provider knows of a session; `amount` is what was or would be charged, in `currency`.

    `payment_id` is empty and `paid_at` None until something was paid. `metadata` holds, besides what the
    request said, our `key` and `reference`.
    """

    session_id: str
    state: SessionState
    amount: Decimal
    currency: str
    payment_id: str
    metadata: dict[str, str]
    paid_at: datetime | None
    expires_at: datetime
    url: str


@dataclass(frozen=True, kw_only=True)
class RefundStatus:
    """What the provider knows of a refund; `amount` is positive, `metadata["key"]` the key of the asking."""

    refund_id: str
    state: RefundState
    amount: Decimal
    currency: str
    payment_id: str
    metadata: dict[str, str]
    created_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A webhook whose signature is right: a hint to ask about `kind`, whatever the order it comes in.

    `name` is the provider's own word for what happened. Ids that it does not carry are empty.
    """

    event_id: str
    kind: NoticeKind
    name: str
    created: datetime
    session_id: str = ""
    refund_id: str = ""
    payment_id: str = ""


class Gateway(Protocol):
    """A provider of online payments. Every call may raise GatewayDown or GatewayRefused.

    No call belongs inside a lock: each can take as long as its timeouts.
    """

    name: str
    bears_surcharge: bool

    def session_end(self, wanted: datetime, now: datetime) -> datetime:
        """The end nearest to the wanted one that the provider allows; to be kept with the attempt."""

    def start(self, request: ChargeRequest) -> Session:
        """Open a payment page; the same request again is the same page, as it was when it was opened."""

    def status(self, session_id: str) -> SessionStatus:
        """Ask the provider."""

    def expire(self, session_id: str) -> SessionStatus:
        """Close a page so that nobody can pay there. Of one that is paid or closed already, the status."""

    def refund(self, payment_id: str, amount: Decimal, key: str, metadata=None) -> RefundStatus:
        """Send back (a part of) a payment, once for each key, as long as the provider keeps keys: a day."""

    def refund_of(self, payment_id: str, key: str) -> RefundStatus | None:
        """The refund of a payment that was asked for with this key, however long ago; or None."""

    def refund_status(self, refund_id: str) -> RefundStatus:
        """Ask the provider."""

    def movements(self, since: datetime):
        """Yield SessionStatus of what was paid and RefundStatus of what was asked back since then."""

    def read_webhook(self, body: bytes, headers) -> Notice:
        """Verify and read a webhook. Raises BadSignature or BadNotice."""


class GatewayError(Exception):
    """What a gateway could not do. `detail` is for the log, `str()` is a sentence for a person."""

    sentence = _("The card payment did not work.")

    def __init__(self, sentence=None, detail=""):
        super().__init__(sentence or self.sentence)
        self.detail = detail

    def __str__(self):
        return str(self.args[0])


class GatewayDown(GatewayError):
    """No answer, or none that counts: whether it was carried out is unknown. Ask again, with the same key."""

    sentence = _("The card provider does not answer. Please try again in a few minutes.")


class GatewayRefused(GatewayError):
    """The provider said no, and will say it again."""

    sentence = _("The card provider refused this.")


class KeyInUse(GatewayRefused):
    """The key was used for something else: the attempt is to be looked up or begun anew with another key."""


class BadSignature(GatewayError):
    """A webhook that the provider did not sign, or too long ago."""

    sentence = _("The signature is not right.")


class BadNotice(GatewayError):
    """A webhook that is signed but cannot be read."""

    sentence = _("The notice cannot be read.")
