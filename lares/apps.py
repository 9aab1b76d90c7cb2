"""The site's own application: it brings the system checks."""

from django.apps import AppConfig


class LaresConfig(AppConfig):
    """Registers the checks."""

    name = "lares"

    def ready(self):
        """Importing the modules registers them."""
        from lares import card_checks, checks  # noqa: F401
