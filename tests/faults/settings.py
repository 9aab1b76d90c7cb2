"""The settings of a server under test: the site's own, on the database of the test."""

import json
import os

from lares.settings import *  # noqa: F403
from lares.settings import CONNECTION_OPTIONS, POSTGRESQL

# Over TCP libpq would first ask for encryption, which the proxy between does not speak.
DATABASES = {
    "default": {
        "ENGINE": POSTGRESQL,
        "OPTIONS": CONNECTION_OPTIONS | {"sslmode": "disable", "gssencmode": "disable"},
        **json.loads(os.environ["LARES_TEST_DATABASE"]),
    }
}
ROOT_URLCONF = "faults.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
EMAIL_BACKEND = "faults.mail.ToFile"
