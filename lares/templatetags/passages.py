"""Words and pictures of the pages that staff may replace by their own."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from treks.passages import PASSAGES

from .formats import glued
from .pictures import photo_picture, scene_picture

register = template.Library()

WORD = re.compile(r"\*([^*\n]+)\*")


@register.simple_tag(takes_context=True)
def passage(context, key):
    """A passage as staff wrote it in this language, or else as it came."""
    rows = context.get("passages") or {}
    written = getattr(rows.get(key), f"text_{get_language()}", "")
    html = typeset(written) if written else PASSAGES[key]
    return mark_safe(glued(html))  # noqa: S308  ours, with simple HTML, or escaped


def typeset(text):
    """Staff's text as HTML: harmless whatever is typed; lines stay lines, *words* are Quechua."""
    return mark_safe("<br>".join(spoken(text.strip()).splitlines()))  # noqa: S308  escaped by spoken


@register.filter
def spoken(text):
    """A text as HTML in which *words* between asterisks are Quechua, for eyes and for screen readers."""
    return mark_safe(WORD.sub(r'<i lang="qu">\1</i>', conditional_escape(text)))  # noqa: S308  escaped


@register.inclusion_tag("_picture.html", takes_context=True)
def page_picture(context, spot, usual, sizes="100vw", eager=False, bare=False):
    """The picture that staff chose for a spot of a page, or else the usual scene; bare without its credit."""
    row = (context.get("page_pictures") or {}).get(spot)
    found = photo_picture(row) if row and row.photo else scene_picture(row.scene if row else "")
    return {"picture": found or scene_picture(usual), "sizes": sizes, "eager": eager, "bare": bare}


@register.simple_tag(takes_context=True)
def page_credit(context, spot):
    """Who took the photograph at a spot of a page; empty for a scene."""
    row = (context.get("page_pictures") or {}).get(spot)
    return row.photo_credit if row and row.photo else ""
