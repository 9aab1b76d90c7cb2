"""Patterns on materials: thatch, masonry, adobe and roof tiles change the light, weavings change the ink."""

import numpy as np

from .color import inks
from .palette import COCHINEAL, INDIGO, QOLLE, UNDYED
from .separation import pick


class Spot:
    """The pixels of one material: world place, place in the solid's own axes, light and grain."""

    def __init__(self, near, where, light, grain):
        self.rows = near.prims[near.prim[where]]
        self.world = np.stack([near.x[where], near.y[where], near.z[where]], -1)
        offset = self.world - self.rows[:, 3:6]
        axes = self.rows[:, 9:18].reshape(-1, 3, 3)
        self.x, self.y, self.z = np.einsum("nij,nj->in", axes, offset)
        self.half = self.rows[:, 6:9]
        self.foot = self.world - self.rows[:, 19:22]
        self.light = light[where]
        self.grain = grain[where]


def _hash(a, b):
    s = np.sin(a * 127.1 + b * 311.7) * 43758.5453
    return s - np.floor(s)


def stone_cells(u, v, wide=0.46, high=0.27):
    """Irregular masonry: distance to the joint and a random number per stone."""
    course = np.floor(v / high)
    best, second = np.full(u.shape, 9.0), np.full(u.shape, 9.0)
    number = np.zeros(u.shape)
    for b in (-1, 0, 1):
        row = course + b
        column = np.floor((u + 0.5 * wide * (row % 2) + 0.17 * np.sin(row * 7.1)) / wide)
        for a in (-1, 0, 1):
            q = column + a
            x = (q + 0.2 + 0.6 * _hash(q, row)) * wide
            y = (row + 0.25 + 0.5 * _hash(row, q + 9)) * high
            away = ((u - x) / wide) ** 2 + ((v - y) / high) ** 2
            nearer = away < best
            second = np.where(nearer, best, np.minimum(second, away))
            number = np.where(nearer, _hash(q + 3, row + 5), number)
            best = np.where(nearer, away, best)
    return np.sqrt(second) - np.sqrt(best), number


def thatch(spot):
    """Streaks along the slope only, in ragged courses; noise both ways would look like fingerprints."""
    s = spot.x + 0.05 * np.sin(spot.y * 2.3 + spot.x * 1.7)
    straw = (
        np.sin(s * 29 + 2.2 * np.sin(s * 4.3)) * 0.5
        + np.sin(s * 53 + 1.7 * np.sin(s * 9.1)) * 0.45
        + np.sin(s * 13.7 + 1.1 * np.sin(s * 2.9)) * 0.35
    )
    ragged = (np.sin(s * 29) + np.sin(s * 71)) * 0.035
    course = ((spot.y + ragged) / 0.55) % 1
    lit = spot.light + 0.13 * straw * (0.35 + 0.65 * course) - 0.20 * (course < 0.10)
    return np.where(spot.light < 0.05, 0.03 + 0.05 * (straw > 0.7), lit)


def masonry(spot):
    """Dark joints and a tint per stone."""
    along = np.where(np.abs(spot.x) > spot.half[:, 0] * 0.985, spot.z, spot.x)
    joint, number = stone_cells(along, spot.y)
    return np.where(joint < 0.16, spot.light - 0.40, spot.light + (number - 0.5) * 0.34)


def adobe(spot):
    """Courses of brick that show here and there."""
    course = spot.y / 0.24
    seam = np.abs(course % 1 - 0.5) > 0.44
    brick = np.abs((spot.x / 0.5 + 0.5 * (np.floor(course) % 2)) % 1 - 0.5) > 0.47
    shown = np.sin(spot.x * 2.1 + spot.y * 3) > -0.2
    return np.where((seam | brick) & shown, spot.light - 0.18, spot.light)


def tiles(spot):
    """Half-round roof tiles: rows down the slope, a shadow under each course, some older than others."""
    rows = spot.x / 0.26
    curve = np.sin(rows * 2 * np.pi)
    down = np.hypot(spot.y, spot.z) / 0.42
    course = (down + 0.08 * _hash(np.floor(rows), 3)) % 1
    age = _hash(np.floor(rows), np.floor(down)) - 0.5
    return spot.light + (0.16 * curve - 0.30 * (course < 0.16) + 0.22 * age) * (spot.light > 0.04)


def _woven(spot, tone, color, across, along, warp=None):
    """The site's stripe: yellow border, indigo band with stepped diamonds, undyed middle."""
    edge = np.abs(across)
    band = (edge > 0.30) & (edge < 0.52)
    diamond = (np.abs((along % 1) - 0.5) * 2 + np.abs((edge - 0.41) / 0.11)) < 0.95
    for mask, codes in (
        (edge > 0.78, QOLLE),
        (band, INDIGO),
        (band & diamond, UNDYED),
        (edge < 0.13, UNDYED),
    ):
        color = np.where(mask[:, None], pick(tone, inks(*codes)), color)
    return color


def cloth(spot, tone, color):
    """Cloth on the loom."""
    return _woven(spot, tone, color, spot.z / 0.21, spot.x * 9)


def textile(spot, tone, color):
    """Cloth hung over a wall or a line; its width is the solid's own."""
    return _woven(spot, tone, color, spot.x / spot.half[:, 0] * 0.97, spot.y * 9)


def red_cloth(spot, tone, color):
    """Red cloth with pairs of thin stripes and one figured band down the middle."""
    across = spot.x / spot.half[:, 0]
    edge = np.abs(across)
    diamond = (np.abs((spot.y * 7) % 1 - 0.5) * 2 + edge / 0.10) < 0.95
    stripes = (edge > 0.34) & (edge < 0.39) | (edge > 0.62) & (edge < 0.67)
    for mask, codes in (
        (edge < 0.12, INDIGO),
        ((edge < 0.12) & diamond, UNDYED),
        ((edge > 0.13) & (edge < 0.17), QOLLE),
        (stripes, INDIGO),
        ((edge > 0.43) & (edge < 0.47), QOLLE),
        (edge > 0.94, QOLLE),
    ):
        color = np.where(mask[:, None], pick(tone, inks(*codes)), color)
    return color


def _striped(spot, tone, color, broad, narrow):
    part = (spot.foot[:, 1] * 6.2) % 1
    color = np.where((part < 0.16)[:, None], pick(tone, inks(*broad)), color)
    return np.where(((part > 0.30) & (part < 0.38))[:, None], pick(tone, inks(*narrow)), color)


def shawl(spot, tone, color):
    """Stripes around the red shawl of Patacancha."""
    return _striped(spot, tone, color, QOLLE, INDIGO)


def manta(spot, tone, color):
    """Stripes around the dark shawl of the Lares side."""
    return _striped(spot, tone, color, COCHINEAL, QOLLE)


def pompom(spot, tone, color):
    """Knitted zigzag of a cap."""
    part = np.abs((spot.foot[:, 1] * 16 + 0.5 * np.sin(spot.world[:, 0] * 60)) % 1 - 0.5)
    return np.where((part < 0.14)[:, None], pick(tone, inks(*INDIGO)), color)


LIGHT = {"thatch": thatch, "stonewall": masonry, "masonry": masonry, "adobe": adobe, "tiles": tiles}
COLOR = {
    "cloth": cloth,
    "textile": textile,
    "redcloth": red_cloth,
    "lliclla": shawl,
    "manta": manta,
    "cap": pompom,
}
