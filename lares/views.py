"""The pages around the domain: home, standing pages, search, and what machines read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from treks.models import Page, Trek
from treks.reading import days_with_places
from treks.ridge import ridge_of
from treks.search import found


@require_safe
def home(request):
    """The first trek at its ridge, and the others beside it."""
    treks = list(Trek.objects.published())
    trek = treks[0] if treks else None
    context = {"trek": trek, "others": treks[1:]}
    if trek:
        context["days"] = list(days_with_places().filter(trek=trek))
        context["ridge"] = ridge_of(context["days"], trek.waypoints.all())
    return render(request, "pages/home.html", context)


@require_safe
def page(request, slug):
    """A standing page as staff wrote it."""
    return render(request, "pages/page.html", {"page": get_object_or_404(Page, slug=slug)})


@require_safe
def search(request):
    """Everything that carries a word or a name, in any of its spellings."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    return render(request, "pages/search.html", {"query": query, "results": found(query) if query else None})


@require_safe
def robots(request):
    """What search engines may read: everything public."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Disallow: {reverse('search')}", ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
