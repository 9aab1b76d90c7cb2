"""The page where a traveler pays at the stand-in."""

from card_provider import charge_request
from copies import within

from bookings import gateways
from tests.test_standin import read


def test_page_says_that_no_money_moves_and_what_is_paid(session):
    status, page, _ = read(session.url)

    assert status == 200
    assert "Stand-in for the card provider: no money moves" in page
    assert "USD 316.50" in page and "Lares Trek, deposit" in page
    assert "<script" not in page and "style=" not in page


def test_page_speaks_spanish_and_shows_names_as_text(card_provider):
    request = charge_request(language="es", description="<b>Ñawi & co</b>")

    _, page, _ = read(gateways.get("stripe").start(request).url)

    assert 'lang="es"' in page and "no se mueve dinero" in page
    assert "&lt;b&gt;Ñawi &amp; co" in page


def test_paying_leads_back_with_the_session(session):
    status, _, target = read(session.url, {"act": "pay"})

    assert (status, target) == (303, f"http://127.0.0.1:9/paid/?session={session.session_id}")
    assert gateways.get("stripe").status(session.session_id).state == "paid"
    assert "paid already" in read(session.url)[1]


def test_paying_twice_charges_once(card_provider, session):
    for _ in range(2):
        read(session.url, {"act": "pay"})

    assert len(card_provider.state()["charges"]) == 1


def test_declined_card_keeps_the_page_open(card_provider, session):
    _, _, target = read(session.url, {"act": "decline"})
    _, page, _ = read(card_provider.address + target)

    assert "declined. Nothing was paid" in page
    assert 'value="pay"' in page
    assert gateways.get("stripe").status(session.session_id).state == "open"


def test_closed_page_takes_no_money_and_leads_back(card_provider, session):
    card_provider.expire(session.session_id)

    _, page, _ = read(session.url, {"act": "pay"})

    assert "page is closed" in page and "http://127.0.0.1:9/back/" in page
    assert card_provider.state()["charges"] == {}


def test_unknown_page_is_404(card_provider):
    assert read(f"{card_provider.address}/pay/cs_test_unknown")[0] == 404
    assert read(f"{card_provider.address}/nowhere")[0] == 404


def test_session_ends_by_itself_and_says_so(card_provider, session):
    card_provider.books.sessions[session.session_id]["expires_at"] = 0

    assert within(3, lambda: card_provider.events("expired"))
    assert gateways.get("stripe").status(session.session_id).state == "expired"
