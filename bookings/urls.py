"""Addresses of the calendar."""

from django.urls import path

from .views import contact, departures

urlpatterns = [
    path("departures/", departures.departures, name="departures"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", contact.contact_sent, name="contact_sent"),
]
