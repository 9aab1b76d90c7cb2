"""What every answer carries, security headers and compression; and the page for when the database is away."""

import gzip
import logging
import secrets
import sys
from functools import lru_cache
from ipaddress import ip_address

import brotli
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.translation import gettext
from django.views import defaults

logger = logging.getLogger(__name__)
COMPRESSED_TYPES = (
    "text/",
    "image/svg+xml",
    "application/json",
    "application/manifest+json",
    "application/atom+xml",
)
WORTH_COMPRESSING = 500
RETRY_SECONDS = "60"


def headers(get_response):
    """Content Security Policy (Django 6's SECURE_CSP), Permissions Policy and caching, on every answer."""

    def middleware(request):
        response = get_response(request)
        policy = "; ".join(" ".join([name, *sources]) for name, sources in settings.SECURE_CSP.items())
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cache-Control", _revalidated(response))
        return response

    return middleware


def _revalidated(response):
    """Seats and prices change by the minute: a page may be kept, but is asked for again by its ETag."""
    return "private, no-cache" if has_vary_header(response, "Cookie") else "no-cache"


def loopback_only(get_response):
    """Development has a well-known login and key: it answers this machine only, wherever it listens."""

    def middleware(request):
        if not ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            return HttpResponse(
                "Development answers this machine only.\n", status=403, content_type="text/plain"
            )
        return get_response(request)

    return middleware


def published_language(get_response):
    """Public pages speak the languages they are written in; the office keeps the one that was chosen.

    Without this a page of English texts would call itself Spanish to whoever asks for Spanish.
    """

    def middleware(request):
        is_public = not request.path.startswith(reverse("admin:index"))
        if is_public and translation.get_language() not in settings.PUBLISHED_LANGUAGES:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return get_response(request)

    return middleware


def origin_of_private_forms(get_response):
    """Lets forms of pages with `Referrer-Policy: no-referrer` through Django's check of the origin.

    For such pages browsers send `Origin: null` even to the page's own site. Where the browser says itself, in
    a header no page can forge, that the form is ours (or is too old to say so), the token alone decides, as
    it always does.
    """

    def middleware(request):
        is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if request.headers.get("Origin") == "null" and is_ours:
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return get_response(request)

    return middleware


def compress(get_response):
    """Brotli, or else gzip, for texts that are not compressed yet.

    Why this is safe against BREACH, which guesses a secret from the length of a page that also repeats
    what the attacker sent: Django masks the CSRF token anew in every page; a booking's page has an address
    nobody can guess, so nobody can make a browser open it; session cookies are SameSite; and a page that
    depends on a cookie gets a comment of random length, so that lengths say nothing.
    """

    def middleware(request):
        response = get_response(request)
        if _is_compressible(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            encoding = _best_encoding(request.headers.get("Accept-Encoding", ""))
            if encoding:
                _compress_body(response, encoding, is_lasting=_is_lasting(request, response))
        return response

    return middleware


def _is_compressible(response):
    return (
        not response.streaming
        and len(response.content) >= WORTH_COMPRESSING
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(COMPRESSED_TYPES)
    )


def _best_encoding(accepted):
    """br or gzip, whichever the client takes; an encoding with q=0 is refused."""
    offers = [offer.replace(" ", "").partition(";") for offer in accepted.lower().split(",")]
    taken = {name for name, _, weight in offers if weight.rstrip("0") not in {"q=", "q=0."}}
    return next((name for name in ("br", "gzip") if name in taken), None)


def _is_lasting(request, response):
    """Whether the same answer goes to many: a page that depends on no cookie and on no question."""
    asked = request.META.get("QUERY_STRING")
    return response.status_code == 200 and not asked and not has_vary_header(response, "Cookie")


@lru_cache(maxsize=100)
def _densest(body):
    """Brotli at its best, which takes a sixth of a second: only for what is sent again and again."""
    return brotli.compress(body, mode=brotli.MODE_TEXT, quality=11)


def _compress_body(response, encoding, is_lasting):
    body = response.content
    if has_vary_header(response, "Cookie") and response["Content-Type"].startswith("text/html"):
        body += b"<!-- %s -->" % secrets.token_hex(secrets.randbelow(60)).encode()
    if encoding == "br" and is_lasting:
        response.content = _densest(body)
    elif encoding == "br":
        response.content = brotli.compress(body, mode=brotli.MODE_TEXT, quality=6)
    else:
        response.content = gzip.compress(body, compresslevel=6, mtime=0)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
    if response.get("ETag", "").startswith('"'):
        response.headers["ETag"] = "W/" + response.headers["ETag"]


class Unavailable:
    """Answers 503 with a page of its own when the database cannot be reached or is too busy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Only trouble with the database's running; a programming error stays one."""
        if settings.DEBUG or not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer on %s", request.path, exc_info=exception)
        return unavailable()


def unavailable():
    """The maintenance page; it must not need the database, so it is rendered without the request."""
    try:
        page = render_to_string("503.html")
    except (TemplateDoesNotExist, OperationalError, InterfaceError):
        page = gettext("The site is being looked after. Please try again in a minute.")
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"})


def bad_request(request, exception):
    """Django's 400, but 503 where a session could not be written because the database was away."""
    return unavailable() if _is_trouble(exception) else defaults.bad_request(request, exception)


def server_error(request):
    """Django's 500, but 503 where the database went away after the view, too late for `Unavailable`."""
    return unavailable() if _is_trouble(sys.exc_info()[1]) else defaults.server_error(request)


def _is_trouble(error):
    """Whether the database's running is at the root of an error."""
    while error is not None and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error is not None
