"""Seeded noise: cloudy fields for terrain, smooth sheets to sample anywhere, and printer's grain."""

import numpy as np
from scipy import ndimage as ndi


def clouds(size, seed, octaves=6, base=4, gain=0.5, ridged=False):
    """Fractal noise (size, size) of about unit spread; ``ridged`` folds it into sharp crests."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size, size))
    weight = weights = 1.0
    weights = 0.0
    cells = base
    for _ in range(octaves):
        if cells > size // 2:
            break
        coarse = rng.standard_normal((cells + 4, cells + 4))
        layer = ndi.zoom(coarse, size / cells, order=3)[:size, :size] / 2.2
        total += weight * (1 - np.abs(layer) * 1.6 if ridged else layer)
        weights += weight
        weight *= gain
        cells *= 2
    return total / weights


class Sheet:
    """Smooth random surface, sampled at any coordinates (one cell per unit, repeated by mirroring)."""

    def __init__(self, seed, size=64, blur=0.0):
        self.cells = np.random.default_rng(seed).standard_normal((size, size))
        if blur:
            self.cells = ndi.gaussian_filter(self.cells, blur)

    def __call__(self, row, column, order=3):
        """Value at (row, column); arrays of the same shape."""
        return ndi.map_coordinates(self.cells, [row, column], order=order, mode="mirror")


def grain(height, width, seed=1, soft=0.7):
    """Even grain 0..1 per pixel, ``soft`` pixels coarse: breaks the edge between two tones."""
    noise = np.random.default_rng(seed).random((height, width), np.float32)
    noise = ndi.gaussian_filter(noise, soft)
    ranks = np.argsort(np.argsort(noise, axis=None))
    return (ranks.reshape(height, width) / noise.size).astype(np.float32)
