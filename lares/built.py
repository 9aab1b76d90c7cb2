"""Static files as production serves them: compressed, and named after what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltFilesStorage(CompressedManifestStaticFilesStorage):
    """Six digits of the hash, not twelve: a page names some fifty files, and digits do not compress."""

    def file_hash(self, name, content=None):
        """The first six hexadecimal digits, or None where there is no content."""
        digits = super().file_hash(name, content)
        return digits and digits[:6]
