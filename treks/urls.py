"""Addresses of the catalogue."""

from django.urls import path

from . import views, views_advice, views_cards

urlpatterns = [
    path("treks/", views.treks, name="treks"),
    path("treks/compare/", views_advice.compare, name="compare"),
    path("treks/<slug:slug>/", views.trek, name="trek"),
    path("valley/", views.places, name="places"),
    path("villages/<slug:slug>/", views.village, name="village"),
    path("hot-springs/<slug:slug>/", views.hot_spring, name="hot_spring"),
    path("when-to-go/", views.when_to_go, name="when_to_go"),
    path("prepare/", views.prepare, name="prepare"),
    path("words/", views.words, name="words"),
    path("acclimatization/", views_advice.acclimatization, name="acclimatization"),
    path("cards/<str:language>/<str:kind>.png", views_cards.card, name="card"),
    path("cards/<str:language>/<str:kind>/<slug:slug>.png", views_cards.card, name="subject_card"),
    path("packing/", views_advice.packing, name="packing"),
]
