"""Cusco at first light: tiled roofs step down the hill to the towers on the square."""

import numpy as np

from ..color import ink, inks, mix, over, ramp
from ..night import lamplight
from ..noise import Sheet
from ..palette import materials
from ..people import walker
from ..plate import Plate
from ..printing import (
    fog,
    mountain_light,
    near_light,
    planes,
    print_ground,
    print_things,
    valley_mist,
)
from ..separation import median, smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = (
    "First light over Cusco: red roofs step down the hill toward two church towers, seen from a stone stair."
)
SKY = "#2f5f80"
DARK = False

RIDGES = (
    (
        0.6,
        (
            (-1.5, 9, 250), (-1.0, 9, 235), (-0.6, 9.2, 262), (-0.2, 9.4, 280), (0.2, 9.4, 262),
            (0.5, 9.2, 238), (0.8, 9.2, 255), (1.5, 9, 235),
        ),
    ),
    (0.6, ((0.3, 10.6, 246), (0.42, 10.6, 205), (0.50, 10.6, 178), (0.58, 10.6, 210), (0.75, 10.6, 250))),
    (
        0.34,
        (
            (-1.5, 1.5, 300), (-0.9, 1.6, 335), (-0.4, 1.8, 362), (0.1, 2.2, 378),
            (0.5, 1.9, 352), (1.5, 1.5, 285),
        ),
    ),
    (
        0.4,
        (
            (-1.5, 2.8, 262), (-0.8, 3.0, 290), (-0.2, 3.6, 330), (0.4, 3.2, 318),
            (0.9, 2.9, 278), (1.5, 2.8, 262),
        ),
    ),
    (0.55, ((-1.5, 4.6, 190), (-1.0, 4.8, 223), (-0.5, 5.4, 260), (-0.1, 6.0, 300))),
    (0.55, ((1.5, 4.4, 185), (1.0, 4.7, 227), (0.5, 5.3, 267), (0.1, 6.0, 302))),
    (0.5, ((-0.8, 7.0, 292), (-0.3, 7.2, 312), (0.2, 7.2, 306), (0.8, 7.0, 290))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=131, floor=3290.0, detail=12.0, rough=120.0, warp=0.7, form=2.2)
TOWN = Plot(lambda x, z: _town(x, z), size=1150, cell=0.7, start=12.0)
CHURCH = -34, 200
FLIGHT = -3.0  # x of the middle of the stair
TREAD = 0.85
STAIR = Plot(lambda x, z: _stair(x, z), size=512, cell=0.10, start=-1.0)
REPRINT = {
    "plaster": ("#5b5f80", "#9a93a0", "#f0d4b0", "#fff0d4"),
    "plaster2": ("#5f5870", "#a08a8c", "#ecbf8e", "#ffe0b4"),
    "tiles": ("#43304a", "#7d443f", "#c8693f", "#f0a263"),
    "tiles2": ("#3f3048", "#734046", "#b55c40", "#e8935c"),
    "dome": ("#4a4058", "#806a68", "#c99a70", "#f4cf9a"),
    "tower": ("#4e4660", "#8a7472", "#d2a67c", "#fad9a8"),
    "pane": ("#232a48", "#2c3350", "#4a4658", "#6a5c60"),
    "shutter": ("#1f3a5c", "#2a5078", "#3f78a2", "#6fa4c0"),
    "tree": ("#1c3440", "#2c4c44", "#5c7444", "#a8a858"),
    "lintel": ("#33283c", "#55403c", "#8a6444", "#c09060"),
    "masonry": ("#3a3a54", "#66606c", "#a8957f", "#e2c8a0"),
}


def _town(x, z):
    """The town's slope down to the square and up the hill on the other side."""
    down = -10.5 - 0.185 * (np.minimum(z, 330) - 20) + 0.00014 * (np.minimum(z, 330) - 20) ** 2
    up = 0.21 * np.maximum(z - 330, 0) - 0.00012 * np.maximum(z - 330, 0) ** 2
    up = up - 0.02 * np.maximum(z - 560 - 30 * np.sin(x / 60), 0) ** 1.6
    return (
        down + up + 0.0011 * x * x * smooth(z, 30, 90) * 60 / np.maximum(z, 60) + 1.1 * TOWN.clouds(3, 4, 8)
    )


def _stair(x, z):
    """A street of long low steps between two parapets, falling away from the viewer."""
    y = 2.25 - np.floor(np.maximum(z - 6.0, 0) / TREAD) * 0.14
    side = np.abs(x - FLIGHT)
    return y - 0.3 * smooth(side, 1.75, 1.83) - 3.0 * smooth(side, 2.5, 2.6) - np.maximum(z - 16.5, 0) * 3


def _windows(model, rng, length, wide, high):
    count = max(1, int(length / 1.9))
    for i in range(count):
        x = (i - (count - 1) / 2) * 2 * length / count * 0.86
        frame = "shutter" if rng.random() < 0.4 else "pane"
        model.box(frame, (x, high - 1.35, -wide - 0.02), (0.42, 0.62, 0.06), 0.02)
        if rng.random() < 0.4:
            model.box("lintel", (x, high - 2.12, -wide - 0.18), (0.7, 0.07, 0.28), 0.02)
            model.box("lintel", (x, high - 1.75, -wide - 0.42), (0.7, 0.30, 0.03), 0.02)


def _building(model, rng, place, yaw, size):
    length, wide, high, roof = size
    wall = "plaster2" if rng.random() < 0.35 else "plaster"
    cover = "tiles2" if rng.random() < 0.4 else "tiles"
    with model.part(place, yaw, 1.0, 0.02):
        model.box(wall, (0, high / 2 - 2, 0), (length, high / 2 + 2, wide), 0.05)
        model.roof(wall, (0, high - 0.05, 0), (length - 0.03, roof * 0.93, wide), 9.0)
    with model.part(place, yaw, 1.0, 0.02):
        model.roof(cover, (0, high - 0.22, 0), (length + 0.45, roof + 0.32, wide + 0.62), 0.22)
        top = high + roof + 0.10
        model.capsule("tiles", (-length - 0.4, top, 0), (length + 0.4, top, 0), 0.13)
    with model.part(place, yaw, 1.0, 0.01):
        _windows(model, rng, length, wide, high)
        if rng.random() < 0.3:
            x = rng.uniform(-0.6, 0.6) * length
            model.box(wall, (x, high + roof * 0.75, wide * 0.45), (0.3, 0.75, 0.3), 0.03)


def _church(model, place, yaw):
    with model.part(place, yaw, 1.0, 0.02):
        model.box("tower", (0, 6, 3), (9, 9, 13), 0.1)
        model.roof("tiles", (0, 14.6, 3), (9.6, 3.4, 13.6), 9.0, yaw=np.pi / 2)
    for side in (-1, 1):
        with model.part(place, yaw, 1.0, 0.02):
            x = 10.5 * side
            model.box("tower", (x, 8, -9), (3.4, 13, 3.4), 0.1)
            model.box("tower", (x, 21.3, -9), (3.8, 0.45, 3.8), 0.1)
            model.box("tower", (x, 24.2, -9), (2.8, 3.0, 2.8), 0.1)
            model.box("tower", (x, 27.3, -9), (3.2, 0.35, 3.2), 0.1)
        with model.part(place, yaw, 1.0, 0.3):
            model.ellipsoid("dome", (x, 27.6, -9), (2.7, 3.2, 2.7))
            model.capsule("dome", (x, 30.5, -9), (x, 32.3, -9), 0.4, 0.12)
        with model.part(place, yaw, 1.0, 0.01):
            for face in (-0.9, 0.9):
                model.box("pane", (x + face, 24.4, -11.9), (0.55, 1.8, 0.15), 0.1)
            model.box("pane", (x - 2.85, 24.4, -9), (0.15, 1.8, 0.7), 0.1)


def _build(model, at):
    rng = np.random.default_rng(7)
    for row in range(44):
        z = 26 + row * 9.2 + 0.34 * row**1.5
        kept = 0.95 if z < 300 else 0.95 - 0.0016 * (z - 300)
        span = z * 0.56 + 14
        x = -span + rng.uniform(0, 5)
        while x < span:
            length = rng.uniform(3.6, 7.4)
            x += length
            square = abs(x - CHURCH[0]) < 21 + length and 172 < z < 226
            street = abs(x - FLIGHT + 0.1 * (z - 20)) < 1.6 + length * 0.2
            if not square and not street and rng.random() < kept:
                size = length, rng.uniform(2.9, 3.7), rng.uniform(3.4, 6.2), rng.uniform(1.5, 2.1)
                turn = np.pi / 2 if rng.random() < 0.16 else 0.0
                _building(
                    model, rng, at(x, z + rng.normal() * 1.2, 0), turn + 0.10 + rng.normal() * 0.06, size
                )
            x += length + rng.choice([0.2, 0.2, 2.6])
    _church(model, at(*CHURCH, -1), 0.22)
    for _ in range(22):
        z = rng.uniform(115, 260)
        with model.part(at(rng.uniform(-0.5, 0.5) * z, z, 0), rng.uniform(0, 6), rng.uniform(0.8, 1.3), 0.6):
            for side, high, half in ((-1.5, 3.4, 1.6), (0.2, 4.8, 1.9), (1.7, 3.8, 1.5)):
                model.ellipsoid("tree", (side, high, 0.4 * side), (half, 0.9 * half, half), bumps=0.3)


def _furnish(model, at):
    walker(model, at(-3.5, 9.6, 0.0), 2.0, 1.0, stride=0.14, staff=False)
    for side, start in ((-1, 6.0), (1, 10.2)):
        for z in np.arange(start, 16.6, TREAD):
            foot = at(FLIGHT, z)[1]
            with model.part((FLIGHT + side * 1.98, foot, z), np.pi / 2, 1.0, 0.05):
                model.box("masonry", (0, 0.1, 0), (0.47, 0.5, 0.2), 0.06, bumps=0.02)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.40, 0.66))
    near = "#3a4668", "#6a6268", "#a88a5e", "#dcb374"
    middle = "#566a90", "#8a8088", "#b4937c", "#d4ab82"
    distant = "#7c93b4", "#a6a6b4", "#d8b7a2", "#f6d6b0"
    canvas = planes(tone, far.depth, near, (middle, 2200, 3600), (distant, 7000, 8600))
    snow = (far.depth > 9800) & (far.y > 4150)
    canvas = np.where(snow[..., None], inks("#8aa6c8", "#bccad8", "#fbe4cc", "#fff6e6")[tone], canvas)
    amount = valley_mist(far, 3330, 90, 900, 5200) * 0.5 + 0.15 * np.clip((far.depth - 5000) / 3000, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#c3cdd6"), ink("#fbe0bc"), stage.across), 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.42, "#7aa3b0"), (0.68, "#d8cdb6"), (0.86, "#f9d3a0"), (1, "#fbbd84")
    return ramp(stops, np.clip(stage.down / 0.37, 0, 1))


def _print_town(stage, canvas, town):
    light = near_light(stage, town)
    light = np.where(town.depth > 240, median(light, 7 * stage.scale), light)
    street = "#34304c", "#5c5266", "#a58a78", "#dcbb94"
    canvas = print_ground(stage, canvas, town, light, street, (0.10, 0.28, 0.46))
    canvas = print_things(stage, canvas, town, light, materials(**REPRINT), (0.05, 0.28, 0.60))
    haze = np.where(town.hit, 0.75 * smooth(town.depth, 90, 620), 0)
    return fog(stage, canvas, haze, mix(ink("#b6bdca"), ink("#f9dcb8"), stage.across), 12, 0.4)


def _smoke(stage, canvas, town):
    """Thin smoke from a few kitchens, leaning with the morning wind."""
    for across, down, size in ((0.44, 0.56, 1.0), (0.71, 0.66, 1.4), (0.57, 0.49, 0.7)):
        rise = np.clip(down - stage.down, 0, 1) / (0.26 * size)
        middle = across + 0.045 * size * rise**1.4 + 0.012 * size * np.sin(rise * 9)
        wide = (0.005 + 0.030 * rise) * size
        plume = np.exp(-(((stage.across - middle) / wide) ** 2)) * (rise > 0) * np.clip(1 - rise, 0, 1)
        texture = 0.75 + 0.35 * Sheet(17)(stage.down * 40, stage.across * 30)
        canvas = fog(stage, canvas, plume * texture * 1.1, "#fdf0de", 8, 0.7)
    return canvas


def _print_stair(stage, canvas, near):
    light = near_light(stage, near)
    steps = "#2c2c48", "#524e62", "#a48c70", "#d2b48c"
    canvas = print_ground(stage, canvas, near, light, steps, (0.08, 0.24, 0.44))
    canvas = print_things(stage, canvas, near, light, materials(masonry=REPRINT["masonry"]))
    stair = near.soil & (np.abs(near.x - FLIGHT) < 1.8)
    part = ((near.z - 6.0) / TREAD) % 1
    canvas = over(canvas, stair & (part > 0.90), ink("#f0d8ac"), 0.7)
    canvas = over(canvas, stair & (part < 0.20), ink("#4a465c"), 0.7)
    joint = (near.x * 1.15 + 0.37 * np.floor((near.z - 6.0) / TREAD)) % 1 < 0.05
    canvas = over(canvas, stair & joint, ink("#524e62"), 0.6)
    # A house behind the viewer keeps the sun off the first steps.
    return over(canvas, near.soil & (near.z - 0.36 * (near.x - FLIGHT) < 8.5), ink("#232545"), 0.48)


def _evening(stage, town, near):
    """Some windows are lit and lamps shine up the church."""
    awake = (town.prim * 0.618) % 1 < 0.45
    lit = town.made_of("pane", "shutter") & awake & ~near.hit
    x, z = CHURCH
    foot = town.foot(x, z)
    lamps = [((x + side, foot + 3, z - 24), 30.0) for side in (-9, 11)]
    return lit, lamplight(stage, town, lamps) * ~near.hit * 0.8


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("cusco_roofs", width, 3420.0, -0.09, (0.82, 0.34, -0.30), eye=4.8)
    far = stage.mountains(RANGE, start=900.0)
    town = stage.layer("town", TOWN, _build, reach=760.0, unit_size=2.0)
    near = stage.layer("near", STAIR, _furnish, reach=24.0)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _smoke(stage, _print_town(stage, canvas, town), town)
    canvas = _print_stair(stage, canvas, near)
    return stage, Plate(canvas, ~far.hit & ~town.hit & ~near.hit, 0.36, *_evening(stage, town, near))
