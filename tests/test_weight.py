"""What the public pages weigh as production serves them: the page and its stylesheet, brotli, in bytes."""

import re

import pytest

from tests import recorded

# One round trip of a new connection carries ten packets, 14,600 bytes; 14 KB leave room for the headers.
LIGHT, TREK = 14 * 1024, 20 * 1024

pytestmark = pytest.mark.django_db


def stylesheets(answer):
    """The stylesheets that a screen waits for, as paths; the one for paper keeps nobody waiting."""
    return re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', recorded.text_of(answer))


def scripts(answer):
    """The scripts that a page asks for, as names without their hash."""
    return re.findall(r'<script src="/static/js/(\w+)[^"]*" defer', recorded.text_of(answer))


def test_every_public_page_has_one_stylesheet_and_only_the_ridge_a_script(production_site):
    _folder, pages = production_site

    assert {len(stylesheets(answer)) for answer in pages.values()} == {1}
    asking = {a: answer for a, answer in pages.items() if "<script src" in recorded.text_of(answer)}
    scripted = {a: scripts(answer) for a, answer in asking.items()}
    assert set(scripted) == {a for a in pages if re.fullmatch(r"/treks/lares-[^/]+/", a)}
    assert all(names == ["ridge"] for names in scripted.values())


def test_page_and_stylesheet_fit_one_round_trip(production_site):
    folder, pages = production_site
    limits = {a: TREK if re.fullmatch(r"/treks/lares-[^/]+/", a) else LIGHT for a in pages}

    weights = {
        a: len(answer.body) + (folder / f"{stylesheets(answer)[0]}.br").stat().st_size
        for a, answer in pages.items()
    }

    assert list(limits.values()).count(TREK) == 5
    assert {a: weight for a, weight in weights.items() if weight > limits[a]} == {}


def test_built_files_are_kept_for_ever_and_pages_are_asked_for_again(production_site):
    folder, pages = production_site
    name = stylesheets(pages["/"])[0]

    assert re.fullmatch(r"css/site\.[0-9a-f]{6}\.css", name)
    assert {answer.headers["Cache-Control"] for answer in pages.values()} <= {"no-cache", "private, no-cache"}
    assert all(answer.headers["ETag"].startswith('W/"') for answer in pages.values())
