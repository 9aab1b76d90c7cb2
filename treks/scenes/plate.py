"""Plate: what a scene hands over to be exported."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Plate:
    """Finished canvas, the mask of its sky, and how far down (0..1) that sky reaches."""

    canvas: np.ndarray
    sky: np.ndarray
    skyline: float = 0.42
