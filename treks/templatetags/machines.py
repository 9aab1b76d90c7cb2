"""What machines read in the pages of the catalogue: places and the way to a page, as JSON-LD."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from lares.jsonld import block
from treks import structured

register = template.Library()


@register.simple_tag(takes_context=True)
def place_data(context, place):
    """A village or hot spring with the way to its page."""
    absolute = context["request"].build_absolute_uri
    steps = [(_("The valley"), reverse("places")), (place.name, place.get_absolute_url())]
    return block([structured.attraction(place, absolute), structured.crumbs(steps, absolute)])


@register.simple_tag(takes_context=True)
def crumb_data(context, parent, parent_name, name):
    """The way to this page over one other page, which is given by the name of its address."""
    request = context["request"]
    steps = [(parent_name, reverse(parent)), (name, request.path)]
    return block([structured.crumbs(steps, request.build_absolute_uri)])
