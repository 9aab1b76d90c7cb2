"""Command line: ``python -m treks.scenes.draw ipsay_pass --width 1200`` draws one scene (see README.md)."""

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

from PIL import Image

from .color import to_image
from .export import WIDTHS, export, register
from .night import NIGHT_TOP, night_print

FULL = 2000
VIEWS = Path(__file__).parent / "views"


def scene_names():
    """Slugs of all scenes, one module each."""
    return sorted(path.stem for path in VIEWS.glob("*.py") if path.stem != "__init__")


def _proof(canvas, path, width=1200):
    picture = to_image(canvas)
    size = (width, round(width * picture.height / picture.width))
    picture.resize(size, Image.LANCZOS).save(path)


def draw(slug, width, proof=None, publish=False):
    """Draw one scene; write proofs (day and night PNG) to a folder, or publish its files."""
    view = import_module(f"{__package__}.views.{slug}")
    stage, plate = view.draw(width)
    top = view.SKY if view.DARK else getattr(view, "NIGHT", NIGHT_TOP)
    night = None if view.DARK else night_print(stage, plate, top)
    if proof:
        Path(proof).mkdir(parents=True, exist_ok=True)
        _proof(plate.canvas, Path(proof) / f"{slug}.png", min(width, 1200))
        if night is not None:
            _proof(night, Path(proof) / f"{slug}-night.png", min(width, 1200))
    if publish:
        wide, high = export(slug, plate.canvas)
        if night is not None:
            export(f"{slug}-night", night)
        entry = {"alt": view.ALT, "widths": list(WIDTHS), "width": wide, "height": high}
        entry |= {"sky": view.SKY, "sky_night": top, "night": night is not None}
        register(slug, entry)


def main():
    """Draw the scenes named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="+", help="slugs, or 'all'")
    parser.add_argument("--width", type=int, default=1200, help="pixels of the render")
    parser.add_argument("--proof", help="folder for PNG proofs")
    parser.add_argument("--publish", action="store_true", help=f"render at {FULL} px and write static files")
    options = parser.parse_args()
    for slug in scene_names() if options.scenes == ["all"] else options.scenes:
        start = time.monotonic()
        draw(slug, FULL if options.publish else options.width, options.proof, options.publish)
        sys.stdout.write(f"{slug}: {time.monotonic() - start:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
