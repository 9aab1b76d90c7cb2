"""What a public page says of itself to those who share or index it: canonical address, title, picture."""

from html import unescape

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.translation import get_language

from treks import cards
from treks.sharing import STANDING, card_of

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
    card = shared_card(context, match.url_name)
    return {
        "address": request.build_absolute_uri(request.path),
        "title": block_text(context, "title"),
        "description": block_text(context, "description"),
        "card": request.build_absolute_uri(card.address) if card else "",
        "card_title": card.title if card else "",
        "width": cards.WIDTH,
        "height": cards.HEIGHT,
        "locale": LOCALES.get(get_language(), "en_US"),
        "operator": context.get("operator"),
    }


def shared_card(context, url_name):
    """The card of a page; the standing pages that staff wrote are found under their own names."""
    operator = context.get("operator") or None
    written = context.get("page") if url_name not in STANDING else None
    if written:
        return card_of("page", written, operator)
    chosen = context.get("page_pictures") if url_name == "home" else None
    return card_of(url_name, context.get("place") or context.get("trek"), operator, chosen)


def block_text(context, name):
    """What a block of the page says, as plain text: base.html shows the same words in two places."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(strip_tags(block.render(context))).split())
