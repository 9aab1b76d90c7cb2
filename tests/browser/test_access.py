"""Every public page: axe in both themes at two widths, sideways scroll, focus that is seen."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Days: more rows of the same kind only take axe longer.
SEASON = 60


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page of the sitemap, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(SEASON):
        return recorded.public_pages()


@pytest.fixture
def page(chromium, pages):
    """A browser in which the pages lie at their addresses."""
    page = walk.browser_page(chromium, pages)
    yield page
    page.context.close()


def test_axe_finds_nothing_on_any_public_page(page, pages):
    assert len(pages) > 30

    assert walk.axe_findings(page, pages) == []


def test_no_public_page_scrolls_sideways(page, pages):
    assert walk.sideways(page, pages) == []


def test_focus_is_seen_on_every_public_page(page, pages):
    assert walk.faults_of_focus(page, pages) == []
