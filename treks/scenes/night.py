"""Night: stars, and the second print of a day scene in night inks."""

import numpy as np

from .color import ink, mix, ramp

NIGHT_SKY = ((0, "#0a1531"), (0.12, "#0a1531"), (0.45, "#142f5c"), (0.75, "#1f5177"), (1, "#4a8492"))

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


def night_print(stage, canvas, sky, skyline=0.42):
    """The same picture by starlight: inks darker and bluer, the sky (mask) printed anew with stars.

    ``skyline`` is how far down (0..1) the night sky has become its lightest.
    """
    light = canvas[..., 0]
    night = np.empty_like(canvas)
    night[..., 0] = 0.15 + 0.56 * np.clip(light, 0, 1) ** 1.7
    night[..., 1] = canvas[..., 1] * 0.55 - 0.006
    night[..., 2] = canvas[..., 2] * 0.30 - 0.040 + 0.012 * light
    heaven = ramp(NIGHT_SKY, np.clip(stage.down / skyline, 0, 1))
    heaven = stars(stage, heaven, seed=9, count=380, lowest=skyline * 1.1)
    return np.where(sky[..., None], heaven, night)
