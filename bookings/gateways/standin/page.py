"""The stand-in's pages: where the traveler pays, and the desk where a developer makes things go wrong."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from html import escape
from pathlib import Path
from string import Template

from .words import ENGLISH, words_of

PAGES = Path(__file__).resolve().parent / "pages"
PERU = timezone(timedelta(hours=-5))


def style():
    """The stylesheet."""
    return (PAGES / "style.css").read_text()


def whole(content, words, lang, title=""):
    """A page around what is in it."""
    return filled("page.html", words, content=content, lang=lang, **({"title": title} if title else {}))


def filled(template, words, **values):
    """A template of ours; what is put in is HTML already."""
    return Template((PAGES / template).read_text()).substitute({**words, **values})


def money(session):
    """As the site writes it."""
    return f"{session['currency'].upper()} {dollars(session['amount_total'])}"


def dollars(cents):
    """Whole cents with two places."""
    return f"{Decimal(cents).scaleb(-2):,}"


def payment_page(session, declined=False):
    """Where the card would be typed: pay, be declined, go back. Closed pages say so."""
    words = words_of(session["locale"])
    lang = "es" if words is not ENGLISH else "en"
    if session["status"] != "open":
        said = words["paid" if session["status"] == "complete" else "closed"]
        target = session["success_url"] if session["status"] == "complete" else session["cancel_url"]
        return whole(f"<p>{said}</p>{link(returning(session, target), words['return'])}", words, lang)
    end = datetime.fromtimestamp(session["expires_at"], PERU)
    content = filled(
        "pay.html",
        words,
        declined_note=f'<p class="error" role="alert">{words["declined"]}</p>' if declined else "",
        item=escape(session["_name"]),
        amount=money(session),
        end_iso=end.isoformat(),
        end=f"{end:%H:%M} (Peru)",
        cancel_url=escape(session["cancel_url"] or session["success_url"]),
    )
    return whole(content, words, lang)


def unknown_page():
    """For a wrong address."""
    return whole(f"<p>{ENGLISH['unknown']}</p>", ENGLISH, "en")


def link(url, text):
    """A paragraph with a link."""
    return f'<p><a href="{escape(url or "/")}">{text}</a></p>'


def returning(session, url):
    """An address to return to, with the session's id where it is asked for."""
    return (url or "").replace("{CHECKOUT_SESSION_ID}", session["id"])


def desk_page(provider):
    """All that the stand-in knows, newest first, with buttons."""
    state = provider.state()
    content = filled(
        "desk.html",
        {},
        sending="held back" if provider.courier.held else "sent",
        sessions=rows(state["sessions"], session_row),
        refunds=rows(state["refunds"], refund_row),
        events=rows(state["events"], event_row),
    )
    return whole(content, ENGLISH, "en", "The stand-in's desk")


def rows(shelf, row):
    """The last fifty as list items."""
    items = [f"<li>{row(each)}</li>" for each in list(shelf.values())[:-51:-1]]
    return "".join(items) or "<li>None yet.</li>"


def session_row(session):
    """Its state; an open one can be closed."""
    said = f"{moment(session)} {money(session)} {escape(session['_name'])}: {session['status']}, "
    said += session["payment_status"]
    if session["status"] != "open":
        return said
    return f'{said} <a href="{session["url"]}">Its page</a>{button("expire", session, "Its time is over")}'


def refund_row(refund):
    """Its state; it can fail, and one that waits can be done."""
    said = f"{moment(refund)} USD {dollars(refund['amount'])}: {refund['status']}"
    if refund["status"] == "pending":
        said += button("end_refund", refund, "It is done")
    return said if refund["status"] == "failed" else said + button("fail_refund", refund, "It fails")


def event_row(event):
    """Its name and what became of it."""
    return f"{moment(event)} {event['type']}: {event['_sent']}"


def button(act, row, text):
    """For one row."""
    return f'<button class="quiet" name="act" value="{act} {row["id"]}">{text}</button>'


def moment(row):
    """The time of day it was made, in UTC."""
    return f"{datetime.fromtimestamp(row['created'], UTC):%H:%M:%S}"
