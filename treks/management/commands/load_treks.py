"""`manage.py load_treks`: bring the shipped content into the database, as often as you like."""

from django.core.management.base import BaseCommand

from treks import loading


class Command(BaseCommand):
    """Load the content under treks/content/; what staff edited or removed stays as it is."""

    help = "Loads the shipped treks, places and pages. Never overwrites what was edited in the admin."

    def handle(self, verbosity, **options):
        tally = loading.load()
        news = [f"{tally[word]} {word}" for word in ("new", "updated") if tally[word]]
        if verbosity:
            self.stdout.write(f"Content: {', '.join(news) or 'nothing new'}.")
        if verbosity and tally["edited"]:
            self.stdout.write(f"{tally['edited']} fields have news but were edited here and stay so.")
        if tally["refused"]:
            self.stderr.write(f"{tally['refused']} rows have news that do not fit what was edited here.")
