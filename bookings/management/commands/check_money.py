"""`manage.py check_money`: proves that the money adds up, here and against the provider of card payments."""

import sys
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings import money_check


class Command(BaseCommand):
    """Changes nothing. Exits with 1 where something differs."""

    help = "Look for money that does not add up; says where, and exits with 1, if there is any."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="say nothing where all is well")
        parser.add_argument(
            "--days", type=int, default=30, help="compare so many days with the provider (30)"
        )

    def handle(self, *, quiet=False, days=30, **options):
        found = money_check.inner()
        differing, unknown = money_check.outer(timezone.now() - timedelta(days=days))
        for sentence in (*found, *differing):
            self.stdout.write(sentence)
        if found or differing:
            sys.exit(1)
        if not quiet:
            self.stdout.write(unknown or "The money adds up.")
