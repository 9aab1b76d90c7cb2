"""The letters of PDF files: embedded TrueType fonts that print Ł, ñ and 李 alike."""

from functools import lru_cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, EAST_ASIAN = "DejaVuSans", "DejaVuSans-Bold", "DroidSansFallbackFull"


@lru_cache(maxsize=1)
def fonts():
    """The fonts by name, registered once; reportlab's built-in ones drop what is beyond Western Europe."""
    for name in (REGULAR, BOLD, EAST_ASIAN):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return {name: pdfmetrics.getFont(name) for name in (REGULAR, BOLD, EAST_ASIAN)}


def runs(text, font):
    """The text in pieces of one font each: [(font name, piece)].

    What the wanted font lacks the East Asian one prints; what neither has shows as the font's empty box,
    never as nothing.
    """
    known, fallback = fonts()[font].face.charToGlyph, fonts()[EAST_ASIAN].face.charToGlyph

    def font_of(letter):
        return EAST_ASIAN if ord(letter) not in known and ord(letter) in fallback else font

    return [(name, "".join(piece)) for name, piece in groupby(text, key=font_of)]


def width(text, font, size):
    """How wide a text is printed, in points."""
    return sum(pdfmetrics.stringWidth(piece, name, size) for name, piece in runs(text, font))


def write(canvas, x, y, text, font=REGULAR, size=10):
    """Print a text from x on, with its baseline at y, in points; returns where it ends."""
    for name, piece in runs(text, font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, name, size)
    return x


def wrapped(text, font, size, room):
    """The text as lines that are not wider than `room` points; a word that is too long is broken."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and width(f"{line} {word}", font, size) > room:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
            while width(line, font, size) > room:
                fitting = next(n for n in range(len(line), 0, -1) if width(line[:n], font, size) <= room)
                lines.append(line[:fitting])
                line = line[fitting:]
        lines.append(line)
    return lines
