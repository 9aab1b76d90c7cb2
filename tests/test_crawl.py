"""The whole public site, walked link by link as a visitor would."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from tests.factories import make_trek
from tests.factories_treks import make_village
from tests.test_seed_facts_content import FACTS
from treks.loading import load
from treks.models import Passage, Place, Trek

ENOUGH = 600
LISTED = r"<loc>http://testserver(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?"


class Page(HTMLParser):
    """What a browser would know of a page: links, forms, anchors, words, and what search engines read."""

    def __init__(self, html):
        super().__init__()
        self.links, self.forms, self.ids, self.words, self.found = [], [], [], [], {}
        self.open = []
        self.feed(html)
        self.text = re.sub(r"\s+", " ", "".join(self.words)).lower()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.open.append(tag)
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "form" and attrs.get("action"):
            self.forms.append(attrs["action"])
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        if tag == "meta" and attrs.get("name") == "description":
            self.found["description"] = attrs["content"]
        if tag == "link" and attrs.get("rel") == "canonical":
            self.found["canonical"] = attrs["href"]
        self.found["h1"] = self.found.get("h1", 0) + (tag == "h1")
        self.found["inline"] = self.found.get("inline", 0) + ("style" in attrs or tag == "style")

    def handle_data(self, data):
        if self.open and self.open[-1] == "title" and "title" not in self.found:
            self.found["title"] = data.strip()
        self.words.append(data)


def crawl(client):
    """Every page that can be reached from the home page: {address: Page}, and the links that lead nowhere."""
    waiting, pages, broken = ["/", "/search/?q=Wacawasi"], {}, []
    while waiting and len(pages) < ENOUGH:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address, follow=True)
        if response.redirect_chain:
            pages[address] = None
            address = response.redirect_chain[-1][0]
        if response.status_code != 200:
            broken.append((address, response.status_code))
            continue
        page = pages[address] = Page(response.text)
        waiting += [link for link in local(address, page.links) if link not in pages]
    return {address: page for address, page in pages.items() if page}, broken


def local(address, links):
    """The links of a page that stay on the site, without anchors; a few departures stand for all."""
    found = {urldefrag(urljoin(address, link)).url for link in links}
    found = {link for link in found if not urlsplit(link).scheme and not link.startswith("/admin/")}
    return (
        sorted(link for link in found if "departure=" not in link and "/departures/" not in link)
        + sorted(link for link in found if "departure=" in link or "/departures/" in link)[:3]
    )


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The site with all its content and a year of departures: its pages, its broken links, its sitemap."""
    development = override_settings(PRODUCTION=False, DATABASE_URL="")
    with django_db_blocker.unblock(), development, transaction.atomic():
        load()
        call_command("load_demo", verbosity=0)
        client = Client()
        yield *crawl(client), client.get("/sitemap.xml").text
        transaction.set_rollback(True)


def test_site_has_no_broken_link_and_says_who_it_is_on_every_page(site):
    pages, broken, _sitemap = site

    assert broken == []
    assert len(pages) > 30
    titles = [page.found.get("title") for page in pages.values()]
    assert all(titles)
    assert [address for address, page in pages.items() if not page.found.get("description")] == []
    assert [address for address, page in pages.items() if page.found["h1"] != 1] == []
    assert [address for address, page in pages.items() if page.found["inline"]] == []
    wrong = [
        a for a, page in pages.items() if page.found["canonical"] != f"http://testserver{urlsplit(a).path}"
    ]
    assert wrong == []
    assert [a for a, page in pages.items() if len(page.ids) != len(set(page.ids))] == []


def test_links_to_a_part_of_a_page_find_it(site):
    pages, _broken, _sitemap = site

    missing = []
    for address, page in pages.items():
        for link in [*page.links, *page.forms]:
            target, part = urldefrag(urljoin(address, link))
            if part and target in pages and part not in pages[target].ids:
                missing.append((address, link))

    assert missing == []


def test_every_page_leads_to_the_complaints_book(site):
    pages, _broken, _sitemap = site

    assert [a for a, page in pages.items() if "/terms/#complaints" not in page.links] == []
    assert "complaints" in pages["/terms/"].ids


def test_site_tells_what_the_customer_wrote(site):
    pages, _broken, _sitemap = site
    told = " ".join(page.text for page in pages.values())

    assert [(fact, words) for fact in FACTS for words in FACTS[fact] if words.lower() not in told] == []


def test_site_has_telephone_and_whatsapp_on_every_page(site):
    pages, _broken, _sitemap = site

    assert [a for a, page in pages.items() if not any(link.startswith("tel:") for link in page.links)] == []
    assert [a for a, page in pages.items() if not any("wa.me" in link for link in page.links)] == []


def test_sitemap_knows_pages_that_exist_and_every_trek_and_village(site):
    pages, _broken, sitemap = site
    listed = re.findall(r"<loc>http://testserver(.*?)</loc>", sitemap)

    assert set(listed) <= set(pages)
    assert {a for a in pages if re.match("/(treks|villages|hot-springs)/.", a)} <= set(listed)


def test_sitemap_says_when_what_people_wrote_last_changed(site):
    _pages, _broken, sitemap = site
    entries = dict(re.findall(LISTED, sitemap))

    assert {address for address, changed in entries.items() if not changed} == {"/departures/"}
    today = timezone.localdate().isoformat()
    assert set(entries.values()) == {today, ""}


def test_own_words_change_the_day_of_their_page_alone(client, db):
    changed = {"updated_at": timezone.now() + timedelta(days=9)}
    make_trek()
    Trek.objects.update(updated_at=timezone.now())
    Passage.objects.create(key="home.headline", text="Walk", **changed)

    entries = dict(re.findall(LISTED, client.get("/sitemap.xml").text))

    day = timezone.localdate(changed["updated_at"]).isoformat()
    assert [address for address, last in entries.items() if last == day] == ["/"]


def test_meaning_of_a_name_changes_the_day_of_the_words_too(client, db):
    changed = timezone.now() + timedelta(days=9)
    make_village(slug="lares")
    Place.objects.update(updated_at=changed)

    entries = dict(re.findall(LISTED, client.get("/sitemap.xml").text))

    day = timezone.localdate(changed).isoformat()
    assert {address for address, last in entries.items() if last == day} == {
        "/valley/",
        "/words/",
        "/villages/lares/",
    }


def test_listed_pages_have_titles_and_descriptions_of_their_own(site):
    pages, _broken, sitemap = site
    listed = [pages[address].found for address in re.findall(r"<loc>http://testserver(.*?)</loc>", sitemap)]

    assert len({found["title"] for found in listed}) == len(listed)
    assert len({found["description"] for found in listed}) == len(listed)


def test_robots_name_the_sitemap_and_keep_the_office_out(client):
    told = client.get("/robots.txt").text

    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /admin/" in told
