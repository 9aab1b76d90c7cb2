"""Printing: lay the inks of mountains, ground and figures on the canvas, tone by tone."""

import numpy as np

from . import patterns
from .color import ink, inks, mix, over
from .noise import Sheet
from .palette import MATERIALS
from .separation import fall_line, median, pick, smooth, steps, tones

CREVICE = "#20233a"


def mountain_light(stage, far, blur=5.0):
    """Light of the range after median and fall-line smoothing."""
    light = median(far.lambert(stage.sun), 3 * stage.scale)
    return fall_line(light, far, stage.far_camera, stage.scale, blur=blur)


def planes(tone, depth, near, *further):
    """Inks by distance: ``near`` codes, then (codes, from, to) in meters that take over with depth."""
    canvas = pick(tone, inks(*near))
    for codes, start, end in further:
        canvas = mix(canvas, pick(tone, inks(*codes)), smooth(depth, start, end))
    return canvas


def snow_line(stage, far, altitude, beyond=0.0, steep=0.30):
    """Where snow lies: above ``altitude`` meters, higher on steep faces, none on walls."""
    up = median(far.normal[1], 5 * stage.scale)
    waves = 150 * np.sin(far.x / 420.0) * np.sin(far.z / 510.0)
    return (far.y + (up - 0.60) * 1300 + waves > altitude) & (up > steep) & (far.depth > beyond)


def fog(stage, canvas, amount, color, levels=14, broken=0.35):
    """Lay mist in flat steps whose edges are broken by grain."""
    share = steps(np.clip(amount, 0, 1), levels, broken, stage.grain)
    return mix(canvas, ink(color) if isinstance(color, str) else color, share * 0.95)


def valley_mist(far, floor, thickness, start, end):
    """Mist that fills the valley: thins with height over ``floor`` and grows with distance."""
    height = np.exp(-np.maximum(far.y - floor, 0) / thickness)
    return height * np.clip((far.depth - start) / (end - start), 0, 1)


def cloud_bands(stage, sky, seed, row, layers, thin=26, height=0.085):
    """Long thin clouds about ``row`` (0..1 down); ``layers`` are (threshold, ink, strength)."""
    wide, fine = Sheet(seed), Sheet(seed + 1)
    level = wide(stage.down * thin, stage.across * 2.2 + 5)
    level = level + 0.5 * fine(stage.down * 60, stage.across * 9)
    level = level + 1.7 * np.exp(-(((stage.down - row) / height) ** 2)) - 2.3
    level = level - 18 * np.clip(row - height * 1.3 - stage.down, 0, 1)
    for threshold, code, strength in layers:
        sky = over(sky, level > threshold, ink(code), strength)
    return sky


def near_light(stage, near, closed=0.5):
    """Light of figures and ground; corners are darker by ``closed``."""
    light = near.lambert(stage.sun) * np.clip(closed + 0.6 * near.open, 0, 1)
    return median(light, 3 * stage.scale)


def print_things(stage, canvas, near, light, palette=MATERIALS, thresholds=(0.07, 0.36, 0.70)):
    """Print every material of a layer in its own four inks, patterns included."""
    for name, number in near.materials.items():
        where = near.material == number
        if not where.any():
            continue
        family = name.rstrip("0123456789")
        spot = patterns.Spot(near, where, light, stage.grain)
        shade = patterns.LIGHT[family](spot) if family in patterns.LIGHT else spot.light
        tone = tones(shade, thresholds)
        color = pick(tone, palette[name])
        if family in patterns.COLOR:
            color = patterns.COLOR[family](spot, tone, color)
        canvas[where] = color
    cracks = near.made_of("stone0", "stone1", "stone2") & (near.open < 0.5)
    return over(canvas, cracks, ink(CREVICE))


def print_ground(stage, canvas, near, light, codes, thresholds=(0.10, 0.28, 0.40), where=None):
    """Print the soil of a layer, or the part of it inside the mask ``where``."""
    soft = median(light, 5 * stage.scale) + 0.05 * (stage.grain - 0.5)
    mask = near.soil if where is None else near.soil & where
    return np.where(mask[..., None], pick(tones(soft, thresholds), inks(*codes)), canvas)
