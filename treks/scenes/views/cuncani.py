"""Cuncani: a woman spins wool beside potato fields; a thatched house, a corral, glaciers above."""

import numpy as np

from ..animals import alpaca
from ..buildings import doorstep, dry_wall, house, iron_lantern
from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import BLACK_HAT, materials
from ..patterns import stone_cells
from ..people import standing_woman
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
from ..separation import smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = (
    "A woman in a striped brown shawl, turned away, spins wool beside flowering potato fields; snow "
    "mountains rise behind."
)
SKY = "#2a6680"
DARK = False

RIDGES = (
    (
        0.92,
        (
            (-1.5, 9, 215), (-1.0, 9, 195), (-0.75, 8.9, 160),
            (-0.6, 8.8, 118), (-0.47, 8.8, 172), (-0.3, 9, 205),
            (-0.1, 9, 165), (0.02, 8.9, 138), (0.12, 9, 180), (0.4, 9.2, 225), (0.8, 9.4, 235), (1.5, 9, 215),
        ),
    ),
    (0.9, ((-0.6, 8.8, 118), (-0.68, 7.9, 240), (-0.62, 7.0, 340))),
    (0.9, ((-0.6, 8.8, 118), (-0.45, 8.0, 240), (-0.4, 7.0, 345))),
    (0.9, ((0.02, 8.9, 138), (-0.05, 8.0, 240), (0.0, 7.0, 340))),
    (0.9, ((0.02, 8.9, 138), (0.16, 8.2, 250), (0.16, 7.2, 345))),
    (
        0.6,
        (
            (1.5, 3.0, 40), (1.1, 3.2, 130), (0.85, 3.4, 180), (0.6, 3.8, 240),
            (0.35, 4.3, 300), (0.1, 5.0, 350),
        ),
    ),
    (0.6, ((-1.5, 4.0, 160), (-1.1, 4.2, 215), (-0.8, 4.5, 262), (-0.5, 5.0, 315), (-0.2, 5.6, 355))),
    (0.55, ((1.5, 1.9, 220), (1.15, 2.0, 275), (0.85, 2.3, 320), (0.5, 2.7, 368))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=83, floor=3560.0, detail=14.0, rough=220.0, warp=0.85, form=2.2)
PLOT = Plot(lambda x, z: _ground(x, z), size=1440, cell=0.05, start=-1.0)
ROW = 0.86
HOUSE = -7.6, 25.0
LANTERN = -3.15, 7.6
REPRINT = {
    "manta": ("#2e1a26", "#4c2c34", "#744a44", "#a0745c"),
    "manta2": ("#16233c", "#22385a", "#33567c", "#5280a0"),
    **BLACK_HAT,
}


def _rows(x, z):
    """Coordinate across the furrows (1 per row) and how much of a potato field is here."""
    across = (x * 0.92 - z * 0.38 + 0.5 * np.sin(z * 0.16)) / ROW
    field = smooth(z, 6.3, 6.8) * smooth(-z, -27.5, -26.5) * smooth(x + 0.40 * (z - 8), -2.0, -1.6)
    return across, field * smooth(-x + 0.35 * (z - 8), -9.2, -8.8)


def _ground(x, z):
    y = 0.22 * PLOT.clouds(3, 5, 6) + 0.03 * PLOT.clouds(4, 4, 40) + 0.012 * np.maximum(x + 2, 0) ** 1.5
    across, field = _rows(x, z)
    y += field * 0.15 * (np.cos(across * 2 * np.pi) - 1)
    return y - np.maximum(z - 31 - 0.2 * x, 0) ** 1.5 * 0.05


def _furnish(model, at):
    standing_woman(model, at(-2.55, 7.5, -0.02), 2.35, 1.08, arms="spin", shawl="manta")
    standing_woman(model, at(4.6, 15.6, -0.02), 2.2, 1.0, arms="rest", bundle=True, shawl="manta2")
    iron_lantern(model, at(*LANTERN, -0.01))
    house(model, at(*HOUSE, -0.1), -0.25, wall="stonewall", home=True)
    dry_wall(model, (-5.0, 27.6), (9.5, 28.4), at(2.2, 28, 0.1)[1])
    dry_wall(model, (-12.4, 17.5), (-6.6, 15.4), at(-9.5, 16.4, 0.15)[1])
    alpaca(model, at(-8.6, 20.8, -0.02), 0.15, 0.95, "woolfawn")


def _hill_fields(stage, far, canvas):
    """Small fields between stone walls on the lower hillside: in leaf, fallow or in ripe barley."""
    along = far.z + 40 * np.sin(far.y / 37) + 0.3 * far.x
    joint, number = stone_cells(along, far.y + 6 * np.sin(far.z / 130), 130.0, 30.0)
    patch = Sheet(12)(np.clip(far.z, 0, 2e4) / 500, np.clip(far.x, 0, 2e4) / 500)
    plowed = far.hit & (far.depth < 4200) & (far.y < 3980) & (patch > -0.35) & (number < 0.62)
    for least, most, code in ((0, 0.24, "#6f8a3e"), (0.24, 0.42, "#a5744e"), (0.42, 0.62, "#dcc468")):
        canvas = over(canvas, plowed & (number >= least) & (number < most), ink(code), 0.5)
    return over(canvas, plowed & (joint < 0.10), ink("#5c6240"), 0.6)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.40, 0.66))
    near = "#21405a", "#4b6450", "#8f9448", "#b4aa58"
    middle = "#3e6280", "#74838a", "#b3a676", "#e4cc8e"
    distant = "#668ab2", "#97a9c0", "#d8c0ae", "#f7dfc0"
    canvas = planes(tone, far.depth, near, (middle, 2900, 4600), (distant, 5800, 7400))
    canvas = _hill_fields(stage, far, canvas)
    snow = snow_line(stage, far, 4560, beyond=5600)
    canvas = np.where(snow[..., None], inks("#749ac6", "#aec6dc", "#faecd8", "#fffdf6")[tone], canvas)
    amount = valley_mist(far, 3640, 240, 1600, 5200) * 0.8 + 0.16 * np.clip((far.depth - 5400) / 2400, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#c3d6d8"), ink("#f8e6c4"), stage.across), 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.45, "#6aaab2"), (0.75, "#c8dac8"), (1, "#f6e6c0")
    sky = ramp(stops, np.clip(stage.down / 0.36, 0, 1))
    return cloud_bands(stage, sky, 85, 0.14, ((0.10, "#f8f2e0", 0.6),), thin=26, height=0.05)


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.10, 0.28, 0.46
    canvas = print_ground(stage, canvas, near, light, ("#2f4a40", "#58703c", "#9a9c42", "#c8b858"), steps)
    across, field = _rows(near.x, near.z)
    earth = "#3a2c38", "#664844", "#9a6e52", "#c79a6c"
    canvas = print_ground(stage, canvas, near, light, earth, steps, where=field > 0.5)
    worn = 0.75 + 1.3 * np.exp(-(((near.z - 6.8) / 1.3) ** 2))
    track = np.abs(near.x + 2.75 + 0.40 * (near.z - 8) + 0.3 * np.sin(near.z * 0.5)) < worn
    track &= near.x + 0.40 * (near.z - 8) < -1.9
    dust = "#55464e", "#94745a", "#d3ac7c", "#eccd9c"
    canvas = print_ground(stage, canvas, near, light, dust, steps, where=track)
    canvas = print_things(stage, canvas, near, light, materials(**REPRINT))
    shade = np.clip((6.2 - near.z + 0.4 * np.sin(near.x * 1.4) + 0.2 * np.sin(near.x * 3.7)) / 0.3, 0, 1)
    return over(canvas, shade * near.soil, ink("#24304a"), 0.58)


def _plants(x, z):
    across, field = _rows(x, z)
    return (field > 0.6) & (np.abs((across + 0.5) % 1 - 0.5) < 0.17)


def _print_plants(stage, canvas, near):
    """Potato rows in leaf, some of them in white or violet flower, grass around the fields."""
    flowers = Sheet(9, 64, 1.0)

    def flowering(x, z):
        return _plants(x, z) & (flowers(z * 1.3, (x + 25) * 1.0, 1) > 0.06)

    def meadow(x, z):
        return (_rows(x, z)[1] < 0.1) & (np.abs(x + 2.75 + 0.40 * (z - 8)) > 1.1) & (z > 8)

    leaf = inks("#1f4034", "#3a6a3c", "#6f9a46", "#a6c05a")
    violet = inks("#8a68a8", "#b894cc", "#e6d4ec", "#fdf6fb")
    lit = inks("#35503a", "#64793a", "#aaa846", "#dccf70")
    dark = inks("#152a30", "#24403a", "#466040", "#7c8a46")
    back = Tufts(9000, 5, 6.4, 27.0, leaf, (0.05, 0.15), 0.0, crowd=1.2, thick=3.4, where=_plants)
    grow(canvas, near.depth, back, near, stage)
    bloom = Tufts(
        3200, 6, 6.4, 27.0, violet, (0.02, 0.05), 0.0, crowd=1.2, lift=0.13, thick=1.1, where=flowering
    )
    grow(canvas, near.depth, bloom, near, stage)
    grow(canvas, near.depth, Tufts(700, 7, 6.6, 31.0, lit, (0.08, 0.24), 0.1, where=meadow), near, stage)
    return grow(canvas, near.depth, Tufts(330, 8, 4.9, 6.4, dark, (0.12, 0.32), 0.1), near, stage)


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("cuncani", width, 3850.0, -0.05, (-0.76, 0.42, -0.36), eye=2.5)
    far = stage.mountains(RANGE)
    near = stage.layer("near", PLOT, _furnish)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_plants(stage, _print_near(stage, canvas, near), near)
    x, z = HOUSE
    lantern = LANTERN[0], near.foot(*LANTERN) + 0.4, LANTERN[1]
    warm = lamplight(stage, near, [(doorstep((x, near.foot(x, z), z), -0.25), 4.5), (lantern, 4.4)])
    return stage, Plate(canvas, ~far.hit & ~near.hit, 0.34, near.made_of("window", "flame"), warm)
