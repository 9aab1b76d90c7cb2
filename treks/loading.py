"""Loading the content that ships with the site: our news goes in, what staff edited or removed stays so."""

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import translation
from modeltranslation.translator import NotRegistered, translator

from . import models as treks
from .models import LoadedField

CONTENT = Path(__file__).resolve().parent / "content"
SHIPPED_LANGUAGE = "en"


@dataclass(frozen=True)
class Noun:
    """What the files call a thing, the model it becomes, and the fields that tell one from another."""

    name: str
    model: type[models.Model]
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


class Gone(LookupError):
    """A row names another one that staff removed."""


def load(content=CONTENT):
    """Bring the database up to date with the files under `content`; how many rows were new, and so on.

    Counts `new` rows, `updated` rows, `edited` fields that have news here but were changed by staff, and
    `refused` rows whose news the database does not accept beside what staff entered.
    """
    shipped = read(content)
    with transaction.atomic(), translation.override(SHIPPED_LANGUAGE):
        loading = Loading()
        for noun in NOUNS:
            loading.load(noun, shipped[noun.name])
        loading.finish()
    return loading.tally


# Reading the files


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


# Comparing


def fingerprint(field, value):
    """The checksum of a field's value, the same before and after a trip through the database."""
    if isinstance(field, models.ManyToManyField):
        value = ",".join(str(pk) for pk in sorted(value))
    elif isinstance(field, models.DecimalField) and value is not None:
        value = f"{value:.{field.decimal_places}f}"
    return sha256(("" if value is None else str(value)).encode()).hexdigest()


def translated_fields(model):
    """The fields of a model that have a column for each language."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


class Loading:
    """One run: the rows that exist, what was loaded before, and what has been done so far."""

    def __init__(self):
        self.checksums = {
            (known.key, known.field): known.checksum
            # The lock lets a second loader wait for the first; readers and editors are not held up.
            for known in LoadedField.objects.select_for_update()
        }
        self.known = {key for key, _ in self.checksums}
        self.loaded = {}
        self.rows = defaultdict(dict)
        self.keys = defaultdict(dict)
        self.touched = defaultdict(set)
        self.tally = Counter()

    def load(self, noun, records):
        """Create the rows of a noun that are new and renew the others."""
        self.fetch(noun)
        created = []
        for record in records:
            try:
                values = self.resolve(noun, record)
            except Gone:
                continue
            key = key_in_file(noun, record)
            name, row = f"{noun.name}:{key}", self.rows[noun.model].get(key)
            if row is None and name not in self.known and not self.is_taken(noun, key):
                created.append((name, key, values))
            elif row is not None and name in self.known:
                self.renew(noun, name, row, values)
        self.create(noun, created)

    def fetch(self, noun):
        """Read and lock the rows that exist, so that nobody edits one between our look and our writing."""
        many = [field.name for field in noun.model._meta.many_to_many]
        for row in noun.model._default_manager.select_for_update().prefetch_related(*many):
            self.register(noun, self.key_in_database(noun, row), row)

    def register(self, noun, key, row):
        for model in [noun.model, *noun.model._meta.get_parent_list()]:
            self.rows[model][key] = row
            self.keys[model][row.pk] = key

    def key_in_database(self, noun, row):
        parts = []
        for name in noun.key:
            field = noun.model._meta.get_field(name)
            value = getattr(row, field.attname)
            parts.append(str(self.keys[field.related_model].get(value) if field.is_relation else value))
        return "/".join(parts)

    def is_taken(self, noun, key):
        """Whether staff made a row of another kind under this name, which the database keeps unique."""
        return any(key in self.rows[model] for model in noun.model._meta.get_parent_list())

    def resolve(self, noun, record):
        """A record's values by field; names of other rows become those rows. Raises Gone."""
        translated, values = translated_fields(noun.model), {}
        for name, value in record.items():
            field = noun.model._meta.get_field(f"{name}_{SHIPPED_LANGUAGE}" if name in translated else name)
            if field.many_to_many:
                values[field] = [self.target(field, key).pk for key in value]
            elif field.is_relation:
                values[field] = self.target(field, value)
            elif isinstance(field, models.CharField | models.TextField):
                values[field] = text(value)
            else:
                values[field] = field.to_python(str(value) if isinstance(value, float) else value)
        return values

    def target(self, field, key):
        try:
            return self.rows[field.related_model][key]
        except KeyError:
            if any(name.endswith(f":{key}") for name in self.known):
                raise Gone from None
            raise

    def create(self, noun, created):
        """Write new rows and remember them."""
        rows = []
        for name, _, values in created:
            plain = {field.name: value for field, value in values.items() if not field.many_to_many}
            rows.append(noun.model(**plain))
            self.remember(name, values)
        if noun.model._meta.get_parent_list():
            for row in rows:
                row.save(force_insert=True)
        else:
            noun.model._default_manager.bulk_create(rows)
        for row, (_, key, values) in zip(rows, created, strict=True):
            self.register(noun, key, row)
            self.touch(noun, row)
            for field, value in values.items():
                if field.many_to_many and value:
                    getattr(row, field.name).set(value)
        self.tally["new"] += len(rows)

    def renew(self, noun, name, row, values):
        """Write the news of a row's fields that are still as we wrote them."""
        news = {}
        for field, value in values.items():
            stored, shipped = self.stored(field, row), fingerprint(field, self.plain(field, value))
            if stored == shipped or field.name in noun.key:
                continue
            if self.is_ours(name, field, stored):
                news[field] = value
            elif self.checksums.get((name, field.name)) != shipped:
                self.tally["edited"] += 1
        if news:
            self.write(noun, name, row, news)

    def stored(self, field, row):
        if field.many_to_many:
            return fingerprint(field, [target.pk for target in getattr(row, field.name).all()])
        return fingerprint(field, getattr(row, field.attname))

    @staticmethod
    def plain(field, value):
        return value.pk if field.is_relation and not field.many_to_many else value

    def is_ours(self, name, field, stored):
        """Whether a field holds what we last wrote, or, if we never wrote it, still nothing."""
        empty = [] if field.many_to_many else field.get_default()
        return stored == self.checksums.get((name, field.name), fingerprint(field, empty))

    def write(self, noun, name, row, news):
        """Save the news of one row; the database may refuse them beside what staff entered."""
        columns = [field.name for field in news if not field.many_to_many]
        translated = translated_fields(noun.model)
        columns += [column[:-3] for column in columns if column[:-3] in translated]
        try:
            with transaction.atomic():
                for field, value in news.items():
                    if field.many_to_many:
                        getattr(row, field.name).set(value)
                    else:
                        setattr(row, field.name, value)
                row.save(update_fields=columns)
        except IntegrityError:
            self.tally["refused"] += 1
            return
        self.remember(name, news)
        self.touch(noun, row)
        self.tally["updated"] += 1

    def remember(self, name, values):
        for field, value in values.items():
            self.loaded[name, field.name] = fingerprint(field, self.plain(field, value))

    def touch(self, noun, row):
        """Note that the row's version, or its parent's, has to count a change."""
        while noun.parent:
            noun, row = self.parent(noun, row)
        self.touched[noun.model].add(row.pk)

    def parent(self, noun, row):
        field = noun.model._meta.get_field(noun.parent)
        key = self.keys[field.related_model][getattr(row, field.attname)]
        return BY_MODEL[field.related_model], self.rows[field.related_model][key]

    def finish(self):
        """Count the versions on and keep the checksums."""
        for model, pks in self.touched.items():
            if self.tally["updated"] or self.known:
                model._default_manager.filter(pk__in=pks).update(version=F("version") + 1)
        LoadedField.objects.bulk_create(
            [LoadedField(key=key, field=field, checksum=value) for (key, field), value in self.loaded.items()],
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["key", "field"],
            update_fields=["checksum"],
        )
