"""Stage: the viewer, the sun and the rendered layers of one scene, kept in a cache outside the repository."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import march, sdf
from .camera import Camera, unit
from .model import Model
from .noise import clouds, grain
from .terrain import raise_terrain

CACHE = Path(os.environ.get("SCENES_CACHE", Path.home() / ".cache" / "lares-scenes"))
NO_LAKE = -1e6


def _code(*modules):
    """A renderer's own text: when it changes, what it made is stale."""
    return [hashlib.sha256(Path(module.__file__).read_bytes()).hexdigest() for module in modules]


def _cached(name, recipe, make):
    """Arrays made once per recipe; only the newest recipe of a name is kept."""
    key = hashlib.sha256(repr(recipe).encode()).hexdigest()[:16]
    path = CACHE / f"{name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if str(stored["key"]) == key:
                return {part: stored[part] for part in stored.files}
    CACHE.mkdir(parents=True, exist_ok=True)
    made = make()
    np.savez(path, key=key, **made)
    return made


def _digest(*arrays):
    return [hashlib.sha256(np.ascontiguousarray(a)).hexdigest() for a in arrays]


class Buffers:
    """What both renderers give per pixel; depth is not above 0 where the ray met nothing."""

    def __init__(self, data):
        self.data = data
        self.depth = data[0]
        self.normal = data[1], data[2], data[3]
        self.x, self.y, self.z = data[4], data[5], data[6]
        self.lit = np.maximum(data[7], 0)
        self.hit = data[0] > 0

    def lambert(self, sun):
        """Light 0..1 from the sun, cast shadows included."""
        facing = sum(n * s for n, s in zip(self.normal, sun, strict=True))
        return np.clip(facing, 0, 1) * self.lit


class Far(Buffers):
    """Mountains; ``water`` is where the lake mirrors."""

    def __init__(self, data):
        super().__init__(data)
        self.water = data[march.WATER] > 0


class Near(Buffers):
    """Figures on their ground. ``material`` is a number per pixel, 0 for ground and nothing."""

    def __init__(self, data, prims, materials, ground):
        super().__init__(data)
        self.prims = prims
        self.materials = materials
        self.ground = ground
        self.prim = np.rint(data[sdf.PRIM]).astype(int)
        self.open = np.clip(data[sdf.OPEN], 0, 1)
        self.wet = data[sdf.WET] > 0
        self.soil = self.hit & (self.prim < 0)
        self.thing = self.hit & (self.prim >= 0)
        self.material = np.where(self.thing, prims[np.maximum(self.prim, 0), 1].astype(int), 0)

    def foot(self, x, z):
        """Height of the ground at (x, z) meters."""
        heights, cell, left, start = self.ground
        return float(march.height_at(heights, cell, x - left, z - start))

    def made_of(self, *names):
        """Mask of the pixels whose material is one of ``names``."""
        return np.isin(self.material, [self.materials[n] for n in names if n in self.materials])


@dataclass(frozen=True)
class Plot:
    """Square ground of a near layer: ``height(x, z)`` in meters over cells from ``start`` meters on."""

    height: object
    size: int = 512
    cell: float = 0.15
    start: float = -2.0

    def field(self):
        """Heights and the corner of the field, as the renderer wants them."""
        z, x = np.mgrid[0 : self.size, 0 : self.size] * self.cell
        left = -self.size * self.cell / 2
        heights = self.height(x + left, z + self.start).astype(np.float32)
        return np.ascontiguousarray(heights), float(self.cell), float(left), float(self.start)

    def clouds(self, seed, octaves, base, gain=0.5):
        """Fractal noise over the plot's cells."""
        return clouds(self.size, seed, octaves, base, gain)


@dataclass
class Stage:
    """One scene at one width (3:2). ``altitude`` in meters and ``eye`` height place the viewer,
    ``middle`` is half the width of the range in meters.
    """

    slug: str
    width: int
    altitude: float
    pitch: float
    sun: tuple
    eye: float = 2.0
    middle: float = 10300.0
    height: int = field(init=False)

    def __post_init__(self):
        self.height = self.width * 2 // 3
        self.scale = self.width / 1200
        self.sun = unit(self.sun)
        self.camera = Camera((0, self.eye, 0), self.pitch)
        self.far_camera = Camera((self.middle, self.altitude, 1500.0), self.pitch)
        self.rows, self.columns = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        self.down, self.across = self.rows / self.height, self.columns / self.width
        self.grain = grain(self.height, self.width, 1, 0.7 * self.scale)
        self.horizon = self.height / 2 * (1 + self.pitch / (self.camera.spread * 2 / 3))

    def mountains(self, terrain, start=300.0, reach=40000.0, lake=0.0):
        """Render the range; ``lake`` is a water level in meters."""
        recipe = (terrain, self.far_camera)
        name = f"{self.slug}-terrain"

        def shape():
            heights, cell = raise_terrain(terrain, self.far_camera)
            return {"heights": heights, "cell": cell}

        def view():
            land = _cached(name, recipe, shape)
            axes = self.far_camera.axes()
            size = self.width, self.height
            heights, cell = land["heights"], float(land["cell"])
            data = march.render(heights, cell, *size, axes, self.sun, start, reach, float(lake))
            return {"data": data}

        seen = (*recipe, _code(march), list(self.sun), start, reach, lake, self.width)
        return Far(_cached(f"{self.slug}-far-{self.width}", seen, view)["data"])

    def layer(self, name, plot, furnish=None, reach=60.0, lake=NO_LAKE, unit_size=1.0):
        """Render figures on a plot. ``furnish(model, at)`` adds them; ``at(x, z, lift)`` is a place on it."""
        heights, cell, left, start = ground = plot.field()

        def at(x, z, lift=0.0):
            return (x, float(march.height_at(heights, cell, x - left, z - start)) + lift, z)

        model = Model()
        if furnish:
            furnish(model, at)
        prims, groups = model.arrays()
        size = self.width, self.height

        def view():
            axes = self.camera.axes()
            light = self.sun, float(reach), float(lake), float(unit_size)
            return {"data": sdf.render(prims, groups, ground, *size, axes, *light)}

        shapes = _digest(prims, groups, heights)
        recipe = (shapes, _code(sdf), cell, start, self.camera, list(self.sun), reach, lake, size)
        data = _cached(f"{self.slug}-{name}-{self.width}", recipe, view)["data"]
        return Near(data, prims, model.materials, ground)
