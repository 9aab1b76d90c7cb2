"""The content that ships with the site: which files there are, and which rows stand in them.

Rows without a name of their own (rides, waypoints, lines of what is included) are told apart by their place
in the list: add new ones at its end.
"""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Model

from . import models as treks

CONTENT = Path(__file__).resolve().parent / "content"


@dataclass(frozen=True)
class Noun:
    """What the files call a thing, the model it becomes, and the fields that tell one from another."""

    name: str
    model: type[Model]
    key: tuple[str, ...]
    parent: str = ""


# In this order: a row may name rows of the nouns above it.
NOUNS = [
    Noun("operator", treks.Operator, ("id",)),
    Noun("circuit", treks.CircuitRoute, ("code",)),
    Noun("place", treks.Place, ("slug",)),
    Noun("village", treks.Village, ("slug",)),
    Noun("hot_spring", treks.HotSpring, ("slug",)),
    Noun("trek", treks.Trek, ("slug",)),
    Noun("day", treks.ItineraryDay, ("trek", "number"), parent="trek"),
    Noun("transfer", treks.Transfer, ("day", "position"), parent="day"),
    Noun("waypoint", treks.Waypoint, ("trek", "position"), parent="trek"),
    Noun("inclusion", treks.Inclusion, ("trek", "is_included", "position"), parent="trek"),
    Noun("fare", treks.Fare, ("trek", "fare_class"), parent="trek"),
    Noun("party_rate", treks.PartyRate, ("trek", "people"), parent="trek"),
    Noun("extra", treks.Extra, ("slug",)),
    Noun("offered_extra", treks.OfferedExtra, ("trek", "extra"), parent="trek"),
    Noun("packing_item", treks.PackingItem, ("slug",)),
    Noun("question", treks.Question, ("slug",)),
    Noun("month", treks.ClimateMonth, ("month",)),
    Noun("feast", treks.Feast, ("slug",)),
    Noun("phrase", treks.Phrase, ("quechua",)),
    Noun("page", treks.Page, ("slug",)),
]
BY_NAME = {noun.name: noun for noun in NOUNS}
BY_MODEL = {noun.model: noun for noun in NOUNS}
# Lists of plain words in a trek's file.
SHORT_FORMS = {
    "included": ("inclusion", lambda text: {"is_included": True, "text": text}),
    "not_included": ("inclusion", lambda text: {"is_included": False, "text": text}),
    "extras": ("offered_extra", lambda slug: {"extra": slug}),
}


def read(content):
    """All rows of the files: for each noun a list of dictionaries as they stand in the files."""
    rows = defaultdict(list)
    for path in sorted(content.rglob("*.toml")):
        for name, records in tomllib.loads(path.read_text("utf-8")).items():
            unfold(BY_NAME[name], records, rows)
    for path in sorted(content.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("+++\n", 2)
        rows["page"].append({"slug": path.stem, "body": [body.strip()], **tomllib.loads(head)})
    return rows


def unfold(noun, records, rows, parent=None):
    """Add records to `rows`, each with its place in the order; what lies inside a record follows it."""
    has_position = any(field.name == "position" for field in noun.model._meta.fields)
    for number, record in enumerate(records, 1):
        if has_position:
            record.setdefault("position", number)
        if parent:
            record[noun.parent] = parent
        for short, (name, spell_out) in SHORT_FORMS.items():
            if short in record:
                record.setdefault(name, []).extend(spell_out(value) for value in record.pop(short))
        nested = {name: record.pop(name) for name in BY_NAME if isinstance(record.get(name), list)}
        rows[noun.name].append(record)
        for name, inner in nested.items():
            unfold(BY_NAME[name], inner, rows, parent=key_in_file(noun, record))


def key_in_file(noun, record):
    return "/".join(str(record[name]) for name in noun.key)


def text(value):
    """Lists become lines; a paragraph that is wrapped in the file becomes one line."""
    if isinstance(value, list):
        return "\n".join(value)
    return re.sub(r"(?<!\n)\n(?!\n)", " ", value.strip())
