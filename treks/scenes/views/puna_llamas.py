"""The puna: a caravan of llamas crosses the golden high plain below a wall of ice."""

import numpy as np

from ..animals import llama
from ..buildings import doorstep, house, stone
from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..people import walker
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
from ..water import mirror, ripple

ALT = (
    "A line of llamas with red tassels and a herder in a poncho pass a small lagoon on the golden high "
    "plain below glaciers."
)
SKY = "#1f6480"
DARK = False

RIDGES = (
    # One great mountain with its shoulder, a low gap, and a blunt dome far to the right.
    (
        0.86,
        (
            (-1.5, 9.9, 262), (-1.15, 9.7, 246), (-0.92, 9.4, 214), (-0.76, 9.2, 158), (-0.63, 9.1, 96),
            (-0.57, 9.1, 74), (-0.50, 9.1, 98), (-0.40, 9.1, 122), (-0.31, 9.2, 128), (-0.20, 9.4, 186),
            (-0.04, 9.8, 240), (0.16, 10.1, 274), (0.36, 10.2, 280),
        ),
    ),
    (
        0.7,
        (
            (0.30, 11.6, 284), (0.46, 11.5, 250), (0.58, 11.4, 216), (0.68, 11.4, 200), (0.80, 11.4, 204),
            (0.92, 11.5, 232), (1.12, 11.6, 262), (1.5, 11.6, 270),
        ),
    ),
    (0.9, ((-0.57, 9.1, 74), (-0.66, 8.2, 214), (-0.60, 7.3, 330))),
    (0.9, ((-0.57, 9.1, 74), (-0.44, 8.4, 200), (-0.46, 7.6, 318))),
    (0.9, ((-0.31, 9.2, 128), (-0.22, 8.3, 250), (-0.26, 7.4, 336))),
    (0.9, ((-0.92, 9.4, 214), (-0.98, 8.4, 290), (-0.9, 7.6, 342))),
    (0.7, ((0.70, 11.4, 200), (0.62, 10.4, 270), (0.60, 9.4, 326))),
    # Brown hills of the plain before them.
    (
        0.46,
        (
            (1.5, 4.0, 196), (1.2, 4.3, 226), (0.98, 4.6, 262),
            (0.76, 5.0, 290), (0.5, 5.6, 324), (0.2, 6.3, 350),
        ),
    ),
    (0.46, ((-1.5, 5.2, 288), (-1.05, 5.4, 312), (-0.7, 5.7, 334), (-0.4, 6.2, 352))),
    (0.42, ((-0.16, 7.2, 338), (0.06, 7.0, 312), (0.2, 6.9, 302), (0.36, 6.9, 314), (0.6, 7.0, 336))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=97, floor=4270.0, detail=14.0, rough=90.0, warp=1.0, form=2.4)
PLOT = Plot(lambda x, z: _ground(x, z), size=900, cell=0.12, start=-1.0)
HUT = -15.4, 50.0
HERD = (
    (-2.5, 12.1, 0.22, "wool", True, 0.10), (-0.5, 13.4, 0.05, "woolbrown", True, -0.06),
    (1.5, 14.1, 0.35, "woolfawn", False, 0.08), (3.5, 15.3, 0.15, "wool", True, -0.10),
    (5.1, 16.9, 0.30, "woolgray", False, 0.05), (7.1, 17.3, 0.10, "woolwhite", True, 0.09),
)  # fmt: skip


def _shore(x, z):
    """Positive on land: the lagoon lies behind the caravan."""
    bay = ((x - 1.0) / 15.0) ** 2 + ((z - 25.5) / 8.0) ** 2
    return np.sqrt(bay) - 1 + 0.05 * np.sin(x * 0.6) + 0.03 * np.sin(x * 1.7 + 1)


def _trail(x, z):
    return z - 13.3 - 0.55 * x - 0.3 * np.sin(x * 0.9)


def _ground(x, z):
    land = 0.22 + 0.14 * PLOT.clouds(3, 5, 8) + 0.04 * PLOT.clouds(4, 3, 40) + 0.0016 * x * x
    share = np.clip((_shore(x, z) + 0.02) / 0.10, 0, 1)
    beyond = np.maximum(z - 36, 0)
    return -0.35 + (land + 0.35) * share + 0.012 * beyond - 0.0002 * beyond**2


def _furnish(model, at):
    for x, z, yaw, wool, load, step in HERD:
        llama(model, at(x, z, -0.02), yaw, 0.98, wool, load=load, step=step)
    house(model, at(*HUT, -0.05), 0.3, 1.7, 1.3, 1.6, 1.0, wall="stonewall", home=True)
    walker(model, at(-4.55, 11.6, -0.02), 0.2, 1.02, staff=True)
    rng = np.random.default_rng(4)
    for x, z in ((4.1, 7.4), (4.9, 8.2), (-5.2, 8.8), (-1.6, 6.3), (1.4, 9.6), (6.6, 10.5), (-3.2, 11.2)):
        stone(model, rng, at(x, z, 0.0), 2.0)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.40, 0.66))
    near = "#3a4660", "#75684f", "#b8964e", "#e2bc66"
    middle = "#4d6480", "#83807e", "#c0a070", "#eccb8c"
    distant = "#5f80ac", "#8f9fba", "#cfae9e", "#f5d3ae"
    canvas = planes(tone, far.depth, near, (middle, 4600, 5800), (distant, 6400, 7800))
    snow = snow_line(stage, far, 4930, beyond=6000)
    canvas = np.where(snow[..., None], inks("#6a90c0", "#a8c2dc", "#faead8", "#fffcf4")[tone], canvas)
    amount = valley_mist(far, 4290, 130, 2500, 6500) * 0.7 + 0.10 * np.clip((far.depth - 6000) / 2500, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#c3d3d6"), ink("#f9e2ba"), 1 - stage.across), 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.42, "#5aa0aa"), (0.70, "#bcd2c0"), (0.88, "#f2dfb2"), (1, "#f7cf98")
    sky = ramp(stops, np.clip(stage.down / 0.40, 0, 1))
    clouds = (0.0, "#f6e6c6", 0.5), (0.5, "#fff6e2", 0.75)
    return cloud_bands(stage, sky, 99, 0.255, clouds, thin=14, height=0.06)


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.08, 0.22, 0.36
    canvas = print_ground(stage, canvas, near, light, ("#3a3048", "#74583f", "#bd8f42", "#dfb457"), steps)
    wet = (_shore(near.x, near.z) < 0.14) & (near.z > 14)
    canvas = print_ground(
        stage, canvas, near, light, ("#77744f", "#8c8556", "#a59a5c", "#c9bf78"), steps, where=wet
    )
    trail = np.abs(_trail(near.x, near.z)) < 0.55 + 0.06 * np.sin(near.x * 4)
    dust = "#4a3c4c", "#94714f", "#d9b37a", "#f0d29c"
    canvas = print_ground(stage, canvas, near, light, dust, steps, where=trail)
    canvas = print_things(stage, canvas, near, light)
    shade = np.clip((8.6 - near.z + 0.5 * np.sin(near.x * 1.1) + 0.3 * np.sin(near.x * 2.9)) / 0.35, 0, 1)
    return over(canvas, shade * near.soil, ink("#2a2644"), 0.60)


def _print_grass(stage, canvas, near):
    patch = Sheet(5, 50, 1.0)

    def plain(x, z):
        trail = np.abs(_trail(x, z)) > 0.7
        return trail & (_shore(x, z) > 0.16) & (patch(z * 0.9, (x + 40) * 0.6, 1) > -0.35)

    lit = inks("#4a3438", "#8a5f2f", "#c8963e", "#f4d27f")
    dark = inks("#1f1a30", "#33283a", "#57403a", "#8a6238")
    back = np.where(near.wet, 9e9, near.depth)
    grow(canvas, back, Tufts(1500, 5, 8.5, 17.5, lit, (0.12, 0.34), 0.18, where=plain), near, stage)
    return grow(canvas, back, Tufts(430, 6, 5.8, 8.8, dark, (0.16, 0.44), 0.18, where=plain), near, stage)


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("puna_llamas", width, 4310.0, -0.02, (-0.80, 0.36, -0.30), eye=2.6)
    far = stage.mountains(RANGE, start=1200.0)
    near = stage.layer("near", PLOT, _furnish, reach=90.0, lake=0.0)
    view = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = np.where((near.wet & ~near.hit)[..., None], mirror(stage, view), view)
    canvas = _print_near(stage, canvas, near)
    canvas = ripple(stage, canvas, near.wet, "#3a7c92", strength=5, streak="#d8e2d6", fine=160)
    canvas = _print_grass(stage, canvas, near)
    lit = near.made_of("window") & ~near.wet
    x, z = HUT
    warm = lamplight(stage, near, [(doorstep((x, near.foot(x, z), z), 0.3, 1.3), 4.5)])
    dyed = near.made_of("stripe")
    return stage, Plate(canvas, ~far.hit & ~near.hit & ~near.wet, 0.38, lit, warm, dyed)
