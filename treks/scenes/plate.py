"""Plate: what a scene hands over to be exported."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Plate:
    """Finished canvas, the mask of its sky, and how far down (0..1) that sky reaches.

    For the night print: ``lit`` is the mask of windows and lanterns, ``warm`` their light on things, 0..1,
    and ``dyed`` what keeps its color though no cochineal is beside it (qolle yellow by itself).
    """

    canvas: np.ndarray
    sky: np.ndarray
    skyline: float = 0.42
    lit: np.ndarray | None = None
    warm: np.ndarray | None = None
    dyed: np.ndarray | None = None
