"""The site as recorded once for every test that only looks at its pages."""

import pytest

from tests import recorded, walk


@pytest.fixture(scope="session")
def public_pages(django_db_setup, django_db_blocker):
    """Every page of the sitemap, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(walk.SEASON):
        return recorded.public_pages()


@pytest.fixture(scope="session")
def ways(pytestconfig):
    """The widths and themes in which axe looks: each of them once, and with `--long` each with each."""
    return walk.EVERY_WAY if pytestconfig.getoption("long") else walk.CORNERS


@pytest.fixture(scope="session")
def some_or_all(pytestconfig):
    """Narrows addresses to one of each kind, and leaves all of them with `--long`."""
    return list if pytestconfig.getoption("long") else walk.one_of_each_kind


@pytest.fixture
def reader(chromium, pages):
    """A browser in which `pages`, named by the module, lie at their addresses."""
    page = walk.browser_page(chromium, pages)
    yield page
    page.context.close()
