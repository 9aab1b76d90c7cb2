"""Ipsaycocha camp: two lit tents at the lagoon under the stars."""

import numpy as np
from scipy import ndimage as ndi

from ..buildings import dome_tent, lantern
from ..color import ink, inks, mix, ramp
from ..grass import Tufts, grow
from ..night import stars
from ..people import cloaked_sitter
from ..plate import Plate
from ..printing import fog, mountain_light, planes, print_ground, snow_line, valley_mist
from ..separation import tones
from ..stage import Plot, Stage
from ..terrain import Terrain
from ..water import ripple

ALT = (
    "Two tents glow on the shore of a dark lagoon; a snow peak and its reflection stand under a sky "
    "full of stars."
)
SKY = "#0a1531"
DARK = True

RIDGES = (
    (
        0.95,
        (
            (-1.5, 8.2, 260), (-1.1, 8.0, 285), (-0.75, 7.9, 250), (-0.45, 7.8, 300), (-0.2, 7.7, 265),
            (0.02, 7.6, 195), (0.17, 7.5, 112), (0.30, 7.55, 205), (0.5, 7.7, 262), (0.8, 7.8, 235),
            (1.05, 7.9, 290), (1.5, 8.0, 270),
        ),
    ),
    (0.9, ((0.17, 7.5, 112), (0.08, 6.6, 270), (0.02, 5.8, 380), (-0.02, 5.2, 450))),
    (0.9, ((0.17, 7.5, 112), (0.30, 6.8, 270), (0.38, 5.9, 400))),
    (0.9, ((-0.05, 7.6, 225), (-0.12, 6.6, 350), (-0.14, 5.8, 440))),
    (0.95, ((0.5, 7.7, 262), (0.56, 6.8, 360), (0.56, 6, 440))),
    (0.9, ((-0.75, 7.9, 250), (-0.62, 6.8, 350), (-0.55, 6.0, 430))),
    (0.85, ((-0.2, 7.7, 265), (-0.3, 6.6, 360), (-0.3, 5.8, 440))),
    (0.85, ((0.8, 7.8, 235), (0.75, 6.8, 350), (0.7, 6.0, 440))),
    (
        0.62,
        ((-1.5, 2.6, 250), (-1.1, 2.8, 310), (-0.8, 3.0, 372), (-0.5, 3.3, 430),
         (-0.22, 3.6, 487), (-0.1, 3.8, 515)),
    ),
    (
        0.62,
        ((1.5, 2.0, 240), (1.1, 2.2, 318), (0.85, 2.4, 385), (0.62, 2.7, 440),
         (0.45, 3.0, 482), (0.3, 3.3, 512)),
    ),
    (0.6, ((-0.5, 4.6, 465), (-0.1, 4.7, 492), (0.2, 4.8, 485), (0.6, 4.6, 470))),
    (0.6, ((-1.2, 1.6, 440), (-0.9, 1.7, 470), (-0.62, 1.9, 502))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=17, floor=4120.0, detail=14.0, rough=180.0, warp=0.75, form=2.6)
PLOT = Plot(lambda x, z: _ground(x, z), cell=0.12, start=-1.0)
ALTITUDE = 4202.0
TENTS = {"tentred": (-5.3, 20.6, 0.45, 0.92), "tentgold": (-2.0, 21.4, -0.3, 0.86)}
CLOTH = {
    "tentred": ((0, "#7a1c2e"), (0.25, "#b8392f"), (0.5, "#dd7a30"), (0.75, "#f2b347"), (1, "#fde9a6")),
    "tentgold": ((0, "#5a2a2e"), (0.25, "#a85a2a"), (0.5, "#dc9a35"), (0.75, "#f7cf69"), (1, "#fff3c4")),
}
GLOWING = {
    "guy": ("#8a5a38", "#8a5a38", "#8a5a38", "#8a5a38"),
    "pole": ("#5a1a28", "#5a1a28", "#6a2228", "#6a2228"),
    "cloak": ("#1a1020", "#4a1524", "#9E1B32", "#d8503a"),
    "boot": ("#0f0e1a", "#1a1622", "#3a2420", "#6a4030"),
    "skin": ("#1a1420", "#3a2420", "#9a5a38", "#e0a060"),
    "cap": ("#141c30", "#5a2a2c", "#c97a34", "#f7c970"),
    "edging": ("#2a2430", "#7a1a2c", "#c22a38", "#f07a50"),
    "lamp": ("#fff6d0", "#fff6d0", "#fff6d0", "#fff6d0"),
}
LAMP = (-2.75, 19.45)
SITTER = (-3.6, 19.6)


def _ground(x, z):
    y = -1.6 + 0.25 * PLOT.clouds(3, 6, 6) + 0.04 * PLOT.clouds(4, 4, 40)
    y += 2.45 * np.exp(-(((x + 5.6) / 8.5) ** 2) - ((z - 21.5) / 3.6) ** 2)
    y += 1.5 * np.exp(-(((x - 9) / 4.0) ** 2) - ((z - 13) / 3.5) ** 2)
    y += 1.75 * np.exp(-(((x - 3.7) / 1.7) ** 2) - ((z - 9.3) / 0.8) ** 2)
    return y + 1.7 * np.exp(-(((x + 4.1) / 0.9) ** 2) - ((z - 9.1) / 0.7) ** 2)


def _furnish(model, at):
    for name, (x, z, yaw, scale) in TENTS.items():
        dome_tent(model, at(x, z, -0.03), yaw, scale, name)
    cloaked_sitter(model, at(*SITTER, -0.05), -0.5, 1.12)
    lantern(model, at(*LAMP, 0.1))


def _sky_color(stage, row):
    stops = (0, SKY), (0.10, SKY), (0.32, "#132c56"), (0.53, "#1f557a"), (0.69, "#3d8390"), (0.83, "#a9b196")
    stops += (0.93, "#ecb77a"), (1, "#f39a5a")
    return ramp(stops, np.clip(row / (0.43 * stage.height), 0, 1))


def _print_sky(stage):
    noise = 1.5 * (stage.grain - 0.5) * np.clip(stage.down / 0.2, 0, 1)
    sky = _sky_color(stage, stage.rows + noise)
    return stars(stage, sky, cross=(0.27, 0.16, 0.052))


def _print_mountains(stage, far, canvas):
    tone = tones(mountain_light(stage, far), (0.17, 0.48, 0.76))
    near = "#0d1730", "#14233f", "#1d3350", "#2b4a62"
    distant = "#1d3459", "#2c4a70", "#456a8b", "#6f93a6"
    land = planes(tone, far.depth, near, (distant, 4700, 5900))
    snow = snow_line(stage, far, 4960, beyond=4500)
    land = np.where(snow[..., None], inks("#34588a", "#6488b0", "#a5c0d6", "#e9eef0")[tone], land)
    amount = valley_mist(far, 4205, 170, 2200, 5200) * 0.75 + 0.12 * np.clip((far.depth - 4700) / 1200, 0, 1)
    land = fog(stage, land, amount, "#6f8f9c", 14, 0.25)
    canvas = np.where(far.hit[..., None], land, canvas)
    mirrored = _sky_color(stage, np.clip(2 * stage.horizon - stage.rows, 0, None))
    return np.where((far.water & ~far.hit)[..., None], mirrored, canvas)


def _glow(stage, near, lamps):
    """Light of the lamps on everything near them."""
    glow = np.zeros((stage.height, stage.width))
    for place, strength, reach, soft in lamps:
        to = [p - v for p, v in zip(place, (near.x, near.y, near.z), strict=True)]
        square = sum(d * d for d in to)
        facing = sum(n * d for n, d in zip(near.normal, to, strict=True)) / np.sqrt(square + 1e-6)
        glow += strength * np.clip(0.25 + 0.75 * facing, 0, 1) * reach / (square + soft)
    return ndi.gaussian_filter(np.where(near.hit, glow, 0), 1.2 * stage.scale)


def _tent_light(stage, near, name, foot):
    """Cloth lit from inside: bright low down, a zip and a darker seam around a triangular door."""
    x, z, yaw, scale = TENTS[name]
    where = near.made_of(name)
    px, py, pz = near.x[where], near.y[where], near.z[where]
    high = np.clip((py - foot) / (1.28 * scale), 0, 1)
    view = np.array([px, py - stage.eye, pz])
    facing = -sum(n[where] * v for n, v in zip(near.normal, view, strict=True)) / np.linalg.norm(view, axis=0)
    value = np.clip(np.clip(facing, 0, 1) ** 1.1 * (1.0 - 0.80 * high**1.2), 0, 1)
    side = ((px - x) * np.cos(yaw) - (pz - z) * np.sin(yaw)) / scale
    edge = np.abs(side) - 0.52 * (0.86 - high) / 0.86
    door = (high < 0.86) & (edge < 0)
    value = np.where(door, value + 0.20, value)
    value = np.where((high < 0.87) & (np.abs(edge) < 0.022), value - 0.45, value)
    value = np.where(door & (np.abs(side) < 0.012), value - 0.35, value)
    levels = np.floor(np.clip(value * 6 + 0.4 * (stage.grain[where] - 0.5), 0, 5.99)) / 5
    return where, ramp(CLOTH[name], levels)


def _print_near(stage, canvas, near, feet, lamps):
    light = ndi.median_filter(near.lambert(stage.sun), int(3 * stage.scale) | 1)
    canvas = print_ground(
        stage, canvas, near, light, ("#10182c", "#1b2740", "#27394c", "#34505a"), (0.1, 0.3, 0.5)
    )
    glow = _glow(stage, near, lamps)
    for step, code in (0.16, "#4a3a2c"), (0.32, "#8a5a2c"), (0.62, "#c98a38"), (1.2, "#f2c36a"):
        canvas[near.soil & (glow + 0.05 * (stage.grain - 0.5) > step)] = ink(code)
    for name, foot in feet.items():
        where, color = _tent_light(stage, near, name, foot)
        canvas[where] = color
    tone = tones(np.maximum(glow, near.lambert(stage.sun) * 0.35), (0.2, 0.6, 1.3))
    for name, codes in GLOWING.items():
        where = near.made_of(name)
        canvas[where] = inks(*codes)[tone[where]]
    return canvas


def _halo(stage, canvas, near, water, lamps):
    for place, *_ in lamps[:2]:
        column, row, _ = stage.camera.project(place, stage.width, stage.height)
        x, y = (stage.columns - column) / (130 * stage.scale), (stage.rows - row) / (62 * stage.scale)
        share = np.exp(-(x * x) - y * y) * 0.13 + 0.012 * (stage.grain - 0.5)
        share = np.clip(np.round(share * 16) / 16, 0, 1) * ~near.thing * (1 - 0.6 * water)
        canvas = mix(canvas, ink("#f2a04a"), share)
    return canvas


def _print_reeds(canvas, stage, near):
    depth = np.where(near.wet, 9e9, near.depth)

    def above(x, z, level):
        feet = [near.foot(a, b) for a, b in zip(x, z, strict=True)]
        return np.array(feet) > level

    def shore(x, z):
        return above(x, z, 0.06) & ~((x > -7.2) & (x < -0.7) & (z < 21.8))

    warm = inks("#14182c", "#2a2a35", "#6a4a30", "#c08a44")
    cold = inks("#070d1e", "#0b1328", "#132038", "#24405a")
    grow(canvas, depth, Tufts(420, 5, 13.0, 26.0, warm, (0.12, 0.30), 0.12, where=shore), near, stage)
    front = Tufts(260, 15, 8.3, 10.4, cold, (0.28, 0.85), 0.10, where=lambda x, z: above(x, z, -0.02))
    return grow(canvas, depth, front, near, stage)


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("ipsaycocha_camp", width, ALTITUDE, 0.085, (0.75, 0.42, -0.35))
    far = stage.mountains(RANGE, lake=ALTITUDE - 2.0)
    near = stage.layer("near", PLOT, _furnish, reach=45.0, lake=0.0)
    feet = {name: near.foot(x, z) - 0.03 for name, (x, z, *_) in TENTS.items()}
    lamps = [((x, feet[n] + 0.45, z), 0.9, 2.2, 0.5) for n, (x, z, *_) in TENTS.items()]
    lamps.append(((LAMP[0], near.foot(*LAMP) + 0.2, LAMP[1]), 0.9, 1.6, 0.3))
    canvas = _print_mountains(stage, far, _print_sky(stage))
    canvas = _print_near(stage, canvas, near, feet, lamps)
    water = (far.water & ~near.hit) | near.wet
    canvas = ripple(stage, canvas, water, "#0f2a4a")
    canvas = _print_reeds(canvas, stage, near)
    canvas = _halo(stage, canvas, near, water, lamps)
    return stage, Plate(canvas, ~far.hit & ~far.water & ~near.hit & ~near.wet)
