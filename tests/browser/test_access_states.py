"""Every state a traveler can meet: axe in both themes at two widths, sideways scroll, focus that is seen."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Answers, forms with reasons, refusals, private pages, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(walk.SEASON):
        return recorded.states()


@pytest.fixture
def shares(pages, pytestconfig):
    """[(states, ways)]: each way for every other state, and with `--long` all states in every way."""
    if pytestconfig.getoption("long"):
        return [(list(pages), walk.EVERY_WAY)]
    return [(list(pages)[number::2], [way]) for number, way in enumerate(walk.CORNERS)]


def test_axe_finds_nothing_in_any_state(reader, shares):
    assert sum(len(states) for states, _ways in shares) > 40

    assert [walk.axe_findings(reader, states, ways) for states, ways in shares if states] == [[]] * len(
        shares
    )


def test_no_state_scrolls_sideways(reader, pages):
    assert walk.sideways(reader, pages) == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_profiles_side_by_side_have_one_scale_however_many_they_are(reader, width):
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(recorded.SITE + recorded.ALL_COMPARED)

    widths = [chart.bounding_box()["width"] for chart in reader.locator("svg.chart").all()]

    assert len(widths) == 5
    assert max(widths) - min(widths) < 0.5


def test_focus_is_seen_in_every_state(reader, pages):
    assert walk.faults_of_focus(reader, pages) == []
