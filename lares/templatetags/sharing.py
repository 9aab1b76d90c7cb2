"""What a public page says of itself to those who share or index it: canonical address, title, picture."""

from html import unescape

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.translation import get_language

from treks.sharing import picture_of

register = template.Library()

# What is worth sharing, by name of its address.
PUBLIC = {
    *("home", "treks", "trek", "compare", "departures", "places", "village", "hot_spring", "when_to_go"),
    *("prepare", "acclimatization", "packing", "words", "about", "terms", "privacy", "page", "contact"),
}
LOCALES = {"en": "en_US", "es": "es_PE"}


@register.inclusion_tag("_sharing.html", takes_context=True)
def sharing(context):
    """Canonical address and, of a public page, Open Graph; nothing on a page with a private address."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or "key" in match.kwargs:
        return {}
    if match.url_name not in PUBLIC:
        return {"address": request.build_absolute_uri(request.path)}
    picture = picture_of(context.get("place") or context.get("trek") or None)
    return {
        "address": request.build_absolute_uri(request.path),
        "title": block_text(context, "title"),
        "description": block_text(context, "description"),
        "picture": picture,
        "picture_address": request.build_absolute_uri(picture.path),
        "locale": LOCALES.get(get_language(), "en_US"),
        "operator": context.get("operator"),
    }


def block_text(context, name):
    """What a block of the page says, as plain text: base.html shows the same words in two places."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(strip_tags(block.render(context))).split())
