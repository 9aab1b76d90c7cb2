"""The pages around the domain: home, standing pages, search, and what machines read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from treks.models import Page
from treks.reading import flagship_and_others
from treks.search import found


@require_safe
def home(request):
    """The first trek at its ridge, and the others beside it."""
    trek, others = flagship_and_others()
    return render(request, "pages/home.html", {"trek": trek, "others": others})


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
