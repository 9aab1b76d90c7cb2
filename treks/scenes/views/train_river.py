"""The train: blue cars beside the river in the gorge below Ollantaytambo, cloud forest on the walls."""

import numpy as np

from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import materials
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
from ..separation import smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain
from ..water import mirror, ripple

ALT = (
    "A blue train with a yellow stripe follows a green river that foams around boulders in a steep "
    "forested gorge."
)
SKY = "#2a6c84"
DARK = False

RIDGES = (
    (
        0.95,
        (
            (-1.5, 9, 180), (-0.5, 9, 190), (-0.2, 8.8, 150), (-0.08, 8.7, 92), (0.02, 8.8, 150),
            (0.3, 9, 200), (0.8, 9, 180), (1.5, 9, 190),
        ),
    ),
    (0.95, ((-0.08, 8.7, 92), (-0.16, 7.8, 230), (-0.10, 7.0, 330))),
    (0.95, ((-0.08, 8.7, 92), (0.05, 7.9, 230), (0.04, 7.0, 335))),
    (
        1.05,
        (
            (-1.5, 2.0, -160), (-1.0, 2.2, -20), (-0.75, 2.5, 80),
            (-0.5, 3.0, 190), (-0.3, 3.6, 280), (-0.12, 4.4, 360),
        ),
    ),
    (
        1.05,
        (
            (1.5, 2.2, -140), (1.05, 2.4, -10), (0.8, 2.7, 90),
            (0.55, 3.2, 190), (0.32, 3.8, 275), (0.08, 4.6, 355),
        ),
    ),
    (1.0, ((-0.75, 2.5, 80), (-0.62, 1.9, 250), (-0.52, 1.5, 370))),
    (1.0, ((-1.0, 2.2, -20), (-0.95, 1.6, 180), (-0.85, 1.2, 340))),
    (1.0, ((-0.5, 3.0, 190), (-0.40, 2.4, 300), (-0.34, 2.0, 380))),
    (1.0, ((0.8, 2.7, 90), (0.66, 2.1, 250), (0.55, 1.7, 370))),
    (1.0, ((1.05, 2.4, -10), (0.98, 1.8, 190), (0.86, 1.4, 340))),
    (1.0, ((0.55, 3.2, 190), (0.44, 2.6, 300), (0.36, 2.2, 380))),
    (0.95, ((-0.45, 5.4, 235), (-0.2, 5.6, 280), (0.0, 6.0, 340))),
    (0.95, ((0.5, 5.6, 230), (0.25, 5.8, 275), (0.05, 6.2, 340))),
)  # fmt: skip
RANGE = Terrain(
    RIDGES, seed=113, floor=2560.0, cells=448, cell=24.0, detail=16.0, rough=160.0, warp=0.7, form=1.8,
    steepest=2.2, keep=1.0, rounds=16,
)  # fmt: skip
PLOT = Plot(lambda x, z: _ground(x, z), size=1100, cell=0.16, start=-1.0)
REPRINT = {
    "car": ("#12304f", "#1f4a7a", "#2f6aa2", "#5b95c4"),
    "band": ("#8a5a1e", "#c98a28", "#E3A72F", "#f6cf6a"),
    "top": ("#4a4c5e", "#8c8c90", "#d6d0c2", "#fbf4e4"),
    "glass": ("#101c30", "#16283e", "#24445c", "#3c6478"),
    "gear": ("#14161f", "#1f222e", "#343642", "#4a4a52"),
    "wheel": ("#1c1d28", "#34343e", "#6a645f", "#a0948a"),
    "rail": ("#2c2a34", "#54484a", "#9a8270", "#e0cfae"),
    "trunk": ("#231c28", "#40342f", "#75583f", "#a87f54"),
    "leaf": ("#14343a", "#235043", "#4d7d46", "#9ab454"),
    "leaf2": ("#163c3c", "#2c5a44", "#62904a", "#b4c45c"),
}


def _track(z):
    """x of the railway at distance z."""
    return -7.6 + 0.0038 * (z - 14) ** 2 - 0.000018 * (z - 14) ** 3


def _middle(z):
    """x of the middle of the river, which runs right of the line."""
    return _track(z) + 12.6 + 0.4 * np.sin(z * 0.23)


def _river(x, z):
    """Positive on land, negative in the river."""
    return np.abs(x - _middle(z)) - 6.4 + 0.35 * np.sin(z * 0.9) + 0.2 * np.sin(z * 2.1 + 1)


def _boulders():
    """Rocks in the river as (x, z, size)."""
    rng = np.random.default_rng(5)
    z = 9.5 + 46 * rng.random(26) ** 1.5
    x = _middle(z) + rng.uniform(-4.8, 4.8, z.size)
    return np.column_stack([x, z, rng.uniform(2.6, 5.4, z.size)])


BOULDERS = _boulders()


def _ground(x, z):
    land = _river(x, z)
    y = -0.8 + 1.7 * smooth(land, -0.6, 2.4) + 0.16 * PLOT.clouds(3, 5, 8) + 0.06 * PLOT.clouds(4, 3, 60)
    left = np.maximum(_track(z) - 3.6 - x, 0)
    right = np.maximum(land - 3.5, 0) * (x > _track(z) + 12)
    y += 5.5 * (1 - np.exp(-left / 7.0)) - 0.06 * np.maximum(left - 14, 0) ** 1.5
    y += 4.0 * (1 - np.exp(-right / 7.0)) - 0.06 * np.maximum(right - 14, 0) ** 1.5
    bed = smooth(np.abs(x - _track(z)), 2.6, 1.7)
    return y * (1 - bed) + 1.0 * bed


def _car(model, z, length, engine=False):
    """One car whose middle is at distance z along the line."""
    ahead = _track(z + 1) - _track(z - 1)
    yaw = np.pi / 2 + np.arctan2(ahead, 2.0)
    place = (_track(z), 1.08, z)
    half = length / 2
    with model.part(place, yaw, 1.0, 0.02):
        model.box("car", (0, 1.55, 0), (half, 0.98, 1.35), 0.10)
        model.box("band", (0, 1.12, 0), (half + 0.005, 0.09, 1.39), 0.02)
        model.box("top", (0, 2.62, 0), (half - 0.05, 0.20, 1.28), 0.18)
        for i in range(int(length / 1.5)):
            x = -half + 1.1 + i * 1.5
            if x < half - 0.6:
                model.box("glass", (x, 1.92, 0), (0.46, 0.42, 1.41), 0.06)
        model.box("glass", (0, 1.98, 0), (half + 0.02, 0.38, 0.95), 0.05)
        if engine:
            model.box("band", (0, 0.75, 0), (half + 0.03, 0.12, 1.2), 0.03)
            model.ellipsoid("lamp", (half + 0.02, 1.45, 0), (0.06, 0.15, 0.15))
            model.ellipsoid("lamp", (-half - 0.02, 1.45, 0), (0.06, 0.15, 0.15))
    with model.part(place, yaw, 1.0, 0.02):
        model.box("gear", (0, 0.46, 0), (half - 0.3, 0.12, 1.05), 0.05)
        for bogie in (-half + 1.5, half - 1.5):
            model.box("gear", (bogie, 0.34, 0), (1.1, 0.10, 1.0), 0.04)
            for x in (bogie - 0.62, bogie + 0.62):
                for side in (-1.02, 1.02):
                    model.ellipsoid("wheel", (x, 0.36, side), (0.38, 0.38, 0.10))


def _rails(model):
    for offset in (-0.72, 0.72):
        for z in np.arange(2.0, 70.0, 4.0):
            a, b = (_track(z) + offset, 1.06, z), (_track(z + 4) + offset, 1.06, z + 4)
            with model.part(blend=0.01):
                model.capsule("rail", a, b, 0.055)
    for z in np.arange(4.0, 30.0, 0.8):
        with model.part((_track(z), 1.0, z), 0.0, 1.0, 0.01):
            model.box("trunk", (0, 0, 0), (1.25, 0.05, 0.13), 0.02)


def _tree(model, rng, place, scale):
    with model.part(place, rng.random() * 6, scale, 0.25):
        model.capsule("trunk", (0, -0.5, 0), (0.1, 1.6, 0), 0.16, 0.10)
        leaf = f"leaf{rng.choice(['', '2'])}"
        for _ in range(9):
            at = (rng.normal() * 0.75, 1.0 + rng.random() * 2.6, rng.normal() * 0.8)
            model.ellipsoid(leaf, at, (0.95, 0.62, 0.95), bumps=0.10)


def _rock(model, rng, place, size):
    """A boulder, worn round on one side and broken on the other."""
    with model.part(place, rng.uniform(0, 6), size, 0.05):
        model.ellipsoid(f"stone{rng.integers(3)}", (0.03, 0.02, 0), (0.20, 0.11, 0.15), bumps=0.004)
        half = rng.uniform(0.10, 0.15), rng.uniform(0.08, 0.12), rng.uniform(0.09, 0.13)
        turn = rng.uniform(0, 3), rng.normal() * 0.25, rng.normal() * 0.3
        model.box(f"stone{rng.integers(3)}", (-0.05, 0.02, 0.02), half, 0.03, *turn, bumps=0.004)


def _furnish(model, at):
    rng = np.random.default_rng(21)
    for index, z in enumerate((19.5, 32.0, 44.5, 57.0)):
        _car(model, z, 11.6, engine=index == 0)
    _rails(model)
    for _ in range(110):
        z = rng.uniform(17, 95)
        side = rng.random() < 0.55
        x = _track(z) - rng.uniform(4.6, 17) if side else _track(z) + 12.6 + rng.uniform(9.0, 20)
        _tree(model, rng, at(x, z), rng.uniform(0.8, 1.5))
    walker(model, at(-2.75, 11.5, -0.03), 1.95, 1.02, stride=0.10, staff=False)
    for _ in range(120):
        z = 6.5 + 26 * rng.random() ** 1.5
        x = _middle(z) + rng.choice([-1, -1, 1]) * rng.uniform(5.4, 8.6)
        _rock(model, rng, at(x, z, 0.0), rng.uniform(0.7, 2.2))
    for x, z, size in BOULDERS:
        _rock(model, rng, (x, 0, z), size)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far, blur=3.5), (0.15, 0.38, 0.62))
    crowns = Sheet(11)(far.y / 24, far.x / 24) + 0.7 * Sheet(12)(far.y / 9, far.x / 9)
    tone = np.where(far.depth < 5200, np.clip(tone - (crowns > 0.35) + (crowns < -0.8), 0, 3), tone)
    near = "#123a44", "#235046", "#4f7c44", "#8fa34a"
    middle = "#2a5868", "#46766a", "#7f9868", "#c4c078"
    distant = "#7096b4", "#9ab0be", "#d8c8b0", "#f8e4c2"
    canvas = planes(tone, far.depth, near, (middle, 2200, 4600), (distant, 6000, 7600))
    snow = snow_line(stage, far, 3950, beyond=6000)
    canvas = np.where(snow[..., None], inks("#7c9fc6", "#b4c8da", "#fbeedc", "#fffdf6")[tone], canvas)
    wisp = Sheet(7)(stage.down * 24, stage.across * 7)
    amount = valley_mist(far, 2640, 260, 900, 4200) * (0.85 + 0.30 * wisp)
    amount = np.clip(amount, 0, 1) + 0.20 * np.clip((far.depth - 3000) / 5000, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#dbe8e2"), ink("#f9ecd0"), stage.across), 14, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.45, "#74b0b2"), (0.75, "#d2dfc8"), (1, "#f8e8c4")
    sky = ramp(stops, np.clip(stage.down / 0.36, 0, 1))
    return cloud_bands(
        stage, sky, 117, 0.25, ((0.0, "#f6efd8", 0.5), (0.5, "#fffaf0", 0.75)), thin=14, height=0.05
    )


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.10, 0.28, 0.46
    canvas = print_ground(stage, canvas, near, light, ("#1e3e3c", "#3f653c", "#83963f", "#bfb654"), steps)
    gravel = "#3a3e50", "#6f6a70", "#b3a48e", "#e2d2b0"
    bank = (_river(near.x, near.z) < 2.0) | (np.abs(near.x - _track(near.z)) < 2.2)
    canvas = print_ground(stage, canvas, near, light, gravel, steps, where=bank)
    return print_things(stage, canvas, near, light, materials(**REPRINT))


def _surface(stage):
    """Where the ray of each pixel meets the water: x and z in meters, far off above the horizon."""
    tall = stage.camera.spread * 2 / 3
    fall = -(stage.camera.pitch + (1 - 2 * stage.down) * tall)
    z = stage.eye / np.maximum(fall, 0.012)
    return stage.camera.spread * (2 * stage.across - 1) * z, z


def _foam(stage):
    """White water, 0..1 and more: wakes below the rocks and rapids where the bed is shallow."""
    x, z = _surface(stage)
    foam = 0.30 * smooth(Sheet(14)(z / 5.0, (x + 40) / 4.0), 0.2, 1.4)
    for rock_x, rock_z, size in BOULDERS:
        below, beside = (rock_z - z) / size, (x - rock_x) / size
        wake = np.exp(-((beside / (0.16 + 0.10 * np.maximum(below, 0))) ** 2)) * np.exp(-np.abs(below) / 0.45)
        foam += wake * np.where(below > -0.15, 1.0, 0.0)
    torn = Sheet(15, 256)(z * 3.0, (x + 40) * 1.1) + 0.6 * Sheet(16, 256)(z * 7.0, (x + 40) * 2.4)
    return foam * (1 + 0.55 * torn)


def _print_river(stage, canvas, near):
    """Green water that runs: a torn mirror, dark troughs between the waves and foam."""
    water = near.wet
    canvas = ripple(stage, canvas, water, "#4a7a66", strength=20, streak="#e6efe2", fine=150)
    canvas = over(canvas, water, ink("#5f8f78"), 0.52)
    x, z = _surface(stage)
    wave = Sheet(17, 256)(z * 2.2, (x + 40) * 0.5) + 0.5 * Sheet(18, 256)(z * 5.0, (x + 40) * 1.2)
    canvas = over(canvas, water & (wave > 0.55), ink("#2c5e5c"), 0.45)
    canvas = over(canvas, water & (wave < -0.75), ink("#a5c9b4"), 0.45)
    rocks = near.made_of("stone0", "stone1", "stone2") & ~water & (_river(near.x, near.z) < 0)
    canvas = over(canvas, rocks & (near.y < 0.15), ink("#2a3444"), 0.55)
    foam = _foam(stage)
    canvas = over(canvas, water & (foam > 0.34), ink("#b9d3c4"), 0.8)
    return over(canvas, water & (foam > 0.52), ink("#f3f5ea"))


def _print_grass(stage, canvas, near):
    def bank(x, z):
        return (_river(x, z) > 2.2) & (np.abs(x - _track(z)) > 2.4)

    back = np.where(near.wet, 9e9, near.depth)
    lit = inks("#1f4038", "#46703c", "#90a044", "#ccc462")
    dark = inks("#0f2430", "#1a3a38", "#34583c", "#66803f")
    grow(canvas, back, Tufts(1500, 5, 8.0, 34.0, lit, (0.15, 0.42), 0.1, where=bank), near, stage)
    return grow(canvas, back, Tufts(260, 8, 4.6, 7.6, dark, (0.25, 0.6), 0.1, where=bank), near, stage)


def _evening(stage, near):
    """Masks of the lit windows and of the yellow stripe, and the windows' light on the bank."""
    dry = ~near.wet
    train = near.made_of("car", "top", "band", "glass", "gear", "wheel")
    lamps = [((_track(z) + 1.6, 2.4, z), 4.6) for z in np.arange(10.0, 62.0, 2.5)]
    warm = lamplight(stage, near, lamps) * (dry & ~train) * 0.5
    return near.made_of("glass", "lamp") & dry, warm, near.made_of("band") & dry


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("train_river", width, 2640.0, -0.03, (0.68, 0.54, -0.46), eye=3.6, middle=5376.0)
    far = stage.mountains(RANGE, start=350.0)
    near = stage.layer("near", PLOT, _furnish, reach=150.0, lake=0.0)
    view = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = np.where((near.wet & ~near.hit)[..., None], mirror(stage, view), view)
    canvas = _print_near(stage, canvas, near)
    canvas = _print_river(stage, canvas, near)
    canvas = _print_grass(stage, canvas, near)
    return stage, Plate(canvas, ~far.hit & ~near.hit & ~near.wet, 0.36, *_evening(stage, near))
