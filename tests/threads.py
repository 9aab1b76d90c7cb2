"""Doing several things in one moment, each on a connection of its own."""

import threading

from django.db import connection


def at_once(jobs):
    """Do all jobs in threads that start together; their results in the order of the jobs."""
    ready = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def work(number, job):
        ready.wait(60)
        try:
            results[number] = job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
