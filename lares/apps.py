"""The site's own application: it brings the system checks."""

from django.apps import AppConfig


class LaresConfig(AppConfig):
    """Registers the checks."""

    name = "lares"

    def ready(self):
        """Importing the module registers them."""
        from lares import checks  # noqa: F401
