"""What the office's pages need beside Django's own: the way back, and table cells that say what they are."""

from django import template
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lares.office import GROUPS, group_of

register = template.Library()
GROUP_NAMES = {key: name for key, name, _labels in GROUPS}


@register.inclusion_tag("admin/_crumbs.html", takes_context=True)
def crumbs(context):
    """Home, the group, the list, the record: as (text, address or "")."""
    opts, request = context.get("opts"), context["request"]
    home = reverse("admin:index")
    if request.path == home:
        return {"steps": []}
    steps = [(_("Home"), home)]
    if opts is None:
        return {"steps": [*steps, (context.get("title"), "")]}
    group = "season" if opts.model_name == "itineraryday" else group_of(opts.model)[0]
    steps.append((GROUP_NAMES[group], ""))
    if context.get("cl"):
        return {"steps": [*steps, (capfirst(opts.verbose_name_plural), "")]}
    return {"steps": [*steps, *record_steps(opts, context)]}


def record_steps(opts, context):
    """The steps below the list: its name, the parent of a part, the record, and what is done with it."""
    record = context.get("original") or context.get("object")
    parent = getattr(record, "trek", None) if opts.model_name == "itineraryday" else None
    if parent:
        steps = [link(parent._meta), link(parent._meta, parent)]
    else:
        steps = [link(opts)]
    if record is None:
        return [*steps, (context.get("title"), "")]
    if context.get("object") and not context.get("original"):
        return [*steps, link(opts, record), (context.get("title"), "")]
    return [*steps, (str(record), "")]


def link(opts, record=None):
    """The name and the address of a list or of one record."""
    try:
        if record is None:
            return capfirst(opts.verbose_name_plural), reverse(admin_urlname(opts, "changelist"))
        return str(record), reverse(admin_urlname(opts, "change"), args=[record.pk])
    except NoReverseMatch:
        return str(record or opts.verbose_name_plural), ""


@register.simple_tag
def cell(item, headers, index):
    """A cell of the list with the name of its column, for when the row becomes a block on a phone."""
    text = conditional_escape(headers[index]["text"]) if index < len(headers) else ""
    if text.startswith("<") or not text:
        return item
    # `item` is one <td …> or <th …> that Django has built and escaped.
    return mark_safe(f'{item[:3]} data-label="{capfirst(text)}"{item[3:]}')  # noqa: S308
