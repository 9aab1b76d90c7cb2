"""Plate: what a scene hands over to be exported."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Plate:
    """Finished canvas, the mask of its sky, and how far down (0..1) that sky reaches.

    For the night print: ``lit`` is the mask of windows and lanterns, ``warm`` their light on things, 0..1.
    """

    canvas: np.ndarray
    sky: np.ndarray
    skyline: float = 0.42
    lit: np.ndarray | None = None
    warm: np.ndarray | None = None
