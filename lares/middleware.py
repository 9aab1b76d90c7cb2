"""What every answer carries: security headers and compression; and the page for when the database is away."""

from django.conf import settings


def headers(get_response):
    """Content Security Policy (Django 6's SECURE_CSP setting) and Permissions Policy on every answer."""
    policy = "; ".join(" ".join([name, *sources]) for name, sources in settings.SECURE_CSP.items())

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def compress(get_response):
    """Filled in shortly."""
    return get_response


def unavailable(get_response):
    """Filled in shortly."""
    return get_response
