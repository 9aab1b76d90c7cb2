"""The stand-in for the card provider: its notices, its memory, and where it refuses to be."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from card_provider import charge_request
from copies import ROOT, is_alive, within

from bookings import gateways
from bookings.gateways.standin import StandIn
from bookings.gateways.standin.api import nested


class StaysHere(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *args):
        return None


def read(url, form=None, **headers):
    """The status, the text and the target of a page."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    browser = urllib.request.build_opener(StaysHere, urllib.request.ProxyHandler({}))
    try:
        with browser.open(urllib.request.Request(url, data, headers), timeout=5) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers["Location"] or ""


def ask(standin, name, **words):
    """The result of a control over HTTP."""
    request = urllib.request.Request(f"{standin.address}/control/{name}", json.dumps(words).encode())
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


@pytest.fixture
def site():
    """A site that takes notices: what came, and which statuses it answers before it takes them."""

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with server.lock:
                server.came.append((json.loads(body), body, dict(self.headers)))
                status = server.answers.pop(0) if server.answers else 200
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    server.lock, server.came, server.answers = threading.Lock(), [], []
    server.url = f"http://127.0.0.1:{server.server_port}/notices/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def names(site):
    """What came, by name."""
    return [event["type"] for event, _body, _headers in site.came]


def test_notices_are_sent_signed_and_taken_once(card_provider, session, site):
    card_provider.send_to(site.url)
    card_provider.pay(session.session_id)

    assert within(5, lambda: all(e["_sent"] == "taken" for e in card_provider.state()["events"].values()))
    ((_, body, headers),) = site.came
    notice = gateways.get("stripe").read_webhook(body, headers)
    assert notice.session_id == session.session_id


def test_refused_notice_is_sent_again(card_provider, session, site):
    site.answers = [500]
    card_provider.send_to(site.url)
    card_provider.pay(session.session_id)

    assert within(6, lambda: len(site.came) == 2)
    assert site.came[0][0]["id"] == site.came[1][0]["id"]


def test_held_notices_come_when_released(card_provider, session, site):
    card_provider.hold_events()
    card_provider.send_to(site.url)
    card_provider.pay(session.session_id)
    assert not within(0.5, lambda: site.came)

    card_provider.release_events()

    assert within(5, lambda: names(site) == ["checkout.session.completed"])


def test_lost_notices_never_come(card_provider, session, site):
    card_provider.pay(session.session_id)

    assert card_provider.lose_events() == ["checkout.session.completed"]

    card_provider.send_to(site.url)
    assert not within(0.7, lambda: site.came)


def test_notices_come_in_any_order_in_copies_and_late(card_provider, session, site):
    card_provider.hold_events()
    card_provider.send_to(site.url)
    card_provider.decline(session.session_id)
    card_provider.pay(session.session_id)

    statuses = card_provider.deliver(card_provider.events()[::-1], copies=2, hours_late=72)

    assert statuses == [200] * 4
    assert names(site) == ["checkout.session.completed"] * 2 + ["payment_intent.payment_failed"] * 2
    card_provider.release_events()
    assert not within(0.7, lambda: len(site.came) > 4)
    event, body, headers = site.came[0]
    real = card_provider.state()["events"][event["id"]]["created"]
    assert real - event["created"] == 72 * 3600
    assert gateways.get("stripe").read_webhook(body, headers).event_id == event["id"]


def test_site_that_is_away_gets_its_notices_later(card_provider, session, site):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        card_provider.send_to(f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        card_provider.pay(session.session_id)
        assert within(5, lambda: list(card_provider.state()["events"].values())[0].get("_tries"))

    card_provider.send_to(site.url)

    assert within(6, lambda: site.came)


def test_everything_can_be_asked_over_http(card_provider, session):
    ask(card_provider, "pay", session_id=session.session_id)

    shown = ask(card_provider, "state")["sessions"][session.session_id]
    assert (shown["status"], shown["payment_status"]) == ("complete", "paid")
    for name, words in [("nonsense", {}), ("pay", {"session_id": session.session_id}), ("pay", {})]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(card_provider, name, **words)
        refused.value.close()


def test_every_control_exists(card_provider):
    assert all(callable(getattr(card_provider, name)) for name in StandIn.CONTROLS)


def test_desk_shows_and_does_what_can_go_wrong(card_provider, session):
    desk = card_provider.address + "/desk"

    read(desk, {"act": "hold_events"})
    read(desk, {"act": f"expire {session.session_id}"})
    read(desk, {"act": f"expire {session.session_id}"})
    _, page, _ = read(desk)

    assert card_provider.courier.held
    assert "expired, unpaid" in page and "checkout.session.expired: waiting" in page


def test_desk_fails_refunds(card_provider, session):
    card_provider.pay(session.session_id)
    gateway = gateways.get("stripe")
    payment_id = gateway.status(session.session_id).payment_id
    refund = gateway.refund(payment_id, charge_request().amount, "refund-1")
    button = re.search(r'value="(fail_refund \w+)"', read(card_provider.address)[1]).group(1)

    read(card_provider.address + "/desk", {"act": button})

    assert gateway.refund_status(refund.refund_id).state == "failed"


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Host": "127.0.0.1.evil.example"}],
)
def test_other_sites_cannot_use_it(card_provider, session, headers):
    assert read(session.url, {"act": "pay"}, **headers)[0] == 403
    assert gateways.get("stripe").status(session.session_id).state == "open"


def test_sessions_outlive_the_stand_in(tmp_path, settings):
    kept = tmp_path / "cards.json"
    first = StandIn(kept=kept).start()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_standin", first.address
    session = gateways.get("stripe").start(charge_request())
    first.stop()

    second = StandIn(first.server.server_port, kept=kept).start()
    read(session.url, {"act": "pay"})
    status = gateways.get("stripe").status(session.session_id)
    second.stop()

    assert status.state == "paid"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_it_listens_at_this_machine_only(host):
    with pytest.raises(ValueError, match="this machine only"):
        StandIn(host=host)


@pytest.mark.parametrize(
    "environment", [{"LARES_ENV": "production"}, {"LARES_ENV": "x"}, {"DATABASE_URL": "p"}]
)
def test_it_does_not_run_in_production(monkeypatch, environment):
    monkeypatch.delenv("LARES_ENV", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(RuntimeError, match="production"):
        StandIn()


def test_by_itself_it_ends_with_its_parent():
    start = (
        "import subprocess, sys; words = [sys.executable, '-m', 'bookings.gateways.standin', '0'];"
        "p = subprocess.Popen(words, stdout=subprocess.PIPE, text=True);"
        "print(p.pid, p.stdout.readline(), flush=True)"
    )
    environment = {"PATH": os.environ["PATH"]}
    said = subprocess.run(
        [sys.executable, "-c", start], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    pid, address = said.stdout.split()

    assert address.startswith("http://127.0.0.1:")
    assert within(5, lambda: not is_alive(int(pid)))


def test_forms_of_the_sdk_become_dicts_and_lists():
    pairs = [("a[0][b][c]", "1"), ("a[0][b][d]", "2"), ("a[1]", "x"), ("e", ""), ("f[created][gte]", "5")]

    assert nested(pairs) == {"a": [{"b": {"c": "1", "d": "2"}}, "x"], "e": "", "f": {"created": {"gte": "5"}}}
