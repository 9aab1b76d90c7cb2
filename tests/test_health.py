"""The addresses for machines that watch the site."""

import pytest
from django.db import connection
from django.test import Client


def test_health_asks_the_database_nothing(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_watchers_are_not_sent_to_https(settings, address):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get(address).status_code == 200


def test_watchers_only_read(client):
    assert client.post("/healthz").status_code == 405
