"""What every answer carries: headers, compression; and the page for when the database is away."""

import gzip
import re

import brotli
import pytest
from django.db import OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from lares import middleware, urls

PAGE = "<p>Ipsaycocha</p>" * 100


def public(request):
    """The same for everybody."""
    return HttpResponse(PAGE)


def personal(request):
    """Depends on a cookie."""
    return HttpResponse(PAGE, headers={"Vary": "Cookie", "ETag": '"v1"'})


def small(request):
    """Not worth compressing."""
    return HttpResponse("ok")


def streamed(request):
    """Nobody knows its length."""
    return StreamingHttpResponse([PAGE])


def picture(request):
    """Compressed already."""
    return HttpResponse(PAGE, content_type="image/avif")


def broken(request):
    """The database is away."""
    raise OperationalError("connection refused")


VIEWS = (public, personal, small, streamed, picture, broken)
urlpatterns = [*(path(f"{view.__name__}/", view) for view in VIEWS), *urls.urlpatterns]
pytestmark = pytest.mark.urls(__name__)


def unpacked(response):
    """The body as it was before compression."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(response.headers.get("Content-Encoding"))
    return (unpack(response.content) if unpack else response.content).decode()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_page_is_compressed_as_the_client_takes_it(client, accepted, encoding):
    response = client.get("/public/", headers={"accept-encoding": accepted})

    assert response.headers.get("Content-Encoding") == encoding
    assert unpacked(response) == PAGE
    assert "Accept-Encoding" in response.headers["Vary"]
    if encoding:
        assert int(response.headers["Content-Length"]) == len(response.content) < len(PAGE) / 5


def test_page_without_a_question_is_packed_densest_and_others_fast(client):
    plain = client.get("/public/", headers={"accept-encoding": "br"})
    asked = client.get("/public/?page=2", headers={"accept-encoding": "br"})

    assert plain.content == brotli.compress(PAGE.encode(), mode=brotli.MODE_TEXT, quality=11)
    assert asked.content == brotli.compress(PAGE.encode(), mode=brotli.MODE_TEXT, quality=6)
    assert unpacked(plain) == unpacked(asked) == PAGE


def test_personal_page_ends_in_a_comment_of_random_length(client):
    answers = [client.get("/personal/", headers={"accept-encoding": "br"}) for _ in range(30)]

    assert all(re.fullmatch(r"<!-- [0-9a-f]* -->", unpacked(answer)[len(PAGE) :]) for answer in answers)
    assert len({len(answer.content) for answer in answers}) > 5
    assert answers[0].headers["ETag"] == 'W/"v1"'


def test_page_is_asked_for_again_and_a_personal_one_is_kept_by_nobody_else(client):
    assert client.get("/public/").headers["Cache-Control"] == "no-cache"
    assert client.get("/personal/").headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get("/broken/").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/small/", "/streamed/", "/picture/"])
def test_what_gains_nothing_is_left_alone(client, address):
    response = client.get(address, headers={"accept-encoding": "br"})

    assert "Content-Encoding" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/public/", "/nowhere/", "/broken/"])
def test_every_answer_carries_the_security_headers(client, address):
    headers = client.get(address).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_development_answers_this_machine_only(client):
    assert client.get("/public/", REMOTE_ADDR="127.0.0.7").status_code == 200
    assert client.get("/public/", REMOTE_ADDR="::1").status_code == 200
    assert client.get("/public/", REMOTE_ADDR="192.168.1.20").status_code == 403
    assert client.get("/admin/", REMOTE_ADDR="192.168.1.20").status_code == 403


def test_database_that_is_away_is_a_page_of_ours(client):
    response = client.get("/broken/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == middleware.RETRY_SECONDS
    assert "no-store" in response.headers["Cache-Control"]
    assert "connection refused" not in response.text


@override_settings(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
def test_maintenance_needs_no_template(client):
    response = client.get("/broken/")

    assert response.status_code == 503
    assert "Please try again" in response.text


@pytest.mark.django_db
def test_public_pages_do_not_claim_a_language_they_are_not_written_in(client):
    for address in ("/contact/", "/nowhere/"):
        response = client.get(address, headers={"Accept-Language": "es"})

        assert '<html lang="en"' in response.text
        assert response.headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_office_speaks_the_language_that_was_asked_for(client):
    page = client.get("/admin/login/", headers={"Accept-Language": "es"}).text

    assert '<html lang="es"' in page


@pytest.mark.django_db
@override_settings(PUBLISHED_LANGUAGES=["en", "es"])
def test_public_pages_speak_every_published_language(client):
    assert '<html lang="es"' in client.get("/contact/", headers={"Accept-Language": "es"}).text
