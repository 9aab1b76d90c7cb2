"""The pictures that travel with shared addresses."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .sharing import found_card

YEAR, HOUR = 365 * 24 * 3600, 3600


@require_safe
def card(request, language, kind, slug=""):
    """A page's card as PNG; under the address of its version it never changes."""
    if language not in settings.PUBLISHED_LANGUAGES:
        raise Http404(_("There is no such picture."))
    with translation.override(language):
        found = found_card(kind, slug)
        if found is None:
            raise Http404(_("There is no such picture."))
        response = HttpResponse(found.png(), content_type="image/png")
    is_current = request.GET.get("v") == found.version
    patch_cache_control(response, public=True, max_age=YEAR if is_current else HOUR)
    return response
