"""Model: the list of solids of a scene, grouped into figures that melt together smoothly."""

import numpy as np

from .sdf import BOX, CAPSULE, ELLIPSOID, ROOF

_FIELDS = 22  # kind, material, bumps, 16 of shape, then the figure's foot (x, y, z)


def rotation(yaw=0.0, pitch=0.0, roll=0.0):
    """Matrix that turns about y, then x, then z (radians)."""
    c, s = np.cos(yaw), np.sin(yaw)
    about_y = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    c, s = np.cos(pitch), np.sin(pitch)
    about_x = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    c, s = np.cos(roll), np.sin(roll)
    about_z = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    return about_y @ about_x @ about_z


class Model:
    """Solids in meters. ``with model.part(...)`` opens a group with its own place, turn and smoothness."""

    def __init__(self):
        self.rows = []
        self.groups = []
        self.materials = {}

    def part(self, place=(0, 0, 0), yaw=0.0, scale=1.0, blend=0.05):
        """Open a group: what is added inside is local to ``place`` and melts over ``blend`` meters."""
        self.place = np.array(place, float)
        self.turn = rotation(yaw)
        self.scale = scale
        self.blend = blend * scale
        self.first = len(self.rows)
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        corners = [self._corners(row) for row in self.rows[self.first :]]
        low = np.min([c[0] for c in corners], axis=0)
        high = np.max([c[1] for c in corners], axis=0)
        radius = np.linalg.norm(high - low) / 2 + 0.05
        self.groups.append([self.first, len(self.rows), *(low + high) / 2, radius, self.blend])

    @staticmethod
    def _corners(row):
        row = np.array(row)
        if row[0] == CAPSULE:
            r = max(row[9], row[10])
            return np.minimum(row[3:6], row[6:9]) - r, np.maximum(row[3:6], row[6:9]) + r
        r = max(row[6:9]) if row[0] == ELLIPSOID else np.linalg.norm(row[6:9])
        return row[3:6] - r, row[3:6] + r

    def _world(self, point):
        return self.place + self.turn @ (np.array(point, float) * self.scale)

    def _add(self, kind, material, bumps, shape):
        number = self.materials.setdefault(material, len(self.materials) + 1)
        row = [kind, number, bumps * self.scale, *shape]
        self.rows.append(row + [0.0] * (_FIELDS - 3 - len(row)) + list(self.place))

    def capsule(self, material, a, b, r1, r2=None, bumps=0.0):
        """Rounded stick from ``a`` to ``b``, radius ``r1`` to ``r2``."""
        radii = (r1 * self.scale, (r1 if r2 is None else r2) * self.scale)
        self._add(CAPSULE, material, bumps, [*self._world(a), *self._world(b), *radii])

    def path(self, material, points, radii, bumps=0.0):
        """Chain of capsules; ``radii`` one per point or a single one."""
        radii = [radii] * len(points) if np.isscalar(radii) else radii
        for a, b, r1, r2 in zip(points, points[1:], radii, radii[1:], strict=False):
            self.capsule(material, a, b, r1, r2, bumps)

    def _solid(self, kind, material, center, half, turn, extra, bumps):
        axes = (self.turn @ turn).T.ravel()
        shape = [*self._world(center), *(np.array(half) * self.scale), *axes, extra * self.scale]
        self._add(kind, material, bumps, shape)

    def ellipsoid(self, material, center, half, yaw=0.0, pitch=0.0, roll=0.0, bumps=0.0):
        """Ellipsoid with half axes ``half``."""
        self._solid(ELLIPSOID, material, center, half, rotation(yaw, pitch, roll), 0, bumps)

    def box(self, material, center, half, round=0.02, yaw=0.0, pitch=0.0, roll=0.0, bumps=0.0):
        """Box with half sides ``half`` and rounded edges."""
        self._solid(BOX, material, center, half, rotation(yaw, pitch, roll), round, bumps)

    def roof(self, material, center, half, thick=0.2, yaw=0.0, bumps=0.0):
        """Gable: half length, height, half width; a shell of ``thick`` meters (large: a full wedge)."""
        self._solid(ROOF, material, center, half, rotation(yaw), thick, bumps)

    def arrays(self):
        """Solids and groups as the renderer wants them (one far-off dummy when empty)."""
        rows = self.rows or [[CAPSULE, 0, 0, 0, -1e4, 0, 0, -1e4, 1, 0.1, 0.1] + [0] * (_FIELDS - 11)]
        groups = self.groups or [[0, 1, 0, -1e4, 0, 1, 0.1]]
        return np.array(rows, float), np.array(groups, float)
