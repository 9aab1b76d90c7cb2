"""Addresses of the calendar and of bookings."""

from django.urls import path

from . import feeds
from .views import (
    cancelling,
    cards,
    contact,
    departures,
    finding,
    hold,
    money,
    papers,
    private,
    review,
    steps,
)

urlpatterns = [
    path("departures/", departures.departures, name="departures"),
    path("departures/calendar.ics", feeds.calendar, name="departures_calendar"),
    path("departures/feed.atom", feeds.DepartureFeed(), name="departures_feed"),
    path("departures/<int:departure_id>/book/", hold.book, name="book"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", contact.contact_sent, name="contact_sent"),
    path("terms/<str:version>/", review.terms_version, name="terms_version"),
    path("bookings/", finding.your_booking, name="your_booking"),
    path("bookings/find/", finding.find, name="find_booking"),
    path("bookings/find/sent/", finding.find_sent, name="find_sent"),
    path("bookings/<str:key>/", private.booking, name="booking"),
    path("bookings/<str:key>/party/", steps.party, name="booking_party"),
    path("bookings/<str:key>/lead/", steps.lead, name="booking_lead"),
    path("bookings/<str:key>/travelers/", steps.travelers, name="booking_travelers"),
    path("bookings/<str:key>/extras/", steps.extras, name="booking_extras"),
    path("bookings/<str:key>/review/", review.review, name="booking_review"),
    path("bookings/<str:key>/resume/", private.resume, name="booking_resume"),
    path("bookings/<str:key>/give-back/", private.give_back, name="booking_give_back"),
    path("bookings/<str:key>/link/", private.send_link, name="booking_send_link"),
    path("bookings/<str:key>/email/", private.correct_email, name="booking_email"),
    path("bookings/<str:key>/pay/", cards.pay, name="booking_pay"),
    path("bookings/<str:key>/paid/", cards.paid, name="booking_paid"),
    path("bookings/<str:key>/cancel/", cancelling.cancel, name="booking_cancel"),
    path(
        "bookings/<str:key>/travelers/<int:number>/cancel/",
        cancelling.cancel_traveler,
        name="booking_cancel_traveler",
    ),
    path("bookings/<str:key>/travelers/<int:number>/pay-link/", money.make_pay_link, name="booking_pay_link"),
    path("bookings/<str:key>/pay-links/<int:link_id>/revoke/", money.revoke_pay_link, name="pay_link_revoke"),
    path("bookings/<str:key>/factura/", money.invoice, name="booking_invoice"),
    path("bookings/<str:key>/receipts/<int:receipt_id>/", money.receipt, name="receipt"),
    path("bookings/<str:key>/transfer/", private.announce_transfer, name="booking_transfer"),
    path("bookings/<str:key>/receipts/<int:number>.pdf", papers.receipt, name="receipt_pdf"),
    path("pay/<str:key>/", cards.pay_link, name="pay_link"),
    path("pay/<str:key>/done/", cards.pay_link_done, name="pay_link_done"),
    path("notices/stripe/", cards.notice, {"gateway": "stripe"}, name="stripe_webhook"),
]
