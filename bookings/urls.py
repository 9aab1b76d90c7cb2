"""Addresses of the calendar."""

from django.urls import path

from . import views

urlpatterns = [
    path("departures/", views.departures, name="departures"),
    path("contact/", views.contact, name="contact"),
    path("contact/sent/", views.contact_sent, name="contact_sent"),
]
