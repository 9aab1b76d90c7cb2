"""The site map: what belongs to no domain; the domains' own addresses stand in treks and bookings."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from . import health, uploads, views
from .sitemaps import sitemaps

handler400 = "lares.middleware.bad_request"
handler500 = "lares.middleware.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("treks.urls")),
    path("", include("bookings.urls")),
    path("about/", views.page, {"slug": "about"}, name="about"),
    path("terms/", views.page, {"slug": "terms"}, name="terms"),
    path("privacy/", views.page, {"slug": "privacy"}, name="privacy"),
    path("pages/<slug:slug>/", views.page, name="page"),
    path("search/", views.search, name="search"),
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon),
    path("healthz", health.health, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("media/<path:path>", uploads.media, name="media"),
]
