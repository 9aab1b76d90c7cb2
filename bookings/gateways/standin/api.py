"""The part of Stripe's API that the site calls, with Stripe's checks and in its words for what is wrong."""

import json
import re
import time

from . import acts
from .books import shown

SHORTEST, LONGEST, GRACE = 30 * 60, 24 * 3600, 5
SMALLEST, LARGEST = 50, 99_999_999
PAGE = 10
# So long the answer to a key is known; then the key is a new one.
KEY_KEPT = 24 * 3600
SESSION_WORDS = set(
    "mode payment_method_types line_items client_reference_id locale success_url cancel_url expires_at"
    " metadata payment_intent_data customer_email expand".split()
)
REFUND_WORDS = {"payment_intent", "amount", "metadata", "reason", "expand"}


class Refused(Exception):
    """An error as Stripe tells it."""

    def __init__(self, message, status=400, kind="invalid_request_error", **more):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


def answer(provider, method, path, words, key=None):
    """The status and the body for a call; the same for the same key, whoever asks meanwhile."""
    with provider.books.lock:
        if method != "POST" or not key:
            return _carried_out(provider, method, path, words)
        asked = json.dumps([path, words], sort_keys=True)
        before = provider.books.answers.get(key)
        if before and before.get("at", 0) < time.time() - KEY_KEPT:
            before = None
        if before and before["asked"] != asked:
            return _refusal(
                Refused(
                    "Keys for idempotent requests can only be used with the same parameters they were first"
                    f" used with. Try another key than '{key}' if you meant a different request.",
                    kind="idempotency_error",
                )
            )
        if not before:
            status, body = _carried_out(provider, method, path, words)
            before = {"asked": asked, "at": time.time(), "status": status, "body": body}
            if status == 200:  # what was refused for its form may be asked again
                provider.books.answers[key] = before
                provider.books.write()
        return before["status"], before["body"]


def _carried_out(provider, method, path, words):
    for asked, pattern, view in ROUTES:
        if asked == method and (found := re.fullmatch(pattern, path)):
            try:
                return 200, _expanded(provider.books, view(provider, words, *found.groups()), words)
            except Refused as refused:
                return _refusal(refused)
    return _refusal(Refused(f"Unrecognized request URL ({method}: {path}).", 404))


def _refusal(refused):
    return refused.status, refused.body


def create_session(provider, words):
    """POST /v1/checkout/sessions"""
    _know(words, SESSION_WORDS)
    if words.get("mode") != "payment":
        raise Refused("The stand-in knows the mode payment only.", param="mode")
    if not words.get("success_url"):
        raise Refused("Missing required param: success_url.", param="success_url", code="parameter_missing")
    if "customer_email" in words and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", words["customer_email"]):
        raise Refused("Invalid email address.", param="customer_email", code="email_invalid")
    cents = _whole(words["line_items"][0]["price_data"]["unit_amount"], "line_items[0]")
    if cents < SMALLEST:
        raise Refused("The total amount due must add up to at least $0.50 usd", code="amount_too_small")
    if cents > LARGEST:
        raise Refused("The total amount must be no more than $999,999.99 usd", code="amount_too_large")
    left = _whole(words.get("expires_at", 0), "expires_at") - time.time()
    if not SHORTEST - GRACE <= left <= LONGEST + GRACE:
        raise Refused(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours after Session creation.",
            param="expires_at",
        )
    return acts.open_session(provider.books, provider.address, words)


def list_sessions(provider, words):
    """GET /v1/checkout/sessions"""
    provider.books.close_ended()
    sessions = provider.books.sessions.values()
    if "status" in words:
        sessions = [session for session in sessions if session["status"] == words["status"]]
    return _page(provider.books.sessions, sessions, words, "/v1/checkout/sessions")


def get_session(provider, words, key):
    """GET /v1/checkout/sessions/…"""
    return _found(provider, "sessions", key, "checkout.session")


def expire_session(provider, words, key):
    """POST /v1/checkout/sessions/…/expire"""
    session = get_session(provider, words, key)
    if session["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired.'
            f" This Checkout Session has a status of {session['status']}."
        )
    provider.books.close(session)
    return session


def get_payment(provider, words, key):
    """GET /v1/payment_intents/…"""
    return _found(provider, "payments", key, "payment_intent")


def create_refund(provider, words):
    """POST /v1/refunds"""
    _know(words, REFUND_WORDS)
    payment = get_payment(provider, words, words.get("payment_intent"))
    if payment["status"] != "succeeded":
        raise Refused("This PaymentIntent does not have a successful charge to refund.")
    charge = provider.books.charges[payment["latest_charge"]]
    left = charge["amount"] - charge["amount_refunded"]
    amount = _whole(words.get("amount", left), "amount")
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        raise Refused(f"Refund amount ({amount}) is not in 1 … unrefunded amount ({left}).", param="amount")
    return acts.refund(provider.books, payment, amount, words.get("metadata", {}), wait=provider.refunds_wait)


def list_refunds(provider, words):
    """GET /v1/refunds"""
    refunds = provider.books.refunds.values()
    if "payment_intent" in words:
        refunds = [refund for refund in refunds if refund["payment_intent"] == words["payment_intent"]]
    return _page(provider.books.refunds, refunds, words, "/v1/refunds")


def get_refund(provider, words, key):
    """GET /v1/refunds/…"""
    return _found(provider, "refunds", key, "refund")


ROUTES = [
    ("POST", r"/v1/checkout/sessions", create_session),
    ("GET", r"/v1/checkout/sessions", list_sessions),
    ("GET", r"/v1/checkout/sessions/(\w+)", get_session),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", expire_session),
    ("GET", r"/v1/payment_intents/(\w+)", get_payment),
    ("POST", r"/v1/refunds", create_refund),
    ("GET", r"/v1/refunds", list_refunds),
    ("GET", r"/v1/refunds/(\w+)", get_refund),
]


def _know(words, known):
    for word in words:
        if word not in known:
            raise Refused(f"Received unknown parameter: {word}", param=word, code="parameter_unknown")


def _whole(text, param):
    if not re.fullmatch(r"-?\d{1,18}", str(text)):
        raise Refused(f"Invalid integer: {text}", param=param, code="parameter_invalid_integer")
    return int(text)


def _found(provider, shelf, key, kind):
    row = provider.books.find(shelf, key)
    if row is None:
        raise Refused(f"No such {kind}: '{key}'", 404, code="resource_missing", param="id")
    return row


def _page(shelf, rows, words, url):
    """A list, newest first, as many as asked, after the one that is named."""
    since = _whole(words.get("created", {}).get("gte", 0), "created")
    rows = [row for row in reversed(list(rows)) if row["created"] >= since]
    if after := words.get("starting_after"):
        ids = [row["id"] for row in rows]
        rows = rows[ids.index(after) + 1 :] if after in ids else []
    limit = min(_whole(words.get("limit", PAGE), "limit"), 100)
    return {"object": "list", "data": rows[:limit], "has_more": len(rows) > limit, "url": url}


def _expanded(books, row, words):
    """The row as it is shown, with the rows that `expand` names in place of their ids."""
    if row["object"] == "list":
        paths = [path.removeprefix("data.") for path in words.get("expand", [])]
        return row | {"data": [_expanded(books, each, {"expand": paths}) for each in row["data"]]}
    row = shown(row)
    for path in words.get("expand", []):
        _expand(books, row, path.split("."))
    return row


def _expand(books, row, names):
    shelf = {"payment_intent": books.payments, "latest_charge": books.charges}[names[0]]
    if isinstance(row[names[0]], str):
        row[names[0]] = shown(shelf[row[names[0]]])
    if names[1:] and row[names[0]]:
        _expand(books, row[names[0]], names[1:])


def nested(pairs):
    """[("a[b][0]", "c")] as {"a": {"b": ["c"]}}: how the SDK writes dicts and lists into a form."""
    tree = {}
    for name, value in pairs:
        first, *rest = re.findall(r"[^\[\]]+", name)
        at = tree
        for step, following in zip([first, *rest], [*rest, None], strict=True):
            at = at.setdefault(step, {} if following else value)
    return _lists(tree)


def _lists(tree):
    if not isinstance(tree, dict):
        return tree
    if tree and all(name.isdigit() for name in tree):
        return [_lists(value) for value in tree.values()]
    return {name: _lists(value) for name, value in tree.items()}
