"""The picture that travels with a shared address: a poster with the page's words beside its scene."""

import hashlib
import os
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from .images import focus_share

WIDTH, HEIGHT, PANEL, MARGIN = 1200, 630, 440, 44
WOOL, INK, COCHINEAL, QOLLE, INDIGO = "#faf5ec", "#1f2a44", "#9e1b32", "#f2b347", "#2b4a7a"
# Part of every card's version: raise it when the drawing changes.
EDITION = 1
COLORS = 192
# Between two words, as a part of the size of the type.
SPACE = 0.26


def version(brand, title, line, picture):
    """A short text that changes whenever the card would look different."""
    said = "\0".join([str(EDITION), brand, title, line, str(picture)])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def made(name, version, make):
    """The card's bytes from the folder of made cards, or made now; older versions of it are deleted.

    A disk that fails costs time, not the card.
    """
    folder = Path(settings.MEDIA_ROOT) / "cards"
    path = folder / f"{name}.{version}.png"
    try:
        return path.read_bytes()
    except OSError:
        content = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(content)
        for old in folder.glob(f"{name}.*.png"):
            old.unlink(missing_ok=True)
        fresh.replace(path)
    except OSError:
        pass
    return content


def draw(brand, title, line, source, focus=(50, 50)):
    """A card as PNG bytes; `source` is the file of the picture, `focus` its point to keep, in percent."""
    card = Image.new("RGB", (WIDTH, HEIGHT), WOOL)
    with Image.open(source) as picture:
        card.paste(cropped(picture.convert("RGB"), (WIDTH - PANEL, HEIGHT), focus), (PANEL, 0))
    pen = ImageDraw.Draw(card)
    weave(pen, PANEL - 14)
    say(pen, 52, brand, COCHINEAL, font(30))
    lines, size = fitted(title, PANEL - 2 * MARGIN - 14)
    top = 130
    for text in lines:
        say(pen, top, text, INK, font(size))
        top += round(size * 1.14)
    for text in wrapped(line, font(26), PANEL - 2 * MARGIN - 14)[: (HEIGHT - top - 60) // 36]:
        say(pen, top + 24, text, INDIGO, font(26))
        top += 36
    target = BytesIO()
    card.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, "PNG")
    return target.getvalue()


def say(pen, top, text, color, face):
    """One line of words in the panel, set word by word: the type's own spaces are too narrow for it."""
    left = MARGIN
    for word in text.split():
        pen.text((left, top), word, fill=color, font=face)
        left += length(word, face) + SPACE * face.size


def length(text, face):
    """How wide a line is, in pixels."""
    words = text.split()
    return sum(map(face.getlength, words)) + SPACE * face.size * (len(words) - 1)


def cropped(picture, size, focus):
    """The picture filling a size, cut so that its focal point stays in sight."""
    scale = max(wanted / there for wanted, there in zip(size, picture.size, strict=True))
    cut = [wanted / scale for wanted in size]
    left, top = (
        focus_share(percent, there, part)
        for percent, there, part in zip(focus, picture.size, cut, strict=True)
    )
    box = left, top, left + cut[0], top + cut[1]
    return picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def weave(pen, left):
    """The stripe of stepped diamonds down the edge of the panel."""
    pen.rectangle((left, 0, left + 13, HEIGHT), fill=COCHINEAL)
    for middle in range(10, HEIGHT, 21):
        for step, half in enumerate((1, 3, 5, 3, 1)):
            pen.rectangle(
                (left + 7 - half, middle + 3 * step - 7, left + 6 + half, middle + 3 * step - 5), QOLLE
            )


@cache
def font(size):
    """The site's own display type."""
    return ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / "piazzolla-latin.woff2", size)


def fitted(title, width):
    """The title in lines, and the largest size in which it takes no more than five of them."""
    for size in (58, 52, 46, 40):
        lines = wrapped(title, font(size), width)
        if len(lines) <= 5 and all(length(line, font(size)) <= width for line in lines):
            break
    return lines[:6], size


def wrapped(text, face, width):
    """The words of a text in lines no longer than a width in pixels; a longer word has a line of its own."""
    words = text.replace("\u00a0", " ").split()
    starts = [0]
    for end in range(1, len(words) + 1):
        if end - starts[-1] > 1 and length(" ".join(words[starts[-1] : end]), face) > width:
            starts.append(end - 1)
    return [" ".join(words[start:end]) for start, end in pairwise([*starts, len(words)])]
