"""A browser without script for one visitor: cookies, forms, redirects."""

import http.client
import json
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = {301, 302, 303}


class NoAnswer(Exception):
    """The line broke before the answer came."""


class Browser:
    """One visitor of a server under test."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.requests = 0

    def get(self, path):
        """The page and where it was found in the end."""
        return self._follow("GET", path)

    def post(self, path, fields):
        """Send a form and go where it leads; a page."""
        return self._follow("POST", path, fields)

    def post_only(self, path, fields):
        """Send a form; its bare answer."""
        return self._ask("POST", path, fields)

    def _follow(self, method, path, fields=None):
        page = self._ask(method, path, fields)
        while page.status in REDIRECTS:
            path = urljoin(path, page.location)
            page = self._ask("GET", urlsplit(path).path)
        return page

    def _ask(self, method, path, fields=None):
        self.requests += 1
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer from error
        finally:
            line.close()
        for cookie in SimpleCookie("\r\n".join(answer.headers.get_all("Set-Cookie", []))).values():
            self.cookies[cookie.key] = cookie.value
        return Page(path, answer.status, text, answer.headers.get("Location", ""))


class Page:
    """An answer of the server."""

    def __init__(self, path, status, text, location):
        self.path, self.status, self.text, self.location = path, status, text, location

    def fields(self, containing):
        """The fields of the form that has a field of this name, as they would be sent: {name: value}."""
        reader = Forms()
        reader.feed(self.text)
        found = [form for form in reader.forms if containing in form.names]
        assert found, f"{self.path} ({self.status}) has no form with {containing}:\n{self.text[:3000]}"
        return dict(found[0])


class Form(list):
    """Pairs of name and value, and the names of all its fields."""

    def __init__(self):
        super().__init__()
        self.names = set()


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.select = None

    def handle_starttag(self, tag, attributes):
        """Inputs with their values; of a choice what is chosen."""
        given = dict(attributes)
        if tag == "form":
            self.forms.append(Form())
        if not self.forms or not (name := given.get("name") or (tag == "option" and self.select)):
            return
        form = self.forms[-1]
        if tag == "input":
            form.names.add(name)
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                form.append((name, given.get("value", "")))
        elif tag == "select":
            form.names.add(name)
            self.select = name
        elif tag == "option" and "selected" in given:
            form.append((name, given.get("value", "")))

    def handle_endtag(self, tag):
        """A choice ends."""
        if tag == "select":
            self.select = None


def call(port, name, /, *args, **options):
    """Call a verb in the server process; (status, answer). Raises NoAnswer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", f"/verb/{name}/", json.dumps({"args": args, "options": options}, default=str))
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer from error
    finally:
        line.close()
