"""What the content loader wrote, so that it never overwrites what staff changed."""

from django.db import models


class LoadedField(models.Model):
    """The checksum of one field as the loader last wrote it; where it differs, staff edited the field."""

    key = models.CharField(max_length=160)
    field = models.CharField(max_length=60)
    checksum = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "field"], name="loaded_field_is_known_once")]

    def __str__(self):
        return f"{self.key}.{self.field}"
