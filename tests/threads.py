"""Doing several things in one moment, each on a connection of its own."""

import threading
import time

from django.db import connection, transaction


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


def between_press_and_lock(change, press):
    """The result of `press`, which read what was there before `change` and waits for the lock it holds."""
    results = []

    def pressed():
        results.append(press())
        connection.close()

    presser = threading.Thread(target=pressed)
    with transaction.atomic():
        change()
        presser.start()
        _wait_until_somebody_waits()
    presser.join()
    return results[0]


def _wait_until_somebody_waits():
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waits for a lock.")
