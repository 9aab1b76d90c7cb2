"""Every state a traveler can meet: axe in both themes at two widths, sideways scroll, focus that is seen."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Answers, forms with reasons, refusals, private pages, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(walk.SEASON):
        return recorded.states()


def test_axe_finds_nothing_in_any_state(reader, pages, ways):
    assert len(pages) > 40

    assert walk.axe_findings(reader, pages, ways) == []


def test_no_state_scrolls_sideways(reader, pages):
    assert walk.sideways(reader, pages) == []


def test_focus_is_seen_in_every_state(reader, pages):
    assert walk.faults_of_focus(reader, pages) == []
