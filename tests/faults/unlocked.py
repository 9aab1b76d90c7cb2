"""The control: the same verb with its lock switched off and the moment between look and insert widened."""

import time

from bookings.lifecycle import holding
from bookings.models import Departure

PAUSE_SECONDS = 0.05


def switch_off_locks():
    """From now on in this process `hold` counts without holding anything still."""
    look = holding.refuse_without_seats

    def look_and_dawdle(*args, **kwargs):
        look(*args, **kwargs)
        time.sleep(PAUSE_SECONDS)

    holding.lock_departure = lambda pk: Departure.objects.select_related("trek").get(pk=pk)
    holding.refuse_without_seats = look_and_dawdle
