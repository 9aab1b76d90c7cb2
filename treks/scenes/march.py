"""Far renderer: rays marched over a height field, with cast shadows and a mirroring lake."""

import numpy as np
from numba import njit, prange

DEPTH, NX, NY, NZ, X, Y, Z, LIT, WATER = range(9)


@njit(cache=True, inline="always")
def height_at(heights, cell, x, z):
    """Height at (x, z) meters from the field's corner; the edge is repeated outside."""
    n, m = heights.shape
    u = min(max(x / cell, 1.0), m - 3.0)
    v = min(max(z / cell, 1.0), n - 3.0)
    j, i = int(u), int(v)
    u -= j
    v -= i
    low = heights[i, j] * (1 - u) + heights[i, j + 1] * u
    return low * (1 - v) + (heights[i + 1, j] * (1 - u) + heights[i + 1, j + 1] * u) * v


@njit(cache=True)
def _trace(heights, cell, o, d, start, reach, top, ease):
    t = before = start
    while t < reach:
        y = o[1] + d[1] * t
        if y > top and d[1] >= 0:
            return -1.0
        above = y - height_at(heights, cell, o[0] + d[0] * t, o[2] + d[2] * t)
        if above < 0:
            a, b = before, t
            for _ in range(10):
                half = 0.5 * (a + b)
                ground = height_at(heights, cell, o[0] + d[0] * half, o[2] + d[2] * half)
                if o[1] + d[1] * half < ground:
                    b = half
                else:
                    a = half
            return b
        before = t
        t += max(cell * 0.35 + t * 0.0004, above * ease)
    return -1.0


@njit(cache=True)
def _normal(heights, cell, x, z, away):
    e = max(cell * 0.8, away * 0.0012)
    if away < 7000:
        e = max(e, 14.0 + 10.0 * (7000 - away) / 7000)
    nx = height_at(heights, cell, x - e, z) - height_at(heights, cell, x + e, z)
    nz = height_at(heights, cell, x, z - e) - height_at(heights, cell, x, z + e)
    ny = 2 * e
    length = (nx * nx + ny * ny + nz * nz) ** 0.5
    return nx / length, ny / length, nz / length


@njit(cache=True)
def _pixel(heights, cell, o, d, sun, start, reach, lake, top, out):
    t = _trace(heights, cell, o, d, start, reach, top, 0.35)
    water = 0.0
    if lake > 0 and d[1] < 0:
        shore = (lake - o[1]) / d[1]
        if 1.0 < shore < reach and (t < 0 or shore < t):
            water = shore
            o = (o[0] + d[0] * shore, lake + 0.01, o[2] + d[2] * shore)
            d = (d[0], -d[1], d[2])
            out[X], out[Z], out[WATER] = o[0], o[2], 1.0
            t = _trace(heights, cell, o, d, cell, reach, top, 0.35)
    if t <= 0:
        return
    x, y, z = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
    away = t + water
    out[DEPTH], out[Y] = away, y
    out[NX], out[NY], out[NZ] = _normal(heights, cell, x, z, away)
    if water == 0:
        out[X], out[Z] = x, z
    blocked = _trace(heights, cell, (x, y + cell * 0.5, z), sun, cell * 2, 14000.0, top, 0.4)
    out[LIT] = 0.0 if blocked > 0 else 1.0


@njit(parallel=True, cache=True)
def render(heights, cell, width, height, axes, sun, start, reach, lake):
    """Buffers (9, height, width): depth, normal, position, lit, water; -1 where there is only sky.

    ``lake`` is the water level in meters, 0 for none; ``start`` and ``reach`` bound the view in meters.
    """
    eye, right, up, forward, spread = axes
    top = heights.max()
    out = np.full((9, height, width), -1.0, np.float32)
    for row in prange(height):
        for column in range(width):
            u = (2 * (column + 0.5) / width - 1) * spread
            v = (1 - 2 * (row + 0.5) / height) * spread * height / width
            d = forward + right * u + up * v
            d /= (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) ** 0.5
            pixel = np.full(9, -1.0, np.float32)
            ray = (d[0], d[1], d[2])
            _pixel(
                heights, cell, (eye[0], eye[1], eye[2]), ray,
                (sun[0], sun[1], sun[2]), start, reach, lake, top, pixel,
            )  # fmt: skip
            out[:, row, column] = pixel
    return out
