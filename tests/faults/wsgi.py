"""The site for a server under test; a worker that follows a killed one has nothing left to import."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver


def warm_up():
    """Import every view and compile every template that a booking meets, before the workers are forked."""
    get_resolver().url_patterns  # noqa: B018 - importing is what it is for
    templates = settings.BASE_DIR / "templates"
    for path in [*templates.glob("emails/*.*"), *templates.glob("bookings/*.html")]:
        if path.suffix != ".css":
            get_template(str(path.relative_to(templates)))


application = get_wsgi_application()
warm_up()

if os.environ.get("LARES_TEST_UNLOCKED"):
    from faults import unlocked

    unlocked.switch_off_locks()
