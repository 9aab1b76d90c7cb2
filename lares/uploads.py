"""Serves the pictures staff uploaded, on every set-up alike; a front server may take /media/ over."""

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

DAY = 24 * 3600


@require_safe
def media(request, path):
    """One uploaded file. Folders are not listed; what the browser has, it keeps for a day."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    patch_cache_control(response, public=True, max_age=DAY)
    return response
