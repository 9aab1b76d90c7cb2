"""A mail server for tests: a line in a file for each message, and slow if asked to be."""

import os
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


class ToFile(BaseEmailBackend):
    """One line for each message in LARES_TEST_MAIL; then waits for LARES_TEST_MAIL_SECONDS."""

    def send_messages(self, messages):
        """Append first, as a mail server that says yes late."""
        with Path(os.environ["LARES_TEST_MAIL"]).open("a") as lines:
            for message in messages:
                lines.write(f"{message.extra_headers['Message-ID']} {message.to[0]}\n")
        time.sleep(float(os.environ.get("LARES_TEST_MAIL_SECONDS", 0)))
        return len(messages)
