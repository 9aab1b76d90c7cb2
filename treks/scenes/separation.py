"""Tone separation: from a field of light to the few flat steps that are printed."""

import numpy as np
from scipy import ndimage as ndi


def tones(light, thresholds):
    """Tone 0..3 per pixel: shadow, half, lit, top light."""
    return sum((light > step).astype(np.int8) for step in thresholds)


def pick(tone, colors):
    """Canvas with the ink of each pixel's tone."""
    return np.asarray(colors)[tone]


def smooth(value, start, end):
    """0 before ``start``, 1 after ``end``, eased between."""
    share = np.clip((value - start) / (end - start), 0, 1)
    return share * share * (3 - 2 * share)


def steps(value, levels, softness, noise):
    """Quantize 0..1 to a number of levels whose edges are broken by grain."""
    stepped = np.floor(value * levels + (noise - 0.5) * softness)
    return np.clip(stepped, 0, levels - 1) / (levels - 1)


def median(field, pixels):
    """Median filter of an odd width near ``pixels``."""
    return ndi.median_filter(field, int(pixels) | 1)


def fall_line(light, buffers, camera, scale, taps=4, step=1.1, blur=5.0, passes=2):
    """Average the light along the slope as seen on screen, so that shapes follow the gullies.

    ``scale`` is pixels of the render per pixel of a 1200 px picture.
    """
    x, y, z = buffers.normal
    downhill = (x * y, -(x * x + z * z), z * y)
    hit = buffers.depth > 0
    across = sum(d * r for d, r in zip(downhill, camera.right, strict=True))
    down = -sum(d * u for d, u in zip(downhill, camera.up, strict=True))
    across = ndi.gaussian_filter(np.where(hit, across, 0), blur * scale)
    down = ndi.gaussian_filter(np.where(hit, down, 0), blur * scale)
    length = np.hypot(across, down) + 1e-6
    across, down = across / length * step * scale, down / length * step * scale
    rows, columns = np.mgrid[0 : light.shape[0], 0 : light.shape[1]].astype(np.float32)
    for _ in range(passes):
        total, weights = light.copy(), 1.0
        for tap in range(1, taps + 1):
            weight = 1 - tap / (taps + 1.0)
            for way in (-tap, tap):
                place = [rows + way * down, columns + way * across]
                total += weight * ndi.map_coordinates(light, place, order=1, mode="nearest")
                weights += weight
        light = np.where(hit, total / weights, light)
    return light
