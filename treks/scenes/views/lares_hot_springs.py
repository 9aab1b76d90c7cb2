"""Lares hot springs: bathers in rust-gold water at dawn, steam rising between dark valley walls."""

import numpy as np
from scipy import ndimage as ndi

from ..buildings import doorstep, house, iron_lantern, stone
from ..color import ink, inks, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import materials
from ..people import bather, walker
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
from ..sdf import WET
from ..separation import smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain
from ..water import mirror, ripple, rippled

ALT = (
    "Three bathers in a stone-edged pool of rust-gold water at dawn; steam drifts past a thatched hut "
    "and a snow peak."
)
SKY = "#2b5a7c"
DARK = False

RIDGES = (
    (
        0.92,
        (
            (-1.5, 11, 240), (-0.9, 10.6, 255), (-0.5, 10.2, 225), (-0.2, 10, 190), (0.02, 9.8, 110),
            (0.10, 9.8, 88), (0.17, 9.9, 130), (0.34, 10, 205),
            (0.62, 10.4, 220), (1.0, 10.8, 255), (1.5, 11, 250),
        ),
    ),
    (0.9, ((0.10, 9.8, 88), (0.05, 9.3, 150), (0.07, 8.8, 225), (-0.04, 7.9, 330), (-0.02, 7.2, 385))),
    (0.9, ((0.05, 9.3, 150), (-0.08, 8.9, 225), (-0.12, 8.2, 330))),
    (0.9, ((0.10, 9.8, 88), (0.20, 9.3, 195), (0.17, 8.5, 290), (0.24, 7.6, 375))),
    (0.9, ((0.34, 10, 205), (0.36, 9.2, 280), (0.31, 8.2, 360))),
    (0.9, ((-0.2, 10, 190), (-0.26, 9.0, 290), (-0.2, 8, 380))),
    (
        0.6,
        (
            (-1.5, 3.4, -60), (-1.1, 3.6, 60), (-0.8, 3.9, 150),
            (-0.5, 4.4, 250), (-0.25, 5.0, 325), (0.0, 5.8, 385),
        ),
    ),
    (
        0.6,
        (
            (1.5, 3.8, -20), (1.15, 4.0, 70), (0.85, 4.3, 150),
            (0.6, 4.7, 225), (0.4, 5.2, 290), (0.2, 6.0, 370),
        ),
    ),
    (0.55, ((-1.5, 1.7, 100), (-1.1, 1.9, 205), (-0.75, 2.2, 290), (-0.45, 2.6, 350), (-0.2, 3.1, 395))),
    (0.55, ((1.5, 1.9, 150), (1.1, 2.1, 235), (0.8, 2.4, 300), (0.5, 2.8, 352), (0.25, 3.3, 395))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=31, floor=3180.0, detail=14.0, rough=90.0, warp=1.0, form=2.4)
HOUSE = 8.3, 22.0
PLOT = Plot(lambda x, z: _ground(x, z), size=640, cell=0.10, start=-1.0)
CENTER = (0.5, 11.6)
RADII = (6.2, 4.2)
WAVES = {"strength": 6, "fine": 110}
LANTERNS = (-2.9, 0.36, 7.95), (-3.2, 0.42, 15.15)
REPRINT = {
    "skin": ("#3e2a33", "#7a4a3e", "#b87750", "#e2a878"),
    "skin2": ("#5a4450", "#a5766a", "#dba888", "#f6d3b0"),
    "stone0": ("#232a42", "#464b62", "#80787c", "#c9b4a2"),
    "stone1": ("#1f253c", "#3d4258", "#6f6a72", "#b8a494"),
    "stone2": ("#293048", "#52566a", "#968a88", "#dcc7ae"),
    "masonry": ("#262b44", "#454a60", "#7a747a", "#bba898"),
    "stonewall": ("#2a2f48", "#4c5066", "#837c80", "#c4b1a0"),
    "thatch": ("#2c2a3c", "#41393f", "#564742", "#80624c"),
    "hair": ("#1c161c", "#2e242a", "#4a383a", "#6a5048"),
}


def _rim(x, z):
    """Less than 1 inside the pool."""
    angle = np.arctan2(z - CENTER[1], x - CENTER[0])
    wave = 1 + 0.06 * np.sin(3 * angle + 1) + 0.04 * np.sin(5 * angle)
    return np.hypot((x - CENTER[0]) / RADII[0], (z - CENTER[1]) / RADII[1]) / wave


def _ground(x, z):
    bank = 0.30 + 0.18 * PLOT.clouds(3, 5, 8) + 0.05 * PLOT.clouds(4, 4, 40)
    bank += 0.02 * np.maximum(z - 18, 0) ** 1.25 + 0.05 * np.maximum(np.abs(x) - 8, 0) ** 1.3
    share = np.clip((_rim(x, z) - 0.97) / 0.06, 0, 1)
    bank -= 0.05 * np.maximum(z - 21 - 0.25 * np.abs(x - 4), 0) ** 1.4
    return -0.9 + (bank + 0.9) * share


def _edge_stones(model):
    rng = np.random.default_rng(8)
    for angle in np.arange(0, 2 * np.pi, 0.085):
        a = angle + rng.normal() * 0.01
        wave = 1 + 0.06 * np.sin(3 * a + 1) + 0.04 * np.sin(5 * a)
        x, z = CENTER[0] + RADII[0] * wave * np.cos(a) * 1.01, CENTER[1] + RADII[1] * wave * np.sin(a) * 1.02
        half = rng.uniform(0.24, 0.46), rng.uniform(0.16, 0.30), rng.uniform(0.22, 0.36)
        with model.part((x, 0.13, z), -a + np.pi / 2, 1, 0.03):
            turn = rng.normal() * 0.3, rng.normal() * 0.12, rng.normal() * 0.12
            model.box(f"stone{rng.integers(3)}", (0, 0, 0), half, 0.12, *turn, bumps=0.010)


def _furnish(model, at):
    _edge_stones(model)
    rng = np.random.default_rng(5)
    for x, z in ((-6.6, 8.2), (-7.4, 9.4), (6.2, 6.3), (-3.6, 5.6), (8.6, 15.5), (-8.8, 16), (4.9, 5.9)):
        stone(model, rng, at(x, z, 0.05), 2.2)
    bather(model, (-1.1, 0.02, 9.6), 1.2, 1.12, cap="red")
    bather(model, (0.1, 0.0, 9.9), 1.75, 1.08, skin="skin2")
    bather(model, (2.9, 0.0, 12.2), 2.0, 1.05)
    walker(model, at(-5.6, 18.4, -0.02), 1.75, 1.0, stride=0.08, staff=False)
    for place in LANTERNS:
        iron_lantern(model, place)
    house(model, at(*HOUSE, -0.1), 0.35, wall="stonewall", home=True)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.40, 0.66))
    near = "#16263c", "#1f3a4a", "#2f5255", "#5d7560"
    middle = "#2b4562", "#44607a", "#77808c", "#c09a8c"
    distant = "#5f7ba2", "#8d99b4", "#d2a8a0", "#f4c4a6"
    canvas = planes(tone, far.depth, near, (middle, 3000, 4600), (distant, 6400, 7600))
    snow = snow_line(stage, far, 4750, beyond=6500)
    canvas = np.where(snow[..., None], inks("#6f8db8", "#a3b5d2", "#f7cdb6", "#fff0dc")[tone], canvas)
    amount = valley_mist(far, 3230, 190, 700, 3600) * 0.85 + 0.16 * np.clip((far.depth - 5200) / 2500, 0, 1)
    return fog(stage, canvas, amount, "#c9c3c6", 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.10, SKY), (0.40, "#6f98a8"), (0.66, "#cfc3b4"), (0.85, "#f6c9a4"), (1, "#f9b48c")
    return ramp(stops, np.clip(stage.down / 0.40, 0, 1))


def _steam(stage, canvas, near):
    """Wisps that rise from the water, lean to the right and dissolve in grain."""
    lean = stage.across - 0.35 * (0.66 - stage.down)
    bend = Sheet(12)(stage.down * 7, lean * 6)
    strands = Sheet(11)(stage.down * 4 + 0.5 * bend, lean * 19 + 1.3 * bend)
    broad = Sheet(14)(stage.down * 5, lean * 6 + 0.8 * bend + 4)
    above = np.exp(-np.maximum(0.655 - stage.down, 0) / 0.19)
    below = np.exp(-np.maximum(stage.down - 0.66, 0) / 0.055)
    over_pool = np.exp(-(((lean - 0.5) / 0.30) ** 2)) * smooth(stage.down, 0.30, 0.52)
    amount = above * below * over_pool * np.clip(0.58 + 0.46 * strands + 0.24 * broad, 0, 1)
    # Nobody sits inside the steam: it starts behind the two nearest bathers.
    behind = np.where(near.hit & ~near.wet, np.clip((near.z - 10.4) / 4, 0.12, 1), 1.0)
    return fog(stage, canvas, amount * behind * 1.15, "#f8e6d6", 10, 0.9)


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    grass = "#14202f", "#22363a", "#4a5c48", "#8d9062"
    canvas = print_ground(stage, canvas, near, light, grass, (0.08, 0.22, 0.36))
    beach = _rim(near.x, near.z) < 1.16 + 0.06 * Sheet(3)(near.z * 1.2 + 9, near.x * 1.2 + 30)
    sand = "#20263c", "#474a5c", "#8c7f7c", "#cdb296"
    canvas = print_ground(stage, canvas, near, light, sand, (0.08, 0.22, 0.36), where=beach)
    canvas = print_things(stage, canvas, near, light, materials(**REPRINT), (0.05, 0.28, 0.62))
    dry_stone = near.made_of("stone0", "stone1", "stone2") & ~near.wet
    rusty = dry_stone & (near.y < 0.10 + 0.03 * np.sin(near.x * 9))
    canvas = over(canvas, rusty, ink("#8a4a26"), 0.55)
    shade = np.clip((7.3 - near.z + 0.3 * np.sin(near.x * 1.9)) / 0.4, 0, 1)
    return over(canvas, shade * (near.hit & ~near.wet), ink("#16243a"), 0.5)


def _print_grass(stage, canvas, near):
    def bank(x, z):
        return _rim(x, z) > 1.22

    dark = inks("#0f1a28", "#1a2c34", "#2c4440", "#566a50")
    front = Tufts(230, 6, 4.6, 8.2, dark, (0.16, 0.44), 0.15, where=bank)
    back = Tufts(
        700, 9, 15.0, 34.0, inks("#16262f", "#263c3c", "#4c5f48", "#9a9a66"), (0.10, 0.28), where=bank
    )
    grow(canvas, near.depth, back, near, stage)
    return grow(canvas, near.depth, front, near, stage)


def _warm(stage, near, mirrored):
    """Light of the open door and of the lanterns, and the path it lays over the water."""
    x, z = HOUSE
    lamps = [((x, y + 0.4, z), 4.6) for x, y, z in LANTERNS]
    lamps.append((doorstep((x, near.foot(x, z), z), 0.35), 4.5))
    path = ndi.gaussian_filter(mirrored.astype(np.float32), (16 * stage.scale, 7 * stage.scale))
    return np.maximum(lamplight(stage, near, lamps), np.clip(1.5 * path, 0, 0.9))


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("lares_hot_springs", width, 3260.0, -0.02, (0.78, 0.36, -0.28), eye=2.3)
    far = stage.mountains(RANGE, start=400.0)
    near = stage.layer("near", PLOT, _furnish, reach=60.0, lake=0.0)
    view = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    # The mirror reaches under the whole valley; only the pool's part of it is water.
    beyond = near.wet & (near.data[WET] > 19.5)
    pool = near.wet & ~beyond
    canvas = np.where((pool & ~near.hit)[..., None], mirror(stage, view), view)
    canvas = _print_near(stage, canvas, near)
    canvas = ripple(stage, canvas, pool, "#94702f", streak="#f6dfae", **WAVES)
    depth = (0.68, "#e8b866"), (0.76, "#c4933f"), (0.88, "#7d6a30")
    canvas = over(canvas, pool, ramp(depth, stage.down), 0.46)
    canvas = np.where(beyond[..., None], view, canvas)
    canvas = _print_grass(stage, canvas, near)
    canvas = _steam(stage, canvas, near)
    lit = near.made_of("window", "flame")
    lit = np.where(pool, rippled(stage, lit & pool, pool, **WAVES), lit)
    return stage, Plate(canvas, ~far.hit & ~near.hit & ~pool, 0.40, lit, _warm(stage, near, lit & pool))
