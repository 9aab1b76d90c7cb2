"""A process that sends what is due, as often as it is told to: python -m faults.worker."""

import django

django.setup()

from bookings import outbox  # noqa: E402 - needs the applications to be loaded

outbox.send_due()
