"""The cooking tent at night: supper on the stove, shadows on the cloth, llamas at rest outside."""

import numpy as np
from scipy import ndimage as ndi

from ..animals import resting_llama
from ..buildings import lantern, stone
from ..color import ink, inks, ramp
from ..grass import Tufts, grow
from ..night import stars
from ..noise import Sheet
from ..palette import materials
from ..people import cloaked_sitter
from ..plate import Plate
from ..printing import fog, mountain_light, planes, print_ground, snow_line, valley_mist
from ..separation import pick, smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = "At night, the shadows of two cooks and a pot on a glowing tent; llamas rest outside under the stars."
SKY = "#0a1531"
DARK = True

RIDGES = (
    (
        0.95,
        (
            (-1.5, 8, 290), (-1.1, 8, 270), (-0.8, 8, 295), (-0.4, 7.8, 262), (-0.1, 7.7, 300),
            (0.2, 7.6, 245), (0.38, 7.5, 180), (0.50, 7.5, 128), (0.62, 7.5, 190), (0.85, 7.7, 265),
            (1.1, 7.8, 285), (1.5, 8, 270),
        ),
    ),
    (0.95, ((0.50, 7.5, 128), (0.42, 6.7, 260), (0.46, 6.0, 360))),
    (0.95, ((0.50, 7.5, 128), (0.64, 6.8, 260), (0.66, 6.0, 365))),
    (0.95, ((-0.4, 7.8, 262), (-0.46, 7.0, 330), (-0.4, 6.2, 400))),
    (0.6, ((-1.5, 2.6, 230), (-1.1, 2.8, 290), (-0.8, 3.0, 345), (-0.45, 3.4, 400), (-0.1, 3.9, 440))),
    (0.6, ((1.5, 2.4, 300), (1.1, 2.6, 345), (0.75, 3.0, 392), (0.4, 3.5, 430))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=151, floor=4120.0, detail=14.0, rough=150.0, warp=0.75, form=2.4)
PLOT = Plot(lambda x, z: _ground(x, z), size=560, cell=0.10, start=-1.0)
TENT = (-1.3, 12.8)
YAW = 0.30
LAMP = (1.4, 9.0)
HALF = (2.7, 1.25, 1.9)
EAVES = 1.85
CLOTH = (
    (0, "#5a1a2a"), (0.2, "#8f2c2c"), (0.42, "#c9582f"), (0.62, "#e9993c"), (0.82, "#f8cb64"), (1, "#fff0bd"),
)  # fmt: skip
NIGHT = {
    "wool": ("#1b2748", "#5a4a50", "#c98a52", "#f6cf8e"),
    "woolbrown": ("#10162c", "#2f2430", "#7a4a30", "#c07c42"),
    "hoof": ("#0a0e1c", "#0f1222", "#1c1820", "#2a2024"),
    "red": ("#3a1024", "#7a1428", "#c2303a", "#f06a4a"),
    "stone0": ("#111a34", "#2c3048", "#7c5f4c", "#c9975c"),
    "stone1": ("#0f172e", "#272a40", "#6d5446", "#b5864f"),
    "stone2": ("#141d38", "#333650", "#8a6a52", "#dba767"),
    "cloak": ("#1a1020", "#4a1524", "#9E1B32", "#e2603e"),
    "poncho": ("#1a1020", "#4a1524", "#9E1B32", "#e2603e"),
    "stripe": ("#221a20", "#5a3a1e", "#c07f26", "#f2c860"),
    "stripe2": ("#10162c", "#16284a", "#28507c", "#4c82a8"),
    "trouser": ("#0a0f20", "#10152a", "#221f30", "#3a3238"),
    "felt": ("#120f18", "#2a2226", "#6a4a30", "#b58a50"),
    "skin": ("#1a1420", "#3a2420", "#9a5a38", "#e0a060"),
    "cap": ("#141c30", "#5a2a2c", "#c97a34", "#f7c970"),
    "guy": ("#5a3a38", "#6a4438", "#8a5a38", "#c08a50"),
    "pole": ("#2a1420", "#3a1a22", "#5a2428", "#7a3430"),
}


def _ground(x, z):
    y = 0.18 * PLOT.clouds(3, 5, 8) + 0.04 * PLOT.clouds(4, 3, 40) + 0.05 * np.maximum(x - 4, 0)
    flat = np.exp(-((((x - TENT[0]) / 4.2) ** 2 + ((z - TENT[1]) / 3.6) ** 2) ** 2))
    return y * (1 - flat) + 0.02 - 1.2 * np.maximum(z - 24 - 0.1 * x, 0) ** 1.2 * 0.2


def _tent(model, at):
    """Ridge tent of cloth over poles; the shadows on its side are printed, not built."""
    length, ridge, wide = HALF
    place = at(*TENT, -0.03)
    with model.part(place, YAW, 1.0, 0.02):
        model.box("tent", (0, EAVES / 2 - 0.07, 0), (length, EAVES / 2 - 0.07, wide), 0.05)
        model.roof("tent", (0, EAVES - 0.15, 0), (length, ridge - 0.2, wide), 9.0)
    with model.part(place, YAW, 1.0, 0.02):
        model.roof("fly", (0, EAVES - 0.22, 0), (length + 0.25, ridge + 0.06, wide + 0.30), 0.06)
    with model.part(place, YAW, 1.0, 0.01):
        for side in (-1, 1):
            model.capsule(
                "pole", (side * (length + 0.3), 0, 0), (side * (length + 0.3), EAVES + ridge, 0), 0.04
            )
            top = (side * (length + 0.3), EAVES + ridge - 0.12, 0)
            model.capsule("guy", top, (side * (length + 2.3), 0.0, 0), 0.012)
            for x in (-length, 0, length):
                eave = (x, EAVES - 0.1, side * (wide + 0.2))
                model.capsule("guy", eave, (x, 0.0, side * (wide + 1.4)), 0.010)


def _furnish(model, at):
    _tent(model, at)
    resting_llama(model, at(4.15, 14.0, -0.02), 0.30, 1.0, "wool")
    resting_llama(model, at(6.1, 15.8, -0.02), 0.10, 1.0, "woolbrown")
    cloaked_sitter(model, at(2.3, 9.3, -0.02), -2.35, 1.08)
    lantern(model, at(*LAMP, 0.02))
    rng = np.random.default_rng(2)
    for x, z in ((-5.6, 8.9), (-3.0, 8.0), (3.9, 8.6), (0.9, 7.9), (-6.2, 11.5), (6.6, 10.6)):
        stone(model, rng, at(x, z, 0.0), 1.7)


def _shadows(x, y):
    """Two cooks, a pot on a stove and its steam, as seen on the cloth (tent's own meters)."""

    def ball(cx, cy, rx, ry=None):
        return ((x - cx) / rx) ** 2 + ((y - cy) / (ry or rx)) ** 2 < 1

    def body(cx):
        wide = 0.20 + 0.13 * np.clip(1.15 - y, 0, 1.15)
        return (np.abs(x - cx) < wide) & (y < 1.05) | ball(cx, 1.02, 0.22, 0.14)

    cook = ball(-1.12, 1.28, 0.13, 0.15) | ball(-1.12, 1.39, 0.25, 0.035) | ball(-1.12, 1.43, 0.12, 0.08)
    cook |= body(-1.12) | (np.abs(y - 0.93 - 0.25 * (x + 0.9)) < 0.065) & (x > -1.0) & (x < -0.36)
    ladle = (np.abs(x + 0.36 - 0.12 * (y - 0.8)) < 0.025) & (y > 0.66) & (y < 1.22)
    helper = ball(1.08, 1.25, 0.13, 0.15) | ball(1.08, 1.34, 0.135, 0.10) | ball(1.08, 1.46, 0.05)
    helper |= body(1.08) | (np.abs(y - 0.84 + 0.10 * (x - 0.9)) < 0.06) & (x > 0.40) & (x < 1.0)
    bowl = ball(0.36, 0.86, 0.15, 0.10) & (y < 0.88)
    pot = (np.abs(x + 0.16) < 0.31) & (y > 0.52) & (y < 0.80) | ball(-0.16, 0.54, 0.31, 0.10)
    stove = (np.abs(x) < 0.72) & (y > 0.36) & (y < 0.44)
    legs = ((np.abs(x - 0.6) < 0.03) | (np.abs(x + 0.6) < 0.03)) & (y < 0.38)
    steam = (np.abs(x + 0.16 - 0.07 * np.sin(y * 16)) < 0.02) & (y > 0.88) & (y < 1.28)
    return cook | ladle | helper | bowl | pot | stove | legs | steam


def _tent_local(near, where, foot):
    """Tent's own coordinates of pixels: along, up and across."""
    dx, dz = near.x[where] - TENT[0], near.z[where] - TENT[1]
    c, s = np.cos(YAW), np.sin(YAW)
    return dx * c - dz * s, near.y[where] - foot, dx * s + dz * c


def _print_tent(stage, canvas, near, foot):
    for name in ("tent", "fly"):
        where = near.made_of(name)
        x, y, z = _tent_local(near, where, foot)
        if name == "tent":
            value = 1.02 * np.exp(-((x / 3.6) ** 2) - ((y - 0.8) / 1.55) ** 2)
            front = z < -HALF[2] + 0.12
            value = np.where(front, value, value * 0.80)
            value = np.where(front & _shadows(x, y) & (y < EAVES), 0.36, value)
        else:
            value = 0.62 * np.exp(-(((y - 1.45) / 0.95) ** 2))
        seam = np.abs((x + 4.05) % 1.35 - 0.675) > 0.655
        value = np.where(seam, value - 0.10, value)
        levels = np.floor(np.clip(value * 7 + 0.4 * (stage.grain[where] - 0.5), 0, 6.99)) / 6
        canvas[where] = ramp(CLOTH, levels)
    return canvas


def _glow(stage, near, lamps):
    glow = np.zeros((stage.height, stage.width))
    for place, strength, reach, soft in lamps:
        to = [p - v for p, v in zip(place, (near.x, near.y, near.z), strict=True)]
        square = sum(d * d for d in to)
        facing = sum(n * d for n, d in zip(near.normal, to, strict=True)) / np.sqrt(square + 1e-6)
        glow += strength * np.clip(0.2 + 0.8 * facing, 0, 1) * reach / (square + soft)
    return ndi.gaussian_filter(np.where(near.hit, glow, 0), 1.2 * stage.scale)


def _print_near(stage, canvas, near, foot, lamps):
    light = ndi.median_filter(near.lambert(stage.sun), int(3 * stage.scale) | 1)
    cold = "#0d152a", "#16223c", "#213350", "#2e4860"
    canvas = print_ground(stage, canvas, near, light, cold, (0.1, 0.3, 0.5))
    glow = _glow(stage, near, lamps) * np.clip(0.35 + 0.8 * near.open, 0, 1)
    for step, code in (
        (0.14, "#2f2a34"),
        (0.26, "#54402f"),
        (0.45, "#8a5f30"),
        (0.85, "#c8903e"),
        (1.7, "#efc368"),
    ):
        canvas[near.soil & (glow + 0.06 * (stage.grain - 0.5) > step)] = ink(code)
    tone = tones(np.maximum(glow * 1.1, light * 0.42), (0.18, 0.42, 0.95))
    palette = materials(**NIGHT)
    for name in near.materials:
        if name in palette:
            where = near.made_of(name)
            canvas[where] = pick(tone[where], palette[name])
    return _print_tent(stage, canvas, near, foot)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.17, 0.48, 0.76))
    near = "#0c1630", "#122140", "#1a2f50", "#284562"
    land = planes(tone, far.depth, near, (("#1d3459", "#2c4a70", "#456a8b", "#6f93a6"), 4700, 5900))
    snow = snow_line(stage, far, 4900, beyond=4500)
    land = np.where(snow[..., None], inks("#34588a", "#6488b0", "#a5c0d6", "#e9eef0")[tone], land)
    return fog(stage, land, valley_mist(far, 4190, 150, 1800, 5200) * 0.65, "#53758a", 12, 0.3)


def _print_sky(stage):
    stops = (0, SKY), (0.10, SKY), (0.40, "#112a56"), (0.70, "#1b4a74"), (1, "#35788a")
    sky = ramp(stops, np.clip(stage.down / 0.42, 0, 1))
    return stars(stage, sky, seed=8, count=700, lowest=0.48, milky=(0.02, 0.42), cross=(0.24, 0.10, 0.042))


def _steam(stage, canvas):
    """Steam that comes out under the gable, turns with the wind and dissolves in grain."""
    column, row, _ = stage.camera.project((1.75, 1.9, 11.4), stage.width, stage.height)
    across, down = column / stage.width, row / stage.height
    rise = np.clip(down - stage.down, 0, 1) / 0.42
    middle = across + 0.07 * rise**1.3 + 0.010 * np.sin(rise * 9)
    plume = np.exp(-(((stage.across - middle) / (0.012 + 0.050 * rise)) ** 2))
    plume *= smooth(rise, 0.0, 0.12) * np.clip(1 - rise, 0, 1)
    texture = 0.85 + 0.22 * Sheet(18)(stage.down * 20, stage.across * 26)
    warm = ramp(((0, "#f0cf98"), (0.5, "#b9b0a8"), (1, "#8fa3b4")), rise)
    return fog(stage, canvas, plume * texture * 0.9, warm, 8, 0.9)


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("cooking_tent", width, 4200.0, 0.03, (0.72, 0.45, -0.35), eye=1.9)
    far = stage.mountains(RANGE)
    near = stage.layer("near", PLOT, _furnish, reach=40.0)
    foot = near.foot(*TENT) - 0.03
    front = (TENT[0] - 0.6, foot + 0.7, TENT[1] - 2.3)
    lamps = [(front, 1.0, 3.2, 1.0), ((TENT[0] + 3.4, foot + 0.9, TENT[1] - 0.4), 0.7, 2.4, 0.9)]
    lamps.append(((LAMP[0], near.foot(*LAMP) + 0.25, LAMP[1]), 0.8, 1.3, 0.25))
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_near(stage, canvas, near, foot, lamps)
    canvas = _steam(stage, canvas)
    cold = inks("#0a1020", "#141d34", "#3a3434", "#8a6a40")
    warm = inks("#141a2c", "#2e2a30", "#7a5a34", "#d8a452")

    def outside(x, z):
        clear = np.hypot(x - LAMP[0], z - LAMP[1]) > 0.6
        return clear & ((np.abs(x - TENT[0]) > 3.6) | ((z < 9.6) & (z > 8.9)))

    grow(canvas, near.depth, Tufts(420, 5, 8.6, 22.0, warm, (0.10, 0.28), 0.1, where=outside), near, stage)
    grow(canvas, near.depth, Tufts(150, 6, 5.8, 7.4, cold, (0.14, 0.4), 0.1), near, stage)
    return stage, Plate(canvas, ~far.hit & ~near.hit)
