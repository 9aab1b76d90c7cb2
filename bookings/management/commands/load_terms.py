"""`manage.py load_terms`: the first version of the terms and of the refund policy, where there is none."""

from django.core.management.base import BaseCommand
from django.db import transaction

from bookings.models import RefundBand, RefundPolicy, Terms
from treks.models import Page

FIRST = "1"
# From so many days before the start on, so many percent of the total are kept.
BANDS = ((60, 0), (30, 50), (15, 75), (0, 100))


class Command(BaseCommand):
    """Terms from the pages “terms” and “privacy”; a later text is a new version that the office publishes."""

    help = "Make version 1 of the terms and of the refund policy, if there is none yet."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        made = [*first_terms(), *first_refund_policy()]
        if verbosity:
            self.stdout.write(f"Made: {', '.join(made)}." if made else "Nothing to do.")


def first_terms():
    """Version 1 of the terms as the pages stand now; nothing while there are no such pages."""
    pages = {page.slug: page.body_en for page in Page.objects.filter(slug__in=["terms", "privacy"])}
    if Terms.objects.exists() or len(pages) < 2:
        return []
    Terms.objects.create(version=FIRST, terms_text=pages["terms"], privacy_text=pages["privacy"])
    return ["terms"]


def first_refund_policy():
    """Version 1 of the refund policy with its bands."""
    if RefundPolicy.objects.exists():
        return []
    policy = RefundPolicy.objects.create(version=FIRST)
    RefundBand.objects.bulk_create(
        RefundBand(policy=policy, days_before=days, percent=percent) for days, percent in BANDS
    )
    return ["refund policy"]
