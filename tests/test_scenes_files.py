"""The committed illustrations: every file that scenes.json names is there, true to size and light."""

import json
from pathlib import Path

import pytest
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "static" / "img" / "scenes"
SCENES = json.loads((FOLDER / "scenes.json").read_text())
AVIF_LIMITS = {480: 20_000, 800: 35_000, 1200: 50_000, 1600: 50_000}
WEBP_LIMIT = 125_000


def names(slug):
    """File stems of a scene: its day print and, where it has one, its night print."""
    return [slug, f"{slug}-night"] if SCENES[slug]["night"] else [slug]


def kinds_of(name):
    """The formats of a print: by night there is AVIF alone."""
    return ("avif",) if name.endswith("-night") else ("avif", "webp")


def test_scenes_folder_holds_nothing_else():
    expected = {"scenes.json"} | {
        f"{name}-{width}.{kind}"
        for slug, scene in SCENES.items()
        for name in names(slug)
        for width in scene["widths"]
        for kind in kinds_of(name)
    }

    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("slug", SCENES)
def test_scene_sizes_are_true_and_light(slug):
    scene = SCENES[slug]

    for name in names(slug):
        for width in scene["widths"]:
            height = width * scene["height"] / scene["width"]
            for kind in kinds_of(name):
                path = FOLDER / f"{name}-{width}.{kind}"
                with Image.open(path) as picture:
                    assert picture.width == width
                    assert abs(picture.height - height) < 1
                assert path.stat().st_size <= (AVIF_LIMITS[width] if kind == "avif" else WEBP_LIMIT)


@pytest.mark.parametrize("slug", SCENES)
def test_scene_top_edge_is_the_flat_sky_ink(slug):
    scene = SCENES[slug]
    skies = {name: scene["sky_night" if name.endswith("-night") else "sky"] for name in names(slug)}

    for name, sky in skies.items():
        with Image.open(FOLDER / f"{name}-480.avif") as picture:
            top = picture.convert("RGB").crop((0, 0, 480, 8)).resize((1, 1), Image.Resampling.BOX)
        ink = tuple(int(sky[i : i + 2], 16) for i in (1, 3, 5))
        assert all(abs(a - b) <= 6 for a, b in zip(top.getpixel((0, 0)), ink, strict=True))


@pytest.mark.parametrize("slug", SCENES)
def test_scene_alt_text_says_what_is_seen(slug):
    alt = SCENES[slug]["alt"]

    assert 60 <= len(alt) <= 250
    assert alt.endswith(".")
