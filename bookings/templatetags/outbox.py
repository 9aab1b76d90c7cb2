"""Whether a message went, in words."""

from django import template

from bookings.admin.outbox import delivery

register = template.Library()


@register.filter
def delivered(message):
    """Sent, kept here, given up, or waiting."""
    return delivery(message)[1]
