"""Every state a traveler can meet: axe in both themes at two widths, sideways scroll, focus that is seen."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Days: more rows of the same kind only take axe longer.
SEASON = 60


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Answers, forms with reasons, refusals, private pages, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(SEASON):
        return recorded.states()


@pytest.fixture
def page(chromium, pages):
    """A browser in which the pages lie at their addresses."""
    page = walk.browser_page(chromium, pages)
    yield page
    page.context.close()


def test_axe_finds_nothing_in_any_state(page, pages, request):
    assert len(pages) > 40
    ways = walk.EVERY_WAY if request.config.getoption("long") else walk.CORNERS

    assert walk.axe_findings(page, pages, ways) == []


def test_no_state_scrolls_sideways(page, pages):
    assert walk.sideways(page, pages) == []


def test_focus_is_seen_in_every_state(page, pages):
    assert walk.faults_of_focus(page, pages) == []
