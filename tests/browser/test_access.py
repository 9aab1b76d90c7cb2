"""Every public page: axe in both themes at two widths, sideways scroll, torn words, focus that is seen."""

import pytest

from tests import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def pages(public_pages):
    """Every page of the sitemap, by address."""
    return public_pages


def test_axe_finds_nothing_on_any_public_page(reader, pages, ways):
    assert len(pages) > 30

    assert walk.axe_findings(reader, pages, ways) == []


def test_no_public_page_scrolls_sideways(reader, pages):
    assert walk.sideways(reader, pages) == []


def test_no_public_page_tears_a_word_or_a_figure_from_its_unit(reader, pages):
    assert walk.torn_words(reader, pages) == []


def test_focus_is_seen_on_every_public_page(reader, pages):
    assert walk.faults_of_focus(reader, pages) == []
