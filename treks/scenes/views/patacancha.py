"""Patacancha: red cloth on a line, weavers in red sitting in the sun, a woman coming home."""

import numpy as np

from ..animals import alpaca
from ..buildings import doorstep, dry_wall, house, iron_lantern
from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import COCHINEAL, materials
from ..people import kneeling_woman, loom, rope, seated_woman, standing_woman
from ..plate import Plate
from ..printing import (
    cloud_bands,
    fog,
    mountain_light,
    near_light,
    planes,
    print_ground,
    print_things,
    snow_line,
    valley_mist,
)
from ..separation import tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = (
    "Women in red shawls and round red hats, turned away, weave and spin before red cloths; alpacas and "
    "houses behind."
)
SKY = "#2a6f86"
DARK = False

RIDGES = (
    (
        0.9,
        (
            (-1.5, 10, 190), (-1.0, 10, 175), (-0.6, 10, 205), (-0.35, 9.8, 150), (-0.22, 9.8, 118),
            (-0.08, 9.9, 170), (0.2, 10, 215), (0.55, 10.2, 195), (1.0, 10.3, 225), (1.5, 10, 205),
        ),
    ),
    (0.9, ((-0.22, 9.8, 118), (-0.30, 8.8, 240), (-0.24, 7.8, 330))),
    (0.9, ((-0.22, 9.8, 118), (-0.05, 8.8, 250), (0.0, 7.8, 340))),
    (0.9, ((0.55, 10.2, 195), (0.5, 9.2, 280), (0.42, 8.2, 350))),
    (
        0.62,
        (
            (-1.5, 3.6, -30), (-1.15, 3.8, 70), (-0.9, 4.0, 130), (-0.6, 4.5, 215),
            (-0.3, 5.2, 300), (-0.05, 6.0, 365),
        ),
    ),
    (
        0.62,
        (
            (1.5, 4.0, 20), (1.1, 4.2, 105), (0.8, 4.5, 165), (0.5, 5.0, 240),
            (0.2, 5.8, 320), (-0.02, 6.4, 370),
        ),
    ),
    (0.55, ((-1.4, 2.0, 150), (-1.0, 2.2, 235), (-0.7, 2.5, 300), (-0.4, 2.9, 360), (-0.15, 3.4, 410))),
    (0.55, ((1.5, 2.3, 170), (1.1, 2.5, 250), (0.8, 2.8, 310), (0.45, 3.2, 370), (0.15, 3.7, 420))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=43, floor=3290.0, detail=14.0, rough=130.0, warp=0.8, form=2.5)
PLOT = Plot(lambda x, z: _ground(x, z), size=640, cell=0.12, start=-1.0)
HOUSES = (((-9.4, 22.5), -0.35, "stonewall"), ((-1.6, 31.0), 0.12, "adobe"), ((10.2, 25.0), 0.5, "stonewall"))
REPRINT = {
    "redcloth": COCHINEAL,
    "redcloth2": ("#5a0d2c", "#8a1636", "#b3243f", "#d4494e"),
    "redcloth3": ("#7a1c20", "#ad2e2a", "#d4502f", "#ee7f4c"),
    "textile2": COCHINEAL,
}
WEAVER = -2.45, 8.2
LANTERN = -1.8, 9.0
LINE = ((-3.6, 15.2), (4.9, 13.6))
POST = 2.25


def _ground(x, z):
    y = 0.20 * PLOT.clouds(3, 6, 6) + 0.03 * PLOT.clouds(4, 4, 40) - 0.015 * z + 0.0012 * x * x
    return y - np.maximum(z - 32 - 0.15 * x, 0) ** 1.5 * 0.06


def _cloth_line(model, at):
    """Two posts, a rope and four cloths that hang from it."""
    (ax, az), (bx, bz) = LINE
    a, b = np.array(at(ax, az, POST)), np.array(at(bx, bz, POST))
    with model.part(blend=0.02):
        for top in (a, b):
            model.capsule("wood", top - (0, POST + 0.1, 0), top + (0, 0.12, 0), 0.065, 0.05)
    rope(model, a, b, sag=0.10)
    yaw = -np.arctan2(bz - az, bx - ax)
    kinds = (
        ("redcloth", 0.17, 0.80),
        ("textile2", 0.395, 0.60),
        ("redcloth2", 0.60, 0.82),
        ("redcloth3", 0.83, 0.64),
    )
    for material, share, wide in kinds:
        foot = a + (b - a) * share - (0, 0.10 * 4 * share * (1 - share), 0)
        with model.part(foot, yaw, 1.0, 0.04):
            model.box(material, (0, -0.62, -0.03), (wide, 0.68, 0.025), 0.02, pitch=-0.03, bumps=0.012)
            model.box(material, (0, -0.45, 0.08), (wide * 0.99, 0.50, 0.02), 0.02, pitch=0.12, bumps=0.010)


def _furnish(model, at):
    for (x, z), yaw, wall in HOUSES:
        house(model, at(x, z, -0.1), yaw, wall=wall, home=x < 0)
    dry_wall(model, (-7.5, 21.5), (-1.4, 25.0), at(-4.4, 23.2, 0.2)[1])
    dry_wall(model, (2.2, 25.5), (8.0, 22.5), at(5.1, 24.0, 0.2)[1])
    _cloth_line(model, at)
    seated_woman(model, at(*WEAVER), 0.95, 1.14)
    loom(model, at(*WEAVER), 0.95, 1.14)
    kneeling_woman(model, at(-0.75, 8.7), 0.75, 1.10, "lliclla2")
    standing_woman(model, at(-2.72, 11.6, -0.02), 2.35, 1.10, arms="spin")
    with model.part(at(-0.95, 7.6, 0.05), 0.5, 1.0, 0.02):
        model.ellipsoid("yarn1", (0.1, 0.06, -0.3), (0.13, 0.11, 0.13))
        model.ellipsoid("yarn2", (0.4, 0.06, -0.1), (0.12, 0.10, 0.12))
        model.ellipsoid("yarn3", (-0.2, 0.06, 0.0), (0.12, 0.10, 0.12))
    standing_woman(model, at(3.75, 9.9, -0.02), 1.1, 1.08, arms="rest", bundle=True)
    alpaca(model, at(0.9, 11.6, -0.02), -0.35, 1.06, "wool")
    alpaca(model, at(2.45, 12.2, -0.02), 0.1, 0.70, "woolbrown")
    iron_lantern(model, at(*LANTERN))


def _worn(x, z):
    street = np.exp(-(((x - 1.6 + 0.10 * (z - 8)) / (1.5 + 0.07 * z)) ** 2))
    return street + 1.1 * np.exp(-(((x + 2) / 4.2) ** 2) - ((z - 9) / 2.6) ** 2)


def _print_mountains(stage, far):
    # The left slope stays calm in half shade behind the roofs.
    light = mountain_light(stage, far) * np.where((far.depth < 4200) & (stage.across < 0.42), 0.60, 1)
    tone = tones(light, (0.15, 0.40, 0.66))
    near = "#25405a", "#54604c", "#9a8f48", "#d8bb63"
    middle = "#3f5f7c", "#7b7f78", "#bba070", "#e6c488"
    distant = "#6b8cb0", "#9aa8ba", "#dcbfa6", "#f7dcb8"
    canvas = planes(tone, far.depth, near, (middle, 3200, 4900), (distant, 6600, 8000))
    snow = snow_line(stage, far, 4980, beyond=6500)
    canvas = np.where(snow[..., None], inks("#7a9cc4", "#b2c6da", "#faead6", "#fffdf6")[tone], canvas)
    amount = valley_mist(far, 3420, 260, 1600, 5200) * 0.8 + 0.20 * np.clip((far.depth - 6000) / 2000, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#b9cdd0"), ink("#f8e2bd"), stage.across), 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.45, "#6fb0b4"), (0.75, "#cfdcc4"), (1, "#f6e3b8")
    sky = ramp(stops, np.clip(stage.down / 0.36, 0, 1))
    return cloud_bands(stage, sky, 57, 0.13, ((0.15, "#f8ecd0", 0.55),), thin=26, height=0.05)


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.10, 0.28, 0.44
    canvas = print_ground(stage, canvas, near, light, ("#34443c", "#5f6b3c", "#a39a48", "#c9b65c"), steps)
    bare = _worn(near.x, near.z) + 0.14 * Sheet(5)(near.z * 0.8 + 5, near.x * 0.8 + 25) > 0.42
    street = "#574650", "#94725a", "#d4ac7a", "#edcd9c"
    canvas = print_ground(stage, canvas, near, light, street, steps, where=bare)
    canvas = print_things(stage, canvas, near, light, materials(**REPRINT))
    shade = np.clip((6.7 - near.z + 0.12 * np.sin(near.x * 1.4) + 0.08 * np.sin(near.x * 3.7)) / 0.3, 0, 1)
    return over(canvas, shade * near.soil, ink("#2c2a44"), 0.58)


def _print_grass(stage, canvas, near):
    patch = Sheet(5, 50, 1.0)

    def meadow(x, z):
        return (_worn(x, z) < 0.34) & (patch(np.clip(z, 0, 48), np.clip(x + 24, 0, 48), 1) > -0.05)

    lit = inks("#3c4a38", "#6c7238", "#b0a24a", "#e0cc78")
    dark = inks("#1c2434", "#2a3640", "#48503e", "#747048")
    grow(canvas, near.depth, Tufts(900, 5, 7.5, 32.0, lit, (0.08, 0.24), 0.12, where=meadow), near, stage)
    front = Tufts(230, 8, 5.2, 6.9, dark, (0.14, 0.36), 0.12, where=lambda x, z: (x < -1.6) | (x > 0.5))
    return grow(canvas, near.depth, front, near, stage)


def _lamps(near):
    """The lantern among the weavers and the open doors of two houses."""
    x, z = LANTERN
    doors = [doorstep((x, near.foot(x, z), z), yaw) for (x, z), yaw, _ in HOUSES if x < 0]
    return [((x, near.foot(x, z) + 0.45, z), 4.0), *((door, 3.0) for door in doors)]


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("patacancha", width, 3810.0, -0.03, (-0.72, 0.42, -0.42))
    far = stage.mountains(RANGE)
    near = stage.layer("near", PLOT, _furnish)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_grass(stage, _print_near(stage, canvas, near), near)
    warm, lit = lamplight(stage, near, _lamps(near)), near.made_of("window", "flame")
    dyed = near.made_of("yarn2", "edging")
    return stage, Plate(canvas, ~far.hit & ~near.hit, 0.32, lit, warm, dyed)
