"""The viewer: one pinhole camera looking down the z axis, shared by mountains and figures."""

from dataclasses import dataclass

import numpy as np


def unit(vector):
    """Vector of length one."""
    vector = np.array(vector, float)
    return vector / np.linalg.norm(vector)


@dataclass(frozen=True)
class Camera:
    """Position in meters, ``pitch`` as rise per meter of view, field of view in degrees across."""

    eye: tuple
    pitch: float
    degrees: float = 50.0

    @property
    def forward(self):
        return unit((0, self.pitch, 1))

    @property
    def right(self):
        return np.array((1.0, 0, 0))

    @property
    def up(self):
        return np.cross(self.forward, self.right)

    @property
    def spread(self):
        """Half width of the picture one meter away."""
        return np.tan(np.radians(self.degrees) / 2)

    def axes(self):
        """Eye, right, up, forward and spread, as the kernels want them."""
        return np.array(self.eye, float), self.right, self.up, self.forward, self.spread

    def project(self, point, width, height):
        """Column, row and depth of a point (or points, last axis x y z)."""
        offset = np.asarray(point, float) - self.eye
        depth = offset @ self.forward
        column = (offset @ self.right / depth / self.spread + 1) * width / 2
        row = (1 - offset @ self.up / depth / (self.spread * height / width)) * height / 2
        return column, row, depth
