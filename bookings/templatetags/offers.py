"""What machines read on a trek's page: the trek with its coming departures, its questions, the way to it."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.structured import offers
from bookings.templatetags.departures import next_departures_of
from lares.jsonld import block
from treks import structured

register = template.Library()


@register.simple_tag(takes_context=True)
def trek_data(context, trek, days, questions):
    """A trek as JSON-LD, with an Offer for each of its next departures."""
    absolute = context["request"].build_absolute_uri
    operator = context.get("operator") or None
    sold = offers(next_departures_of(trek), absolute)
    steps = [(_("Treks"), reverse("treks")), (trek.name, trek.get_absolute_url())]
    return block(
        [
            structured.trip(trek, list(days), operator, absolute, sold),
            structured.faq(questions, absolute(trek.get_absolute_url())),
            structured.crumbs(steps, absolute),
        ]
    )
