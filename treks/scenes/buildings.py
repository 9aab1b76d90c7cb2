"""Things people build: cairn, thatched house, dry wall, tents; in meters."""

import numpy as np

from .model import rotation


def _slab(model, rng, place, half, turn):
    material = f"stone{rng.integers(3)}"
    if rng.random() < 0.45:
        model.ellipsoid(material, place, half * (1.08, 1.15, 1.1), *turn, bumps=0.018)
    else:
        model.box(material, place, half, min(half[1] * 0.75, 0.06), *turn, bumps=0.02)


def cairn(model, place, scale=1.0, seed=3, height=1.75, base=1.0):
    """Apacheta: rings of flat, tilted, uneven slabs around a crooked axis, finger stones on top."""
    rng = np.random.default_rng(seed)
    with model.part(place, 0, scale, 0.018):
        y, ring = 0.0, 0
        while y < height:
            share = y / height
            radius = base * (1 - share) ** 1.05 * (1 + 0.10 * np.sin(ring * 1.7)) + 0.06
            axis = 0.09 * np.sin(ring * 1.1) * share
            thick = rng.uniform(0.055, 0.105) * (1 - 0.25 * share)
            count = max(2, int(2 * np.pi * radius / 0.40))
            for q in range(count):
                angle = 2 * np.pi * (q + rng.random() * 0.6) / count + ring * 0.9
                high = thick * rng.uniform(0.7, 1.5)
                wide = rng.uniform(0.15, 0.31) * (1 - 0.35 * share)
                half = np.array((wide, high, rng.uniform(0.13, 0.24) * (1 - 0.3 * share)))
                x, z = axis + radius * np.cos(angle) * 0.84, radius * np.sin(angle) * 0.84
                turn = (-angle + np.pi / 2 + rng.normal() * 0.35, rng.normal() * 0.13, rng.normal() * 0.15)
                _slab(model, rng, (x, y + high + rng.uniform(-0.03, 0.02), z), half, turn)
            model.ellipsoid("stone1", (axis, y + thick, 0), (radius * 0.8, thick * 1.5, radius * 0.8))
            y += thick * 1.75
            ring += 1
        _finger_stones(model, height)
    _loose_stones(model, rng, place, scale, base)


def _finger_stones(model, height):
    model.box("stone2", (0.03, height + 0.16, 0), (0.075, 0.22, 0.06), 0.04, 0.4, 0.05, 0.14, 0.015)
    model.ellipsoid("stone0", (-0.09, height + 0.07, 0.02), (0.07, 0.16, 0.06), 0.2, 0, 0.35)
    model.ellipsoid("stone1", (0.14, height + 0.02, -0.03), (0.10, 0.07, 0.08), 0.6, 0, -0.2)


def _loose_stones(model, rng, place, scale, base, count=12):
    for _ in range(count):
        angle, away = rng.random() * 6.28, base * 1.05 + rng.random() * 0.9
        foot = (place[0] + away * np.cos(angle) * scale, place[1], place[2] + away * np.sin(angle) * scale)
        stone(model, rng, foot, scale)


def stone(model, rng, place, scale=1.0):
    """One loose stone, half in the ground."""
    with model.part(place, 0, scale, 0.02):
        half = (rng.uniform(0.08, 0.24), rng.uniform(0.05, 0.12), rng.uniform(0.08, 0.2))
        turn = (rng.random() * 3, rng.normal() * 0.2, rng.normal() * 0.2)
        model.ellipsoid(f"stone{rng.integers(3)}", (0, 0.03, 0), half, *turn, bumps=0.015)


def house(model, place, yaw, length=2.3, wide=1.5, high=1.9, roof=1.55, wall="adobe", home=False):
    """Gabled house (half sides), thatched, its door toward -z; ``home``: door open, lit by night."""
    with model.part(place, yaw, 1.0, 0.03):
        model.box(wall, (0, high / 2 - 0.2, 0), (length, high / 2 + 0.2, wide), 0.06)
        model.box("masonry", (0, 0.05, 0), (length + 0.05, 0.5, wide + 0.05), 0.08, bumps=0.015)
        model.roof(wall, (0, high - 0.02, 0), (length - 0.02, roof * 0.93, wide), 9.0)
    with model.part(place, yaw, 1.0, 0.12):
        eaves = length + 0.42, roof + 0.42, wide + 0.46
        model.roof("thatch", (0, high - 0.22, 0), eaves, 0.30, bumps=0.006)
        ends = (-length - 0.38, high + roof + 0.13, 0), (length + 0.38, high + roof + 0.13, 0)
        model.capsule("thatch", *ends, 0.15, bumps=0.03)
    with model.part(place, yaw, 1.0, 0.01):
        hole = "window" if home else "door"
        model.box(hole, (0.35, 0.72, -wide - 0.02), (0.38, 0.78, 0.05), 0.02)
        model.box("lintel", (0.35, 1.55, -wide - 0.04), (0.55, 0.07, 0.06), 0.02)
        model.box(hole, (-1.25, 1.15, -wide - 0.02), (0.24, 0.24, 0.05), 0.02)
        model.box("lintel", (-1.25, 1.42, -wide - 0.03), (0.32, 0.045, 0.05), 0.02)
    if not home:
        with model.part(place, yaw, 1.0, 0.004):
            for x in (0.06, 0.25, 0.44, 0.63):
                model.box("plank", (x, 0.70, -wide - 0.075), (0.088, 0.74, 0.02), 0.01)
            model.box("lintel", (0.35, 1.15, -wide - 0.10), (0.34, 0.045, 0.015), 0.01)


def doorstep(place, yaw, wide=1.5):
    """A place a step before the door of a house, as high as a lamp hangs."""
    return tuple(np.array(place) + rotation(yaw) @ np.array((0.35, 1.1, -wide - 0.7)))


def dry_wall(model, a, b, foot, height=0.55):
    """Dry stone wall on the line from ``a`` to ``b`` (x, z), at ground level ``foot``; returns its part."""
    a, b = np.array(a, float), np.array(b, float)
    middle, half = (a + b) / 2, np.linalg.norm(b - a) / 2
    yaw = -np.arctan2(b[1] - a[1], b[0] - a[0])
    place = (middle[0], foot, middle[1])
    with model.part(place, yaw, 1.0, 0.1):
        model.box("masonry", (0, height - 0.37, 0), (half, height, 0.32), 0.16, bumps=0.03)
    return place, yaw


def dome_tent(model, place, yaw, scale, name):
    """Dome tent with two crossed poles; its door faces -z. ``name`` is its cloth, so that it can glow."""
    with model.part(place, yaw, scale, 0.30):
        model.ellipsoid(name, (0, -0.05, 0), (1.5, 1.14, 1.15))
        model.capsule(name, (-0.75, 0.05, -0.2), (0.0, 1.02, 0), 0.34, 0.12)
        model.capsule(name, (0.75, 0.05, 0.2), (0.0, 1.02, 0), 0.34, 0.12)
    with model.part(place, yaw, scale, 0.015):
        for side in (-1, 1):
            arc = [
                (
                    1.485 * np.cos(q) * np.cos(0.62),
                    -0.05 + 1.165 * np.sin(q),
                    side * 1.15 * np.cos(q) * np.sin(0.62) * 1.3,
                )
                for q in np.linspace(0, np.pi, 21)
            ]
            model.path("pole", arc, 0.02)
        for side in (-1, 1):
            model.capsule("guy", (0.9 * side, 0.7, 0.5 * side), (1.9 * side, -0.05, 1.0 * side), 0.008)


def lantern(model, place, lamp="lamp"):
    """Small lamp standing on the ground."""
    with model.part(place, 0, 1, 0.02):
        model.capsule(lamp, (0, 0, 0), (0, 0.12, 0), 0.07, 0.06)


def iron_lantern(model, place):
    """Lantern with an iron foot, lid and ring; ``flame`` is its glass, dull by day."""
    lantern(model, (place[0], place[1] + 0.07, place[2]), "flame")
    with model.part(place, 0, 1, 0.01):
        model.capsule("iron", (0, 0.0, 0), (0, 0.05, 0), 0.085, 0.08)
        model.capsule("iron", (0, 0.27, 0), (0, 0.34, 0), 0.085, 0.03)
        model.path("iron", [(-0.07, 0.30, 0), (-0.06, 0.42, 0), (0.06, 0.42, 0), (0.07, 0.30, 0)], 0.008)


def gabled_ruin(model, place, yaw, length, wide, high, gable, wall=0.45):
    """Roofless stone house (half sides): four walls, two of them gables."""
    with model.part(place, yaw, 1.0, 0.02):
        for side in (-1, 1):
            model.box("ruin", (0, high / 2, side * wide), (length, high / 2, wall), 0.05)
            model.box("ruin", (side * length, high / 2, 0), (wall, high / 2, wide), 0.05)
        for side in (-1, 1):
            model.roof("ruin", (side * length, high - 0.02, 0), (wall, gable, wide + wall), 9.0)
