"""Huacahuasi: morning between thatched houses, a weaver at her loom, alpacas in the yard."""

import numpy as np

from ..animals import alpaca
from ..buildings import doorstep, dry_wall, house, iron_lantern
from ..color import ink, inks, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import BLACK_HAT, materials
from ..people import loom, seated_woman
from ..plate import Plate
from ..printing import (
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
    "A woman in a striped blue shawl weaves in a village yard; alpacas stand between thatched stone "
    "houses, snow peaks behind."
)
SKY = "#4f97a8"
DARK = False

RIDGES = (
    (0.9, ((0.12, 11, 72), (0.02, 9.6, 230), (-0.02, 8.6, 330))),
    (0.9, ((0.12, 11, 72), (0.24, 9.8, 210), (0.26, 8.6, 330))),
    (0.9, ((-0.7, 11, 140), (-0.62, 9.6, 240), (-0.55, 8.6, 330))),
    (0.9, ((-0.35, 11, 170), (-0.28, 9.6, 270))),
    (0.9, ((0.85, 11, 150), (0.8, 9.6, 250), (0.72, 8.6, 330))),
    (0.9, ((0.5, 11, 165), (0.5, 9.8, 270))),
    (
        0.9,
        (
            (-1.5, 11, 150), (-1.1, 11, 170), (-0.7, 11, 140), (-0.35, 11, 170), (-0.05, 11, 120),
            (0.12, 11, 72), (0.26, 11, 125), (0.5, 11, 165), (0.85, 11, 150), (1.2, 11, 175), (1.5, 11, 160),
        ),
    ),
    (
        0.6,
        ((-1.5, 5.2, 90), (-1.1, 5.2, 150), (-0.85, 5.3, 185), (-0.5, 5.6, 245),
         (-0.2, 6.0, 310), (0.1, 6.4, 370)),
    ),
    (
        0.6,
        ((1.5, 5.0, 70), (1.1, 5.0, 128), (0.85, 5.1, 180), (0.6, 5.4, 235),
         (0.35, 5.8, 300), (0.1, 6.4, 370)),
    ),
    (0.55, ((-1.4, 2.6, 170), (-1.0, 2.8, 225), (-0.72, 3.0, 275), (-0.42, 3.3, 340), (-0.15, 3.7, 420))),
    (0.55, ((1.4, 2.9, 200), (1.0, 3.0, 262), (0.7, 3.2, 312), (0.4, 3.5, 370), (0.15, 3.9, 440))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=23, floor=3330.0, detail=12.0, rough=90.0, warp=0.95, form=2.0, rounds=16)
PLOT = Plot(lambda x, z: _ground(x, z), size=640, cell=0.12, start=-1.0)
HOUSES = (
    ((-7.9, 21.0), -0.45, "adobe"),
    ((-1.9, 29.0), 0.25, "stonewall"),
    ((8.3, 20.5), 0.55, "stonewall2"),
    ((-14.5, 33.0), 0.1, "adobe"),
)
LANTERN = -0.1, 7.9
REPRINT = {
    "stonewall2": ("#4f4a5a", "#857a76", "#b3a493", "#e0d0b0"),
    "jacket": ("#3c1e2a", "#64323a", "#92504a", "#b87a60"),
    **BLACK_HAT,
}


def _ground(x, z):
    y = 0.22 * PLOT.clouds(3, 6, 6) + 0.04 * PLOT.clouds(4, 4, 40) - 0.02 * z + 0.03 * np.abs(x)
    y -= 0.25 * np.exp(-(((x + 0.5) / 2.5) ** 2))
    return y - np.maximum(z - 30 - 0.15 * x, 0) ** 1.5 * 0.06


def _furnish(model, at):
    for (x, z), yaw, wall in HOUSES:
        house(model, at(x, z, -0.1), yaw, wall=wall, home=x < 0)
    place, yaw = dry_wall(model, (-3.2, 21.0), (5.4, 24.5), at(1.1, 22.75, 0.2)[1])
    with model.part(place, yaw, 1.0, 0.02):
        model.box("textile", (-1.6, 0.45, -0.02), (0.62, 0.36, 0.36), 0.03)
        model.box("textile2", (0.2, 0.45, -0.02), (0.45, 0.36, 0.36), 0.03)
    alpaca(model, at(-2.4, 12.6, -0.02), -0.38, 1.0, "wool")
    alpaca(model, at(-0.75, 15.6, -0.02), 3.45, 0.98, "woolbrown")
    alpaca(model, at(-3.9, 15.0, -0.02), -0.3, 1.0, "woolbrown")
    alpaca(model, at(1.15, 17.6, -0.02), 0.15, 0.95, "woolwhite")
    seated_woman(model, at(2.15, 7.6), 0.72, 1.12, "manta")
    loom(model, at(2.15, 7.6), 0.72, 1.12)
    iron_lantern(model, at(*LANTERN))


def _worn(x, z):
    """How bare the ground is: the weaver's place, the yard and the footpath."""
    place = np.exp(-(((x - 2) / 3.2) ** 2) - ((z - 8.2) / 1.9) ** 2)
    yard = np.exp(-(((x + 6) / 4.0) ** 2) - ((z - 16.2) / 1.6) ** 2)
    path = 0.9 * np.exp(-(((x + 1.2 + 0.105 * (z - 12)) / 0.55) ** 2)) * (z > 8)
    return place + yard + path


def _terraces(far):
    """Old terraces: stripes of equal height on the lower slopes."""
    patch = Sheet(3)(np.clip(far.z, 0, 2e4) / 700, np.clip(far.x, 0, 2e4) / 700)
    near = (far.depth < 5200) & far.hit
    wall = near & (far.y < 3950) & (patch > -0.1) & ((far.y / 24 + 0.15 * np.sin(far.x / 90)) % 1 < 0.24)
    return wall, near & (far.y < 3900) & (patch > 0.55)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.40, 0.66))
    wall, field = _terraces(far)
    mist = valley_mist(far, 3500, 300, 1500, 3700) * 1.25
    tone = np.where(wall & (mist < 0.5), np.maximum(tone - 1, 0), tone)
    near = "#23444c", "#4c6b3c", "#8b9a48", "#cfc067"
    middle = "#3f6a74", "#6f8d6b", "#a5ab72", "#dccb8c"
    distant = "#7898b0", "#9fb0b8", "#dcc3ab", "#f6dfc0"
    canvas = planes(tone, far.depth, near, (middle, 3200, 4800), (distant, 7200, 8700))
    snow = snow_line(stage, far, 5080, beyond=7000)
    canvas = np.where(snow[..., None], inks("#84a4c4", "#b9cbd9", "#f9ead6", "#fffdf6")[tone], canvas)
    canvas = over(canvas, field, ink("#e3b95a"), 0.35)
    wisp = Sheet(7)(stage.down * 36, stage.across * 10)
    amount = np.clip(mist * (1 + 0.22 * wisp), 0, 1) + 0.10 * (1 - np.exp(-far.depth / 9000))
    return fog(stage, canvas, amount + 0.20 * np.clip((far.depth - 7200) / 1500, 0, 1), "#fbefd9")


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.10, 0.30, 0.47
    canvas = print_ground(stage, canvas, near, light, ("#2f4a3e", "#55703a", "#93983f", "#b9ae52"), steps)
    bare = _worn(near.x, near.z) + 0.12 * Sheet(5)(near.z * 0.9 + 5, near.x * 0.9 + 25) > 0.5
    yard = "#5a4a4a", "#9a7a54", "#d6b27c", "#eccf9a"
    canvas = print_ground(stage, canvas, near, light, yard, steps, where=bare)
    canvas = print_things(stage, canvas, near, light, materials(**REPRINT))
    wisp = Sheet(8)(stage.down * 30, stage.across * 6)
    low = np.exp(-(((stage.down - 0.60) / 0.030) ** 2)) * np.clip((near.z - 17) / 12, 0, 1)
    mist = np.where(near.hit, np.clip(low * (0.75 + 0.35 * wisp), 0, 0.8), 0)
    return fog(stage, canvas, mist, "#fbefd9", 10)


def _print_grass(stage, canvas, near):
    patch = Sheet(5, 50, 1.0)

    def meadow(x, z):
        return (_worn(x, z) < 0.36) & (patch(np.clip(z, 0, 48), np.clip(x + 24, 0, 48), 1) > -0.05)

    lit = inks("#35503a", "#64793a", "#a5a446", "#d9cc70")
    dark = inks("#1c3430", "#2c4a38", "#4a6a3a", "#7c8a40")
    back = Tufts(1000, 5, 7.2, 30.0, lit, (0.08, 0.22), -0.15, sun=1, where=meadow)
    grow(canvas, near.depth, back, near, stage)

    def beside(x, z):
        return (x < 0.2) | (x > 3.4)

    front = Tufts(200, 8, 5.2, 7.0, dark, (0.14, 0.34), -0.15, sun=1, where=beside)
    return grow(canvas, near.depth, front, near, stage)


def _print_sky(stage):
    value = stage.down / 0.36 - 0.10 * stage.across * np.clip(stage.down / 0.15, 0, 1)
    stops = (0, SKY), (0.12, SKY), (0.45, "#a3cbc2"), (0.75, "#e9dfc0"), (1, "#f9e3bd")
    return ramp(stops, np.clip(value, 0, 1))


def _lamps(near):
    """The weaver's lantern and the open doors of the houses on the left."""
    x, z = LANTERN
    doors = [doorstep((x, near.foot(x, z), z), yaw) for (x, z), yaw, _ in HOUSES if x < 0]
    return [((x, near.foot(x, z) + 0.45, z), 4.4), *((door, 3.2) for door in doors)]


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("huacahuasi", width, 3850.0, -0.03, (0.80, 0.40, -0.30))
    far = stage.mountains(RANGE)
    near = stage.layer("near", PLOT, _furnish)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_grass(stage, _print_near(stage, canvas, near), near)
    warm, lit = lamplight(stage, near, _lamps(near)), near.made_of("window", "flame")
    return stage, Plate(canvas, ~far.hit & ~near.hit, 0.3, lit, warm, near.made_of("yarn2"))
