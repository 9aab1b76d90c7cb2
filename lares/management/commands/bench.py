"""`manage.py bench`: what the lock costs, measured on this machine."""

import runpy

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs the measurements of tests/bench, each on a database of its own."""

    help = "Measures holding seats with its lock beside a naive control without it."

    def add_arguments(self, parser):
        """How often each side takes its turn."""
        parser.add_argument("rounds", nargs="?", type=int, default=10)

    def handle(self, *args, rounds, **options):
        """Every bench file in turn."""
        for path in sorted((settings.BASE_DIR / "tests" / "bench").glob("bench_*.py")):
            runpy.run_path(str(path))["main"](rounds)
