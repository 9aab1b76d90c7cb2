"""The ridge and the chart of nights, where a page draws them."""

from django import template

from treks import ridge as geometry

register = template.Library()


@register.simple_tag
def ridge(trek):
    """The ridge of a trek from its days and waypoints (prefetch both); None where there is no line."""
    return geometry.ridge_of(trek)


@register.simple_tag
def with_ridges(treks):
    """The treks (prefetch days and waypoints), each with `.ridge`; their small pictures have one scale."""
    treks = list(treks)
    for trek, ridge in zip(treks, geometry.ridges_of(treks), strict=True):
        trek.ridge = ridge
    return treks


@register.simple_tag
def sleep_chart(trek, nights):
    """The columns of the chart of beds: Cusco first, then each night of the trek."""
    return geometry.sleep_chart(geometry.beds(trek.acclimatization_nights, nights))
