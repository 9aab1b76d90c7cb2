"""What happens to money at the stand-in: pages open, are paid or close, money goes back; under the lock."""

from .books import new_id, now


def open_session(books, address, words):
    """A session, open, from what was asked in Stripe's words."""
    price = words["line_items"][0]["price_data"]
    amount = int(price["unit_amount"]) * int(words["line_items"][0].get("quantity", 1))
    key = new_id("cs_test")
    session = {
        "id": key,
        "object": "checkout.session",
        "mode": "payment",
        "status": "open",
        "payment_status": "unpaid",
        "payment_intent": None,
        "amount_subtotal": amount,
        "amount_total": amount,
        "currency": price["currency"],
        "created": now(),
        "expires_at": int(words["expires_at"]),
        "url": f"{address}/pay/{key}",
        "livemode": False,
        "metadata": words.get("metadata", {}),
        "_name": price["product_data"]["name"],
        "_intent": words.get("payment_intent_data", {}),
    }
    for name in ("success_url", "cancel_url", "client_reference_id", "customer_email", "locale"):
        session[name] = words.get(name)
    session["payment_method_types"] = words.get("payment_method_types", ["card"])
    books.sessions[key] = session
    return session


def decline(books, session):
    """The card is refused; the page stays open for another."""
    payment = _payment(books, session)
    payment |= {"status": "requires_payment_method", "last_payment_error": {"code": "card_declined"}}
    books.note("payment_intent.payment_failed", payment)
    books.write()


def pay(books, session, later=False):
    """The card is charged; `later` is money that is on its way (`clear` or `bounce` end that)."""
    payment = _payment(books, session)
    session |= {"status": "complete", "url": None, "payment_intent": payment["id"]}
    if later:
        payment["status"] = "processing"
    else:
        _charge(books, session, payment)
    books.note("checkout.session.completed", session)
    books.write()


def clear(books, session):
    """Money that was on its way has come."""
    _charge(books, session, books.payments[session["payment_intent"]])
    books.note("checkout.session.async_payment_succeeded", session)
    books.write()


def bounce(books, session):
    """Money that was on its way never comes."""
    books.payments[session["payment_intent"]]["status"] = "requires_payment_method"
    books.note("checkout.session.async_payment_failed", session)
    books.write()


def _payment(books, session):
    if session["_intent"].get("id"):
        return books.payments[session["_intent"]["id"]]
    payment = {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_received": 0,
        "currency": session["currency"],
        "created": now(),
        "status": "requires_payment_method",
        "latest_charge": None,
        "last_payment_error": None,
        "description": session["_intent"].get("description"),
        "metadata": session["_intent"].get("metadata", {}),
        "livemode": False,
    }
    session["_intent"]["id"] = payment["id"]
    books.payments[payment["id"]] = payment
    return payment


def _charge(books, session, payment):
    charge = {
        "id": new_id("ch"),
        "object": "charge",
        "amount": payment["amount"],
        "amount_refunded": 0,
        "currency": payment["currency"],
        "created": now(),
        "paid": True,
        "payment_intent": payment["id"],
        "refunded": False,
        "status": "succeeded",
    }
    books.charges[charge["id"]] = charge
    payment |= {"status": "succeeded", "amount_received": payment["amount"], "latest_charge": charge["id"]}
    payment["last_payment_error"] = None
    session["payment_status"] = "paid"


def refund(books, payment, amount, metadata, wait):
    """Money goes back; with `wait` it is under way until `end_refund`."""
    charge = books.charges[payment["latest_charge"]]
    row = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": charge["id"],
        "created": now(),
        "currency": payment["currency"],
        "metadata": metadata,
        "payment_intent": payment["id"],
        "status": "pending" if wait else "succeeded",
    }
    books.refunds[row["id"]] = row
    _count_refunded(charge, amount)
    books.note("refund.created", row)
    return row


def end_refund(books, row, failed):
    """A refund under way is done; or any refund fails, also one that was done: the bank sends it back."""
    if row["status"] == "failed" or (row["status"] == "succeeded" and not failed):
        return
    row["status"] = "failed" if failed else "succeeded"
    if failed:
        row["failure_reason"] = "lost_or_stolen_card"
        _count_refunded(books.charges[row["charge"]], -row["amount"])
        books.note("refund.failed", row)
    books.note("refund.updated", row)
    books.write()


def _count_refunded(charge, amount):
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
