"""The door for application servers: always production, and closed while the settings are incomplete."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["LARES_ENV"] = "production"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lares.settings")
application = get_wsgi_application()

from lares.checks import refuse_if_incomplete  # noqa: E402 - needs the applications to be loaded

refuse_if_incomplete()
