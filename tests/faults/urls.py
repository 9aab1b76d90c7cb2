"""The site's addresses and one more, that calls a verb: so each verb can be tried in a server process."""

import json
from datetime import date
from decimal import Decimal

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bookings import lifecycle
from lares import urls as site

DATES = {"day", "start_date", "end_date"}
AMOUNTS = {"amount", "charged", "surcharge"}


@csrf_exempt
def verb(request, name):
    """POST {"args": [...], "options": {...}}: does the verb; 409 with the sentence where it refuses."""
    sent = json.loads(request.body)
    options = {key: read(key, value) for key, value in sent["options"].items()}
    try:
        row = getattr(lifecycle, name)(*sent["args"], **options)
    except lifecycle.Refused as refused:
        return HttpResponse(str(refused), status=409)
    return JsonResponse({"pk": getattr(row, "pk", None)})


def read(key, value):
    """JSON has no dates, no decimals and no people."""
    if key in DATES:
        return date.fromisoformat(value)
    if key in AMOUNTS:
        return Decimal(value)
    if key == "by":
        return lifecycle.office()
    return value


handler400, handler500 = site.handler400, site.handler500
urlpatterns = [path("verb/<str:name>/", verb), *site.urlpatterns]
