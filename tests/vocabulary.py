"""Checks JSON-LD against the committed part of schema.org's vocabulary (schema_vocabulary.json).

The table was taken from the type definitions of the npm package schema-dts: each type this site uses, and the
types it inherits from, with the kinds of values every property takes.
"""

import json
import re
from datetime import date
from pathlib import Path

TABLE = json.loads((Path(__file__).parent / "schema_vocabulary.json").read_text())
TYPES, ENUMERATIONS = TABLE["types"], TABLE["enumerations"]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
KEYWORDS = {"@type", "@id", "@context"}


def nodes_in(html):
    """The nodes of all JSON-LD blocks of a page."""
    return [node for text in SCRIPT.findall(html) for node in json.loads(text)["@graph"]]


def kinds_of(name):
    """A type with everything it inherits from."""
    return {name}.union(*(kinds_of(parent) for parent in TYPES[name]["is"])) if name in TYPES else {name}


def types_of(node):
    """The types of a node as a list."""
    found = node["@type"]
    return found if isinstance(found, list) else [found]


def mistakes(node):
    """What schema.org does not know or take in a node and below it, as sentences; [] where all is well."""
    unknown = [f"no type {name}" for name in types_of(node) if name not in TYPES]
    if unknown:
        return unknown
    kinds = set().union(*(kinds_of(name) for name in types_of(node)))
    found = []
    for name, value in node.items():
        if name in KEYWORDS:
            continue
        takes = set().union(*(TYPES[kind]["has"].get(name, []) for kind in kinds))
        if not takes:
            found.append(f"{node['@type']} has no {name}")
        for part in value if isinstance(value, list) else [value]:
            found += value_mistakes(f"{node['@type']}.{name}", part, takes)
    return found


def value_mistakes(where, value, takes):
    """What is wrong with one value of a property that takes these kinds."""
    if isinstance(value, dict) and set(value) == {"@id"}:
        return []
    if isinstance(value, dict):
        kinds = set().union(*(kinds_of(name) for name in types_of(value)))
        fits = [] if kinds & takes or "Thing" in takes else [f"{where} takes no {value['@type']}"]
        return fits + mistakes(value)
    return [] if any(is_a(kind, value) for kind in takes) else [f"{where} takes no {value!r}"]


def is_a(kind, value):
    """Whether a plain value is of a kind: text, a number, a date, an address, a word of an enumeration."""
    if kind in ENUMERATIONS:
        return str(value).removeprefix("https://schema.org/") in ENUMERATIONS[kind]
    if kind in {"Number", "Integer"}:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == "Date":
        return is_date(value)
    if kind == "URL":
        return value.startswith(("http://", "https://"))
    if kind == "Time":
        return bool(re.fullmatch(r"\d\d:\d\d(:\d\d)?", value))
    return kind == "Text"


def is_date(value):
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
