"""The pages around the domain: home, standing pages, search, and what machines read."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from treks.models import Operator, Page
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
def manifest(request):
    """What a phone needs to keep the site among its apps, at https://www.w3.org/TR/appmanifest/."""
    operator = Operator.objects.first()
    name = operator.name if operator else "Lares Trek"
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    told = {"name": name, "short_name": name, "start_url": reverse("home"), "display": "minimal-ui"}
    colors = {"background_color": "#faf5ec", "theme_color": "#faf5ec"}
    return JsonResponse(told | colors | {"icons": icons}, content_type="application/manifest+json")


@require_safe
def favicon(request):
    """Where the icon is, for readers that look at the old address and not at the page."""
    return redirect(static("img/icon-192.png"))


@require_safe
def robots(request):
    """What search engines may read: everything public."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Disallow: {reverse('search')}", ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
