"""Data for machines inside a page: nodes of schema.org as one JSON-LD block that no browser runs."""

import json

from django.utils.html import format_html
from django.utils.safestring import mark_safe

# What could end the block or begin a comment inside it; the same value, spelled otherwise.
SPELLED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(nodes):
    """A <script> of data with these nodes; nothing without nodes. Empty values are left out."""
    nodes = [filled(node) for node in nodes if node]
    if not nodes:
        return ""
    data = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).translate(SPELLED)
    # Every sign that HTML could take for markup is spelled as a JSON escape above.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def filled(value):
    """The value without what is empty inside it: None, "", [] and {}; 0 and False stay."""
    if isinstance(value, dict):
        return {name: kept for name, part in value.items() if not is_empty(kept := filled(part))}
    if isinstance(value, list):
        return [kept for part in value if not is_empty(kept := filled(part))]
    return value


def is_empty(value):
    """Whether there is nothing to say."""
    return value is None or value == "" or value == [] or value == {}
