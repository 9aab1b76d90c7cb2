"""Ichu grass: tufts of curved blades, drawn back to front into a finished canvas."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from .march import height_at


@njit(cache=True)
def _draw(canvas, depth, curves, colors):
    height, width, _ = canvas.shape
    for b in range(curves.shape[0]):
        x0, y0, x1, y1, x2, y2, thick, away = curves[b]
        count = int(abs(x2 - x0) + abs(y2 - y0)) * 2 + 4
        for q in range(count):
            s = q / (count - 1.0)
            start, middle, end = (1 - s) * (1 - s), 2 * s * (1 - s), s * s
            x, y = start * x0 + middle * x1 + end * x2, start * y0 + middle * y1 + end * y2
            r = thick * (1 - s) ** 0.7 + 0.25
            for i in range(max(0, int(y - r)), min(height, int(y + r) + 2)):
                for j in range(max(0, int(x - r)), min(width, int(x + r) + 2)):
                    if (i - y) ** 2 + (j - x) ** 2 > r * r:
                        continue
                    if depth[i, j] > 0 and depth[i, j] < away - 0.25:
                        continue
                    canvas[i, j] = colors[b]


@dataclass(frozen=True)
class Tufts:
    """Where and how grass grows: ``near``/``far`` in meters, blade ``height`` range, ``lean`` downwind.

    ``lift`` raises them off the ground and ``thick`` widens the blades: leaves and blossoms.
    """

    count: int
    seed: int
    near: float
    far: float
    inks: np.ndarray
    height: tuple = (0.13, 0.34)
    lean: float = 0.2
    spread: float = 1.1
    crowd: float = 1.5
    sun: int = -1
    lift: float = 0.0
    thick: float = 1.0
    where: object = None


def _blades(rng, tuft, x, y, z):
    """Curves (n, 3, 3) in meters and the ink of each blade of one tuft."""
    count = rng.integers(9, 16)
    size = rng.uniform(0.7, 1.25)
    fan = np.linspace(-1, 1, count)
    fan = fan[np.argsort(-np.abs(fan))] + rng.normal(size=count) * 0.12
    h = rng.uniform(*tuft.height, count) * size * (1 - 0.35 * np.abs(fan))
    zero = np.zeros(count)
    reach = fan * 0.32 * size * tuft.height[1] / 0.6 + tuft.lean * h
    curve = np.stack(
        [
            np.stack([x + fan * 0.06, y - 0.03 + tuft.lift + zero, z + zero], -1),
            np.stack([x + fan * 0.10, y + tuft.lift + h * 0.7, z + zero], -1),
            np.stack([x + reach, y + tuft.lift + h * (1 - 0.25 * np.abs(fan)), z + zero], -1),
        ],
        1,
    )
    lit = np.where(rng.random(count) < 0.6, 2, 3)
    tone = np.where(fan * tuft.sun < -0.45, 0, np.where(fan * tuft.sun < 0.1, 1, lit))
    return curve, tone


def _places(tuft, rng):
    z = tuft.near + (tuft.far - tuft.near) * rng.random(tuft.count) ** tuft.crowd
    x = (rng.random(tuft.count) * 2 - 1) * tuft.spread * (z * 0.47 + 1)
    if tuft.where is not None:
        keep = tuft.where(x, z)
        x, z = x[keep], z[keep]
    order = np.argsort(-z)
    return x[order], z[order]


def grow(canvas, depth, tuft, near, stage):
    """Draw tufts on the ground of a layer; ``depth`` hides blades behind nearer things."""
    rng = np.random.default_rng(tuft.seed)
    heights, cell, gx, gz = near.ground
    curves, tones = [], []
    for x, z in zip(*_places(tuft, rng), strict=True):
        curve, tone = _blades(rng, tuft, x, height_at(heights, cell, x - gx, z - gz), z)
        curves.append(curve)
        tones.append(tone)
    if not curves:
        return canvas
    points = np.concatenate(curves)
    column, row, away = stage.camera.project(points, stage.width, stage.height)
    thick = np.maximum(
        0.45 * stage.scale, 0.011 * tuft.thick * stage.width / (2 * stage.camera.spread * away[:, 2])
    )
    flat = np.stack([column, row], -1).reshape(len(points), 6)
    rows = np.column_stack([flat, thick, away[:, 2]])
    colors = np.asarray(tuft.inks, canvas.dtype)[np.concatenate(tones)]
    _draw(canvas, np.asarray(depth, float), rows, colors)
    return canvas
