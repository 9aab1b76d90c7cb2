"""Water: a mirrored picture shaken row by row, darker toward the viewer, with thin bright streaks."""

import numpy as np
from scipy import ndimage as ndi

from .color import ink, mix, over
from .noise import Sheet


def _shaken(picture, rows, columns):
    parts = [ndi.map_coordinates(picture[..., i], [rows, columns], order=1, mode="nearest") for i in range(3)]
    return np.stack(parts, -1)


def _waves(stage, water, strength, seed, fine):
    """Height of the waves, how near they are (0..1), and the row and column that each pixel shows."""
    depth = np.clip((stage.rows - stage.horizon) / (stage.height - stage.horizon), 0, 1)
    waves = Sheet(seed, 256)(depth**0.6 * fine, stage.across * 26)
    shift = waves * depth**0.8 * strength * stage.scale * water
    rows = np.clip(stage.rows + shift * 0.5, 0, stage.height - 1)
    columns = np.clip(stage.columns + shift * 1.1, 0, stage.width - 1)
    return waves, depth, rows, columns


def ripple(stage, canvas, water, tint, strength=9.0, seed=6, streak="#8fb9bf", fine=200):
    """Displace the mirror image inside the mask ``water`` and lay ``tint`` over it.

    ``strength`` is the largest shift in pixels of a 1200 px picture.
    """
    waves, depth, rows, columns = _waves(stage, water, strength, seed, fine)
    shaken = _shaken(canvas, rows, columns)
    inside = ndi.map_coordinates(water.astype(float), [rows, columns], order=1) > 0.99
    shaken = np.where(inside[..., None], shaken, canvas)
    shaken = mix(shaken, ink(tint), 0.22 + 0.35 * np.clip((stage.down - 0.80) / 0.2, 0, 1))
    canvas = np.where(water[..., None], shaken, canvas)
    return over(canvas, water & (waves > 1.25) & (depth < 0.55), ink(streak), 0.30)


def rippled(stage, mask, water, strength=9.0, seed=6, fine=200):
    """A mask as ``ripple`` of the same numbers shows it: mirrored windows break where their wall does."""
    _, _, rows, columns = _waves(stage, water, strength, seed, fine)
    return ndi.map_coordinates(mask.astype(np.float32), [rows, columns], order=1) > 0.5


def mirror(stage, canvas):
    """The canvas turned over at the horizon: what far-off things look like in still water."""
    rows = np.clip(2 * stage.horizon - stage.rows[:, 0], 0, stage.height - 1).astype(int)
    return canvas[rows]
