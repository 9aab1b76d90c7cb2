"""Loading the shipped content: our news goes in, what staff edited or removed stays so."""

from collections import Counter, defaultdict
from hashlib import sha256

from django.db import IntegrityError, connection, models, transaction
from django.utils import translation
from modeltranslation.translator import NotRegistered, translator

from .models import LoadedField, counted_on
from .shipped import BY_MODEL, CONTENT, NOUNS, key_in_file, read, text

SHIPPED_LANGUAGE = "en"


class Gone(Exception):
    """A row cannot be without another one, which staff removed."""


def load(content=CONTENT):
    """Bring the database up to date with the files under `content`; how many rows were new, and so on.

    Counts `new` rows, `updated` rows, `edited` fields that have news here but were changed by staff, and
    `refused` rows whose news the database does not accept beside what staff entered.
    """
    shipped = read(content)
    with transaction.atomic(), translation.override(SHIPPED_LANGUAGE):
        lock_out_other_loaders()
        loading = Loading(shipped)
        for noun in NOUNS:
            loading.load(noun, shipped[noun.name])
        loading.finish()
    return loading.tally


def lock_out_other_loaders():
    """Let a second loader wait until the first is done; readers and editors are not held up."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"LOCK TABLE {connection.ops.quote_name(LoadedField._meta.db_table)} IN EXCLUSIVE MODE"
        )


def fingerprint(field, value):
    """The checksum of a field's value, the same before and after a trip through the database."""
    if isinstance(field, models.ManyToManyField):
        value = ",".join(str(pk) for pk in sorted(value))
    elif isinstance(field, models.DecimalField) and value is not None:
        value = f"{value:.{field.decimal_places}f}"
    # A browser's text area sends other line ends than the files have; saving alone is not editing.
    plain = "" if value is None else str(value).replace("\r\n", "\n")
    return sha256(plain.encode()).hexdigest()


def translated_fields(model):
    """The fields of a model that have a column for each language."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


class Loading:
    """One run: the rows that exist, what was loaded before, and what has been done so far."""

    def __init__(self, shipped):
        self.held = {key_in_file(noun, record) for noun in NOUNS for record in shipped[noun.name]}
        loaded = LoadedField.objects.values_list("key", "field", "checksum")
        self.checksums = {(key, field): checksum for key, field, checksum in loaded}
        self.known = {key for key, _ in self.checksums}
        self.created = set()
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
            if name in self.known:
                # A known name without a row is one that staff removed or renamed.
                if row is not None:
                    self.renew(noun, name, row, values)
            elif row is None and self.is_free(noun, key, record):
                created.append((name, key, values))
        self.create(noun, created)

    def fetch(self, noun):
        """Read and lock the rows that exist, so that nobody edits one between our look and our writing."""
        many = [field.name for field in noun.model._meta.many_to_many]
        for row in noun.model._default_manager.select_for_update(no_key=True).prefetch_related(*many):
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

    def is_free(self, noun, key, record):
        """Whether staff made neither a row of another kind under this name nor the parent of this one."""
        if noun.parent:
            parent = BY_MODEL[noun.model._meta.get_field(noun.parent).related_model]
            name = f"{parent.name}:{record[noun.parent]}"
            return name in self.known or name in self.created
        return not any(key in self.rows[model] for model in noun.model._meta.get_parent_list())

    def resolve(self, noun, record):
        """A record's values by field; names of other rows become those rows. Raises Gone."""
        translated, values = translated_fields(noun.model), {}
        for name, value in record.items():
            field = noun.model._meta.get_field(f"{name}_{SHIPPED_LANGUAGE}" if name in translated else name)
            if field.is_relation:
                self.resolve_relation(field, value, values)
            elif isinstance(field, models.CharField | models.TextField):
                values[field] = text(value)
            else:
                values[field] = field.to_python(str(value) if isinstance(value, float) else value)
        return values

    def resolve_relation(self, field, value, values):
        """Put the rows that a record names into `values`, without those that staff removed. Raises Gone."""
        targets = [self.target(field, key) for key in ([value] if isinstance(value, str) else value)]
        present = [row for row in targets if row is not None]
        if field.many_to_many:
            values[field] = [row.pk for row in present]
        elif present:
            values[field] = present[0]
        elif not field.null:
            raise Gone

    def target(self, field, key):
        """The row of that name; None if it was removed by staff."""
        if key not in self.held:
            raise LookupError(f"The content names {key!r} as {field.name}, but does not hold it.")
        return self.rows[field.related_model].get(key)

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
            self.created.add(f"{noun.name}:{key}")
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
        if f"{noun.name}:{self.keys[noun.model][row.pk]}" not in self.created:
            self.touched[noun.model].add(row.pk)

    def parent(self, noun, row):
        field = noun.model._meta.get_field(noun.parent)
        key = self.keys[field.related_model][getattr(row, field.attname)]
        return BY_MODEL[field.related_model], self.rows[field.related_model][key]

    def finish(self):
        """Count the versions on and keep the checksums."""
        for model, pks in self.touched.items():
            model._default_manager.filter(pk__in=pks).update(**counted_on(model))
        LoadedField.objects.bulk_create(
            [
                LoadedField(key=key, field=field, checksum=value)
                for (key, field), value in self.loaded.items()
            ],
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["key", "field"],
            update_fields=["checksum"],
        )
