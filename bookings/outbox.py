"""Messages wait here: written in the transaction of what they tell, sent later, retried until they go."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from . import seats
from .models import OutboxMessage

log = logging.getLogger(__name__)

# The tenth failure comes about a day and a half after the first one.
ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=8)


def write(kind, once, to, context, *, booking=None, language="en", reply_to=""):
    """Put a message into the outbox, rendered in its reader's language; returns whether it is new.

    `once` names the occasion, e.g. "placed 17": a second message for it is not written. The templates are
    emails/<kind>.txt, whose first line is the subject, and emails/<kind>.html.
    """
    if not to or OutboxMessage.objects.filter(once=once).exists():
        return False
    with override(language):
        subject, text = render_to_string(f"emails/{kind}.txt", context).strip().split("\n", 1)
        html = render_to_string(f"emails/{kind}.html", {**context, "subject": subject})
    message = {
        "kind": kind,
        "booking": booking,
        "to": to,
        "reply_to": reply_to,
        "language": language,
        "subject": subject.strip()[:200],
        "text": re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n",
        "html": html,
        "send_after": seats.clock(),
    }
    _, created = OutboxMessage.objects.get_or_create(once=once, defaults=message)
    return created


def send_due(limit=100):
    """Send up to `limit` messages whose time has come, one transaction each; returns how many were handled.

    Several workers may run: each message is taken with SKIP LOCKED. It is sent once, or twice only if the
    process dies between the mail server's yes and the commit.
    """
    for handled in range(limit):
        if not _send_next():
            return handled
    return limit


@transaction.atomic
def _send_next():
    now = seats.clock()
    waiting = OutboxMessage.objects.filter(sent_at=None, gave_up_at=None, send_after__lte=now)
    message = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("send_after", "pk").first()
    if message is None:
        return False
    message.attempts += 1
    try:
        _mail(message).send()
    except Exception as error:  # noqa: BLE001 - whatever the mail server or the network says, we try again
        _retry_later(message, now, error)
    else:
        message.sent_at = seats.clock()
        message.last_error = ""
    message.save()
    return True


def _mail(message):
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": f"<outbox-{message.pk}@{settings.SITE_HOST}>"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _retry_later(message, now, error):
    log.warning("Message %s was not sent (attempt %s): %s", message.pk, message.attempts, error)
    message.last_error = f"{type(error).__name__}: {error}"[:2000]
    if message.attempts < ATTEMPTS:
        message.send_after = now + min(timedelta(minutes=2**message.attempts), LONGEST_WAIT)
        return
    message.gave_up_at = now
    from .emails import office_failed_message  # emails builds on this module

    office_failed_message(message)
