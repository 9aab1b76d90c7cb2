"""The one stylesheet: the parts in static/css joined in a fixed order, minified, found as css/site.css.

Paper has its own, css/pages/print.css: screens do not wait for it.
"""

import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
# Tokens first: a later file may rely on an earlier one, never the other way round.
PARTS = (
    *("tokens", "fonts", "base", "header", "hero", "buttons", "layout", "facts"),
    *("departures", "forms", "ridge", "trek", "prose", "pages", "advice", "footer"),
)

STRING = r"\"[^\"]*\"|'[^']*'"


def minified(css):
    """The same rules in fewer bytes; what stands in quotes is left alone."""
    css = re.sub(rf"({STRING})|/\*.*?\*/", lambda found: found[1] or "", css, flags=re.DOTALL)
    pieces = re.split(rf"({STRING})", css)
    pieces[::2] = [tightened(piece) for piece in pieces[::2]]
    return "".join(pieces).strip()


def tightened(css):
    """Whitespace that means nothing in CSS, taken out."""
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    return css.replace(";}", "}")


def joined(folder):
    """The text of the whole stylesheet from the parts in a folder."""
    return "".join(minified((folder / f"{part}.css").read_text()) for part in PARTS)


def written(text, target):
    """Write the text to the target in one step, and only where it differs, so that readers never see half."""
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False) as draft:
            draft.write(text)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(target)
    return target


class StylesheetFinder(BaseFinder):
    """Finds css/site.css, made anew whenever one of its parts has changed."""

    def __init__(self, *args, **kwargs):
        self.source = settings.BASE_DIR / "static" / "css"
        self.storage = FileSystemStorage(location=settings.KEPT / "stylesheet")

    def check(self, **kwargs):
        return []

    def made(self):
        return written(joined(self.source), Path(self.storage.path(NAME)))

    def find(self, path, find_all=False, **kwargs):
        # "Nothing" is an empty list here: Django takes a None for one more match.
        if path != NAME:
            return []
        found = str(self.made())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self.made()
        yield NAME, self.storage
