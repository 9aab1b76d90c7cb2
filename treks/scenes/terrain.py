"""Mountains drawn as ridges on the screen, turned into heights and eroded."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from scipy import ndimage as ndi

from .erosion import droplets, river_step, talus
from .noise import clouds

DESIGN_HEIGHT = 800  # ridges are given in pixels of a 1200 x 800 picture
FINER = 3  # cells of the finished terrain per cell of the erosion grid


@dataclass(frozen=True)
class Terrain:
    """What shapes a range of mountains; lengths in meters, ``ridges`` as (slope, points).

    A point is (x on the screen -1..1, distance in km, y on the screen in px of 800). Every other field is
    a knob of the erosion: see ``raise_terrain``.
    """

    ridges: tuple
    seed: int
    floor: float
    cells: int = 448
    cell: float = 46.0
    detail: float = 20.0
    rough: float = 60.0
    warp: float = 0.35
    steepest: float = 1.7
    keep: float = 0.9
    form: float = 3.0
    rounds: int = 24
    drops: int = 350_000


def _segments(ridges, camera):
    """Rows (x0, z0, y0, x1, z1, y1, slope) in meters of ridges drawn on the screen."""
    x, y, z = camera.eye
    tall = camera.spread * 2 / 3
    half = DESIGN_HEIGHT / 2
    rows = []
    for slope, points in ridges:
        world = [
            (
                x + camera.spread * far * 1000 * across,
                z + far * 1000,
                y + far * 1000 * (camera.pitch + (half - down) / half * tall),
            )
            for across, far, down in points
        ]
        rows += [(*a, *b, slope) for a, b in pairwise(world)]
    return np.array(rows, float)


@njit(cache=True)
def _raise_ridges(heights, cell, segments, warp, noise):
    n = heights.shape[0]
    for s in range(segments.shape[0]):
        x0, z0, y0, x1, z1, y1, slope = segments[s]
        vx, vz = x1 - x0, z1 - z0
        length = vx * vx + vz * vz + 1e-9
        for i in range(n):
            for j in range(n):
                x, z = j * cell - x0, i * cell - z0
                q = min(1.0, max(0.0, (x * vx + z * vz) / length))
                away = ((x - q * vx) ** 2 + (z - q * vz) ** 2) ** 0.5
                away *= 1 + warp * noise[i, j]
                height = y0 + (y1 - y0) * q - slope * away + 0.000021 * slope * away * away
                if away < 9000 and height > heights[i, j]:
                    heights[i, j] = height


def _erode(form, plan, near):
    """Rivers cut the large form; then its designed shape is partly given back."""
    heights = form + clouds(plan.cells, plan.seed + 4, 5, 10, 0.55) * plan.rough * near
    uplift = np.maximum(form - plan.floor, 50) / 2.2e6
    for _ in range(plan.rounds):
        river_step(heights, uplift, 2.2e-5, 0.45, plan.cell, np.argsort(heights.ravel()), 6e4)
        heights = 0.985 * heights + 0.015 * ndi.uniform_filter(heights, 3)
    back = ndi.gaussian_filter(form, plan.form) - ndi.gaussian_filter(heights, plan.form)
    return talus(heights + back * plan.keep, plan.cell, plan.steepest, 25)


def raise_terrain(plan, camera):
    """Heights (rows z, columns x) in meters and the cell size, composed for one camera."""
    noise = clouds(plan.cells, plan.seed + 3, 4, 6, 0.42)
    form = np.full((plan.cells, plan.cells), plan.floor) + clouds(plan.cells, plan.seed + 2, 4, 4) * 120
    _raise_ridges(form, plan.cell, _segments(plan.ridges, camera), plan.warp, noise)
    along = np.mgrid[0 : plan.cells, 0 : plan.cells][0] * plan.cell - camera.eye[2]
    near = np.clip((along - 2500) / 4000, 0.12, 1)
    heights = ndi.zoom(_erode(form, plan, near), FINER, order=3)
    cell = plan.cell / FINER
    crests = clouds(heights.shape[0], plan.seed + 21, 7, 40, 0.5, ridged=True)
    share = 0.3 + np.clip((heights - plan.floor) / 2500, 0, 1) * 1.5
    heights += crests * plan.detail * share * ndi.zoom(near, FINER, order=1)
    droplets(heights, plan.drops, plan.seed, cell)
    return talus(heights, cell, plan.steepest * 1.4, 4).astype(np.float32), cell
