"""A form of the office as a browser would send it: read from the page, changed, posted back."""

from html.parser import HTMLParser

from django.urls import reverse


class _Fields(HTMLParser):
    """Collects what a browser would send of every field on a page."""

    def __init__(self):
        super().__init__()
        self.sent, self.buttons, self.select, self.textarea = {}, {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if tag == "input" and name and kind == "submit":
            self.buttons[name] = attrs.get("value", "")
        elif tag == "input" and name and kind in {"checkbox", "radio"}:
            if "checked" in attrs:
                self.sent.setdefault(name, []).append(attrs.get("value", "on"))
        elif tag == "input" and name and kind != "file":
            self.sent[name] = [attrs.get("value", "")]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.sent.setdefault(self.select, []).append(attrs.get("value", ""))
        elif tag == "textarea" and name:
            self.textarea, self.sent[name] = name, [""]

    def handle_data(self, data):
        if self.textarea:
            self.sent[self.textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves out the line break that stands right after the tag.
            self.sent[self.textarea][0] = self.sent[self.textarea][0].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None


def fields(response):
    """What the page's form would send as it stands."""
    page = _Fields()
    page.feed(response.content.decode())
    return page.sent


def send(client, response, **changes):
    """Post the form of a page that was opened, with some fields changed; None leaves a field out."""
    data = fields(response) | {"_save": "Save"} | changes
    return client.post(response.request["PATH_INFO"], {k: v for k, v in data.items() if v is not None})


def filled(response, **changes):
    """What the form of a page would send with some fields changed; None leaves a field out."""
    return {name: value for name, value in (fields(response) | changes).items() if value is not None}


def act(record, name):
    """The address of a page on which the office does one thing to a booking or a departure."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}", args=[record.pk])


def do(client, record, name, query="", **values):
    """Open the page of an act, fill it in, send it."""
    page = client.get(act(record, name) + query)
    assert page.status_code == 200, page.headers.get("Location")
    return client.post(act(record, name), filled(page, **values))
