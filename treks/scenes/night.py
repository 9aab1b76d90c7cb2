"""Night: stars, and the second print of a day scene in night inks."""

import numpy as np
from scipy import ndimage as ndi

from .color import ink, mix, over, ramp
from .separation import smooth, steps

NIGHT_TOP = "#16335c"
NIGHT_SKY = ((0.45, "#1c4570"), (0.75, "#296288"), (1, "#5b929d"))

# The Southern Cross and its two pointers: right and up of Gacrux, in widths of the cross, and brightness.
CROSS = ((0, 0, 0.9), (0.15, -1.0, 1.0), (-0.42, -0.42, 0.95), (0.36, -0.33, 0.7), (0.10, -0.62, 0.35))
POINTERS = ((-1.35, -0.95, 0.9), (-2.05, -1.05, 1.0))


def _dot(stage, canvas, column, row, radius, strength):
    reach = int(radius + 3)
    top, left = int(row) - reach, int(column) - reach
    if top < 0 or left < 0 or top + 2 * reach >= stage.height or left + 2 * reach >= stage.width:
        return
    area = np.s_[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
    away = np.hypot(stage.rows[area] - row, stage.columns[area] - column)
    share = np.clip(radius - away + 0.5, 0, 1) * strength
    canvas[area] = mix(canvas[area], ink("#fdf3dc"), share)


def stars(stage, canvas, seed=4, count=620, lowest=0.55, milky=(0.42, -0.42), cross=None):
    """Scatter stars down to ``lowest`` (0..1), denser along a band; ``cross`` is (x, y, size), 0..1."""
    rng = np.random.default_rng(seed)
    drawn = 0
    while drawn < count:
        x, y = rng.random(), rng.random() ** 1.3 * lowest
        crowd = np.exp(-(((y - (milky[0] + milky[1] * x)) / 0.09) ** 2))
        if rng.random() > 0.32 + 0.68 * crowd:
            continue
        drawn += 1
        bright = rng.random() ** 6
        fade = np.clip((lowest - y) / 0.25, 0, 1) * np.clip(y / 0.10, 0.0, 1)
        strength = (0.45 + 0.55 * min(1, bright * 4 + 0.3)) * fade
        size = (0.55 + 1.5 * bright) * stage.scale
        _dot(stage, canvas, x * stage.width, y * stage.height, size, strength)
    if cross:
        for right, up, bright in CROSS + POINTERS:
            column, row = (cross[0] + right * cross[2]) * stage.width, cross[1] * stage.height
            row -= up * cross[2] * stage.width
            _dot(stage, canvas, column, row, (1.1 + 1.4 * bright) * stage.scale, 1.0)
    return canvas


def lamplight(stage, near, lamps):
    """Light 0..1 of lamps on a layer; each lamp is (place, meters it reaches)."""
    glow = np.zeros((stage.height, stage.width))
    for place, reach in lamps:
        to = [p - v for p, v in zip(place, (near.x, near.y, near.z), strict=True)]
        away = np.sqrt(sum(d * d for d in to) + 1e-6)
        facing = sum(n * d for n, d in zip(near.normal, to, strict=True)) / away
        glow += np.clip(0.3 + 0.7 * facing, 0, 1) * np.clip(1.4 * (1.1 - away / reach), 0, 1.2)
    return np.where(near.hit, np.clip(ndi.gaussian_filter(glow, 1.5 * stage.scale), 0, 1), 0)


def _dyed(stage, plate):
    """How much of each pixel is dyed wool, 0..1: cochineal, qolle yellow beside it and ``plate.dyed``."""
    red = smooth(plate.canvas[..., 1], 0.095, 0.125)
    beside = ndi.gaussian_filter(red, 5 * stage.scale) > 0.10
    wool = np.maximum(red, smooth(plate.canvas[..., 2], 0.10, 0.125) * beside)
    return wool if plate.dyed is None else np.maximum(wool, plate.dyed)


def _starlit(stage, plate):
    """The inks of the night: darker, yellow most of all, and of one blue; dyed wool keeps its color."""
    canvas = plate.canvas
    light, red, yellow = np.clip(canvas[..., 0], 0, 1), canvas[..., 1], canvas[..., 2]
    night = np.empty_like(canvas)
    night[..., 0] = 0.15 + 0.56 * light**1.6 - 0.55 * np.maximum(yellow, 0)
    night[..., 1] = red * np.where(red > 0, 0.35, 0.60) - 0.018
    night[..., 2] = yellow * np.where(yellow > 0, 0.16, 0.40) - 0.056 - 0.010 * light
    wool = canvas * np.float32((0.56, 0.66, 0.58)) + np.float32((0.06, 0, -0.005))
    return mix(night, wool, _dyed(stage, plate))


def _by_lamp(stage, canvas, night, warm):
    """Lay the lamps' light on the night in flat steps: what it reaches shows its color by day.

    What lay in the sun's shade lies in a lamp's light, so shade is lifted there.
    """
    day = canvas * np.float32((0.80, 0.85, 0.85)) + np.float32((0.06, 0.022, 0.045))
    shade = smooth(-canvas[..., 0], -0.52, -0.30) * warm
    day = mix(day, day + np.float32((0.15, 0.01, 0.04)), shade)
    return mix(night, day, steps(warm, 7, 0.6, stage.grain) * 0.92)


def _shine(stage, night, lit):
    """Windows and lanterns, each with a halo."""
    halo = ndi.gaussian_filter(lit.astype(np.float32), 9 * stage.scale)
    halo = halo / max(float(halo.max()), 1e-6) * 0.42
    night = mix(night, ink("#f2a04a"), steps(halo, 24, 0.6, stage.grain))
    night = over(night, lit, ink("#f2b347"))
    return over(night, ndi.binary_erosion(lit, iterations=max(1, int(1.6 * stage.scale))), ink("#fbd98a"))


def night_print(stage, plate, top=NIGHT_TOP):
    """The same picture by starlight and lamplight, under a sky that begins with the ink ``top``."""
    night = _starlit(stage, plate)
    if plate.warm is not None:
        night = _by_lamp(stage, plate.canvas, night, plate.warm)
    stops = ((0, top), (0.12, top), *NIGHT_SKY)
    heaven = ramp(stops, np.clip(stage.down / plate.skyline, 0, 1))
    heaven = stars(stage, heaven, seed=9, count=380, lowest=plate.skyline * 1.1)
    night = np.where(plate.sky[..., None], heaven, night)
    return night if plate.lit is None else _shine(stage, night, plate.lit)
