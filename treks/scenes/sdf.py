"""Near renderer: smooth unions of capsules, ellipsoids, boxes and roofs standing on a small ground."""

import numpy as np
from numba import njit, prange

from .march import height_at

DEPTH, NX, NY, NZ, X, Y, Z, LIT, PRIM, OPEN, WET = range(11)
CAPSULE, ELLIPSOID, BOX, ROOF = range(4)


@njit(cache=True, inline="always")
def _capsule(p, x, y, z):
    bx, by, bz = p[6] - p[3], p[7] - p[4], p[8] - p[5]
    x, y, z = x - p[3], y - p[4], z - p[5]
    h = (x * bx + y * by + z * bz) / (bx * bx + by * by + bz * bz + 1e-9)
    h = min(1.0, max(0.0, h))
    x, y, z = x - h * bx, y - h * by, z - h * bz
    return (x * x + y * y + z * z) ** 0.5 - (p[9] + (p[10] - p[9]) * h)


@njit(cache=True, inline="always")
def _solid(p, x, y, z):
    x, y, z = x - p[3], y - p[4], z - p[5]
    a = p[9] * x + p[10] * y + p[11] * z
    b = p[12] * x + p[13] * y + p[14] * z
    c = p[15] * x + p[16] * y + p[17] * z
    if p[0] == ELLIPSOID:
        k0 = ((a / p[6]) ** 2 + (b / p[7]) ** 2 + (c / p[8]) ** 2) ** 0.5
        k1 = ((a / p[6] ** 2) ** 2 + (b / p[7] ** 2) ** 2 + (c / p[8] ** 2) ** 2) ** 0.5
        return k0 * (k0 - 1) / (k1 + 1e-9)
    if p[0] == BOX:
        r = p[18]
        qx, qy, qz = abs(a) - p[6] + r, abs(b) - p[7] + r, abs(c) - p[8] + r
        outside = (max(qx, 0.0) ** 2 + max(qy, 0.0) ** 2 + max(qz, 0.0) ** 2) ** 0.5
        return outside + min(max(qx, max(qy, qz)), 0.0) - r
    pane = ((b - p[7]) * p[8] + abs(c) * p[7]) / (p[7] * p[7] + p[8] * p[8]) ** 0.5
    shell = max(abs(a) - p[6], max(pane, -pane - p[18]))
    return max(shell, -b - 0.12)


@njit(cache=True)
def _along(groups, o, d, chosen):
    """Choose the groups that a ray can meet; returns how many."""
    count = 0
    for g in range(groups.shape[0]):
        x, y, z = groups[g, 2] - o[0], groups[g, 3] - o[1], groups[g, 4] - o[2]
        t = max(0.0, x * d[0] + y * d[1] + z * d[2])
        x, y, z = x - d[0] * t, y - d[1] * t, z - d[2] * t
        reach = groups[g, 5] + 0.5
        if x * x + y * y + z * z < reach * reach:
            chosen[count] = g
            count += 1
    return count


@njit(cache=True)
def _around(groups, p, away, chosen):
    """Choose the groups within ``away`` meters of a point; returns how many."""
    count = 0
    for g in range(groups.shape[0]):
        x, y, z = groups[g, 2] - p[0], groups[g, 3] - p[1], groups[g, 4] - p[2]
        reach = groups[g, 5] + away
        if x * x + y * y + z * z < reach * reach:
            chosen[count] = g
            count += 1
    return count


@njit(cache=True)
def _distance(prims, groups, chosen, x, y, z, ground):
    heights, cell, gx, gz = ground
    nearest = (y - height_at(heights, cell, x - gx, z - gz)) * 0.75
    found = -1
    for g in chosen:
        o = groups[g]
        bound = ((x - o[2]) ** 2 + (y - o[3]) ** 2 + (z - o[4]) ** 2) ** 0.5 - o[5]
        if bound > 0.4:
            nearest = min(nearest, bound)
            continue
        joined, best, closest = 1e9, -1, 1e9
        for i in range(int(o[0]), int(o[1])):
            p = prims[i]
            d = _capsule(p, x, y, z) if p[0] == CAPSULE else _solid(p, x, y, z)
            if p[2] > 0:
                bump = np.sin(17 * x + 3 * np.sin(5 * y)) * np.sin(19 * y + 2 * np.sin(6 * z + 4 * x))
                d += p[2] * bump * np.sin(16 * z + 2 * np.sin(7 * x))
            if d < closest:
                closest, best = d, i
            blend = max(o[6] - abs(joined - d), 0.0) / o[6]
            joined = min(joined, d) - blend * blend * o[6] * 0.25
        if joined < nearest:
            nearest, found = joined, best
    return nearest, found


@njit(cache=True)
def _walk(prims, groups, ground, o, d, reach, lake, chosen):
    """March one ray; returns (hit, t, prim, wet distance, origin, direction) after a lake's mirror."""
    t, wet, prim = 0.3, 0.0, -1
    count = _along(groups, o, d, chosen)
    for _ in range(640):
        x, y, z = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
        away, prim = _distance(prims, groups, chosen[:count], x, y, z, ground)
        if wet == 0.0 and y < lake:
            wet = (lake - o[1]) / d[1]
            o = (o[0] + d[0] * wet, lake + 0.002, o[2] + d[2] * wet)
            d = (d[0], -d[1], d[2])
            t = 0.02
            count = _along(groups, o, d, chosen)
            continue
        if away < min(0.0006 * t, 0.3):  # below the margin of a group's bounding sphere
            return True, t, prim, wet, o, d
        t += away * 0.9
        if t + wet > reach:
            break
    return False, t, prim, wet, o, d


@njit(cache=True)
def _normal(prims, groups, near, ground, p, e):
    x, y, z = p
    nx = _distance(prims, groups, near, x + e, y, z, ground)[0]
    nx -= _distance(prims, groups, near, x - e, y, z, ground)[0]
    ny = _distance(prims, groups, near, x, y + e, z, ground)[0]
    ny -= _distance(prims, groups, near, x, y - e, z, ground)[0]
    nz = _distance(prims, groups, near, x, y, z + e, ground)[0]
    nz -= _distance(prims, groups, near, x, y, z - e, ground)[0]
    length = (nx * nx + ny * ny + nz * nz) ** 0.5 + 1e-12
    return nx / length, ny / length, nz / length


@njit(cache=True)
def _openness(prims, groups, near, ground, p, n, unit):
    closed, weight = 0.0, 1.0
    for q in range(4):
        h = (0.04 + 0.11 * q) * unit
        x, y, z = p[0] + n[0] * h, p[1] + n[1] * h, p[2] + n[2] * h
        closed += max(0.0, h - _distance(prims, groups, near, x, y, z, ground)[0]) * weight / unit
        weight *= 0.65
    return max(0.0, 1 - 1.6 * closed)


@njit(cache=True)
def _lit(prims, groups, ground, p, sun, bias, reach, chosen):
    t = bias * 1.5
    count = _along(groups, p, sun, chosen)
    for _ in range(90):
        x, y, z = p[0] + sun[0] * t, p[1] + sun[1] * t, p[2] + sun[2] * t
        away, _id = _distance(prims, groups, chosen[:count], x, y, z, ground)
        if away < 0.15 * bias:
            return 0.0
        t += max(away, 0.5 * bias)
        if t > reach:
            break
    return 1.0


@njit(cache=True)
def _pixel(prims, groups, ground, o, d, sun, reach, lake, unit, out):
    chosen = np.empty(groups.shape[0], np.int32)
    hit, t, prim, wet, o, d = _walk(prims, groups, ground, o, d, reach, lake, chosen)
    out[WET] = wet
    if not hit:
        return
    p = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
    count = _around(groups, p, unit + 0.5, chosen)
    n = _normal(prims, groups, chosen[:count], ground, p, 0.0012 * t)
    out[OPEN] = _openness(prims, groups, chosen[:count], ground, p, n, unit)
    out[DEPTH], out[PRIM] = t + wet, prim
    out[NX], out[NY], out[NZ] = n
    out[X], out[Y], out[Z] = p
    bias = 0.02 * unit
    start = (p[0] + n[0] * bias, p[1] + n[1] * bias, p[2] + n[2] * bias)
    out[LIT] = _lit(prims, groups, ground, start, sun, bias, 25.0 * unit, chosen)


@njit(parallel=True, cache=True)
def render(prims, groups, ground, width, height, axes, sun, reach, lake, unit):
    """Buffers (11, height, width): depth, normal, position, lit, primitive, openness, wet distance.

    ``ground`` is (heights, cell, x and z of its corner); ``lake`` the water level, very low for none;
    ``unit`` 1 for people and houses at hand, larger for a town seen from afar (shadow reach and bias).
    """
    eye, right, up, forward, spread = axes
    out = np.full((11, height, width), -1.0, np.float32)
    for row in prange(height):
        for column in range(width):
            u = (2 * (column + 0.5) / width - 1) * spread
            v = (1 - 2 * (row + 0.5) / height) * spread * height / width
            d = forward + right * u + up * v
            d /= (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) ** 0.5
            pixel = np.full(11, -1.0, np.float32)
            origin, ray, light = (eye[0], eye[1], eye[2]), (d[0], d[1], d[2]), (sun[0], sun[1], sun[2])
            _pixel(prims, groups, ground, origin, ray, light, reach, lake, unit, pixel)
            out[:, row, column] = pixel
    return out
