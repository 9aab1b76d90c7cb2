"""Erosion kernels: rivers that cut valleys, slopes that slide, and single water drops."""

import numpy as np
from numba import njit

DIAGONAL = 1.41421356


@njit(cache=True)
def _receivers(heights, cell, receiver, distance):
    n = heights.shape[0]
    flat = heights.ravel()
    for k in range(n * n):
        i, j = k // n, k % n
        steepest, receiver[k], distance[k] = 0.0, k, cell
        if i == 0 or j == 0 or i == n - 1 or j == n - 1:
            continue
        for di in range(-1, 2):
            for dj in range(-1, 2):
                if di == 0 and dj == 0:
                    continue
                other = k + di * n + dj
                length = cell * DIAGONAL if di != 0 and dj != 0 else cell
                slope = (flat[k] - flat[other]) / length
                if slope > steepest:
                    steepest, receiver[k], distance[k] = slope, other, length


@njit(cache=True)
def river_step(heights, uplift, strength, power, cell, order, years):
    """One implicit step of stream-power erosion, in place; ``order`` sorts cells by height."""
    n = heights.shape[0]
    receiver = np.zeros(n * n, np.int64)
    distance = np.zeros(n * n)
    _receivers(heights, cell, receiver, distance)
    area = np.full(n * n, cell * cell)
    for q in range(n * n - 1, -1, -1):
        k = order[q]
        if receiver[k] != k:
            area[receiver[k]] += area[k]
    flat, rise = heights.ravel(), uplift.ravel()
    for q in range(n * n):
        k = order[q]
        i, j = k // n, k % n
        if i == 0 or j == 0 or i == n - 1 or j == n - 1:
            continue
        flat[k] += rise[k] * years
        if receiver[k] != k:
            cut = strength * years * area[k] ** power / distance[k]
            flat[k] = (flat[k] + cut * flat[receiver[k]]) / (1 + cut)


@njit(cache=True)
def talus(heights, cell, steepest, passes):
    """Let material slide wherever a slope is steeper than ``steepest`` (rise over run)."""
    n, m = heights.shape
    for _ in range(passes):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                excess, ti, tj = 0.0, 0, 0
                for a in range(-1, 2):
                    for b in range(-1, 2):
                        length = cell * (DIAGONAL if a != 0 and b != 0 else 1.0)
                        over = (heights[i, j] - heights[i + a, j + b]) - steepest * length
                        if (a != 0 or b != 0) and over > excess:
                            excess, ti, tj = over, a, b
                if excess > 0:
                    heights[i, j] -= excess * 0.25
                    heights[i + ti, j + tj] += excess * 0.25
    return heights


@njit(cache=True, inline="always")
def _height(heights, x, y):
    j, i = int(x), int(y)
    u, v = x - j, y - i
    top = heights[i, j] * (1 - u) + heights[i, j + 1] * u
    return top * (1 - v) + (heights[i + 1, j] * (1 - u) + heights[i + 1, j + 1] * u) * v


@njit(cache=True, inline="always")
def _spread(heights, x, y, amount):
    j, i = int(x), int(y)
    u, v = x - j, y - i
    heights[i, j] += amount * (1 - u) * (1 - v)
    heights[i, j + 1] += amount * u * (1 - v)
    heights[i + 1, j] += amount * (1 - u) * v
    heights[i + 1, j + 1] += amount * u * v


@njit(cache=True, inline="always")
def _gradient(heights, x, y):
    j, i = int(x), int(y)
    u, v = x - j, y - i
    a, b, c, d = heights[i, j], heights[i, j + 1], heights[i + 1, j], heights[i + 1, j + 1]
    return (b - a) * (1 - v) + (d - c) * v, (c - a) * (1 - u) + (d - b) * u


@njit(cache=True)
def _run_drop(heights, x, y, cell):
    n, m = heights.shape
    dx = dy = load = 0.0
    speed = water = 1.0
    for _ in range(50):
        gx, gy = _gradient(heights, x, y)
        dx, dy = dx * 0.3 - gx * 0.7, dy * 0.3 - gy * 0.7
        length = (dx * dx + dy * dy) ** 0.5
        if length < 1e-9:
            return
        dx, dy = dx / length, dy / length
        nx, ny = x + dx, y + dy
        if nx < 2 or ny < 2 or nx > m - 3 or ny > n - 3:
            return
        fall = _height(heights, nx, ny) - _height(heights, x, y)
        capacity = max(-fall, 0.01 * cell) * speed * water * 6.0
        if load > capacity or fall > 0:
            laid = min(fall, load) if fall > 0 else (load - capacity) * 0.2
            load -= laid
            _spread(heights, x, y, laid)
        else:
            taken = min((capacity - load) * 0.25, -fall)
            load += taken
            _spread(heights, x, y, -taken)
        x, y = nx, ny
        speed = max(0.2, max(0.04, speed * speed - fall / cell * 0.15) ** 0.5)
        water *= 0.985


@njit(cache=True)
def droplets(heights, count, seed, cell):
    """Carve and fill with ``count`` single water drops, in place."""
    np.random.seed(seed)
    n, m = heights.shape
    for _ in range(count):
        x = np.random.random() * (m - 4) + 2
        y = np.random.random() * (n - 4) + 2
        _run_drop(heights, x, y, cell)
    return heights
