"""The site for a server under test, with every address imported before the first request."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - imports the views now: a new worker then answers at once

if os.environ.get("LARES_TEST_UNLOCKED"):
    from faults import unlocked

    unlocked.switch_off_locks()
