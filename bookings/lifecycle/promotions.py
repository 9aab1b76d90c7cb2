"""Promotion codes: counted under the promotion's lock, so that a limit is never passed."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import prices, seats
from bookings.models import Booking, BookingEvent, Promotion, takes_seats

from .actors import TRAVELER, log
from .errors import Lapsed, Refused, WrongStatus
from .locks import lock_booking, save, verb


class NoSuchPromotion(Refused):
    """The code is unknown, for another trek, over, or used up."""

    def __init__(self):
        super().__init__(_("This code is not valid for this trek, or it is used up."))


@verb
def use_promotion(booking_id, code, *, by=TRAVELER):
    """Put a promotion on a hold, or take it off with an empty code. Raises NoSuchPromotion, Lapsed, Busy."""
    booking = lock_booking(booking_id)
    now = seats.clock()
    if booking.status != Booking.Status.ON_HOLD:
        raise WrongStatus
    if booking.has_lapsed(now):
        raise Lapsed
    code = code.strip().upper()
    before = booking.promotion.code if booking.promotion else ""
    if code == before:
        return booking
    booking.promotion = _open_promotion(booking, code, now) if code else None
    # What was typed as a code and not used yet has had its turn.
    booking.drafts.get("review", {}).pop("code", None)
    save(booking, "promotion", "drafts")
    prices.write_lines(booking)
    log(booking, BookingEvent.Kind.PROMOTION_CHANGED, by, now, before=before, after=code)
    return booking


def promotion_today(booking, now, *, lock=False):
    """The promotion of a lapsed hold if it could be used at `now`, else None."""
    if booking.promotion is None:
        return None
    try:
        return _open_promotion(booking, booking.promotion.code, now, lock=lock)
    except NoSuchPromotion:
        return None


def _open_promotion(booking, code, now, *, lock=True):
    promotions = Promotion.objects.filter(code=code)
    if lock:
        promotions = promotions.select_for_update(no_key=True)
    promotion = promotions.first()
    if promotion is None or not promotion.is_open(booking.departure.trek, timezone.localdate(now)):
        raise NoSuchPromotion
    if _is_used_up(promotion, now, besides=booking):
        raise NoSuchPromotion
    return promotion


def refuse_used_up(booking, now):
    """A booking that comes back uses its code again; the promotion must be locked. Raises Refused."""
    promotion = booking.promotion
    if promotion is not None and _is_used_up(promotion, now, besides=booking):
        said = _("The promotion %(code)s is used up: raise its limit first.")
        raise Refused(said % {"code": promotion.code})


def _is_used_up(promotion, now, besides):
    return promotion.limit is not None and _used(promotion, now, besides) >= promotion.limit


def _used(promotion, now, besides):
    """How many bookings count: those that have their seats, and those that late money may still confirm."""
    waiting = Q(status=Booking.Status.PENDING)
    return promotion.bookings.filter(takes_seats(now) | waiting).exclude(pk=besides.pk).count()
