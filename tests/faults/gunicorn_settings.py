"""How the application server runs in tests; each worker notes its process number, to be killed by it."""

import os
from pathlib import Path

preload_app = True
worker_class = "gthread"
workers = int(os.environ["LARES_TEST_WORKERS"])
threads = int(os.environ["LARES_TEST_THREADS"])
timeout = 60
graceful_timeout = 1
loglevel = "warning"


def post_fork(server, worker):
    """Where to shoot."""
    with Path(os.environ["LARES_TEST_WORKER_LOG"]).open("a") as lines:
        lines.write(f"{worker.pid}\n")
