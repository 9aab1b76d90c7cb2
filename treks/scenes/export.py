"""Export: a finished canvas becomes AVIF and WebP files of four widths and an entry in scenes.json."""

import io
import json
import math
from pathlib import Path

from PIL import Image

from .color import to_image

FOLDER = Path(__file__).resolve().parents[2] / "static" / "img" / "scenes"
WIDTHS = (480, 800, 1200, 1600)
BYTES = {
    "avif": {480: 17_000, 800: 34_500, 1200: 48_500, 1600: 49_500},
    "webp": {480: 30_000, 800: 58_000, 1200: 92_000, 1600: 120_000},
}
QUALITY = {"avif": (15, 58), "webp": (12, 78)}
OPTIONS = {"avif": {"speed": 6}, "webp": {"method": 6}}


def encode(picture, kind, limit):
    """Bytes within ``limit``, of nearly the best quality that fits: a few guesses, then halving."""
    low, high = QUALITY[kind]
    best, quality, tries = None, (low + 2 * high) // 3, 0
    while low <= high:
        buffer = io.BytesIO()
        picture.save(buffer, kind.upper(), quality=quality, **OPTIONS[kind])
        size, tries = buffer.tell(), tries + 1
        if size <= limit:
            best, low = buffer.getvalue(), quality + 1
        else:
            high = quality - 1
        enough = 0.95 if tries < 4 else 0.90
        if best and (tries >= 7 or len(best) > enough * limit):
            break
        # A step of quality changes the size by about 4 %.
        guess = quality + round(math.log(0.98 * limit / size) / 0.04)
        quality = min(max(guess, low), high) if tries < 3 else (low + high) // 2
    if best is None:
        raise ValueError(f"{kind} does not fit {limit} bytes even at the lowest quality")
    return best


def kinds_of(name):
    """The formats of a print: what reads no AVIF gets a picture by day."""
    return ("avif",) if name.endswith("-night") else ("avif", "webp")


def export(name, canvas):
    """Write every width and format of a canvas; returns the widest picture's (width, height)."""
    picture = to_image(canvas)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        size = (width, round(width * 2 / 3))
        small = picture.resize(size, Image.LANCZOS)
        for kind in kinds_of(name):
            path = FOLDER / f"{name}-{width}.{kind}"
            path.write_bytes(encode(small, kind, BYTES[kind][width]))
    return size


def register(slug, entry):
    """Put one scene into scenes.json, which the site reads; scenes stay sorted by slug."""
    index = FOLDER / "scenes.json"
    scenes = json.loads(index.read_text()) if index.exists() else {}
    scenes[slug] = entry
    text = json.dumps(dict(sorted(scenes.items())), indent=2, ensure_ascii=False)
    index.write_text(text + "\n")
