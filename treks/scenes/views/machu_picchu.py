"""Machu Picchu: morning above the terraces, the stone town on its saddle, Huayna Picchu behind."""

import numpy as np

from ..animals import llama
from ..buildings import gabled_ruin
from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..noise import Sheet
from ..palette import materials
from ..people import walker
from ..plate import Plate
from ..printing import (
    cloud_bands,
    fog,
    mountain_light,
    near_light,
    planes,
    print_ground,
    print_things,
    valley_mist,
)
from ..separation import smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = (
    "The roofless stone town of Machu Picchu on its ridge below Huayna Picchu, seen from a terrace with "
    "a llama."
)
SKY = "#2c6b86"
DARK = False

RIDGES = (
    # Huayna Picchu, with the small peak of Huchuy Picchu before it on the left.
    (
        2.7,
        (
            (-0.05, 1.75, 340), (0.0, 1.82, 262), (0.045, 1.95, 160), (0.08, 2.0, 96), (0.105, 2.0, 78),
            (0.14, 2.0, 88), (0.175, 2.03, 150), (0.20, 2.06, 190), (0.25, 2.1, 300), (0.29, 2.15, 400),
        ),
    ),
    (2.3, ((0.10, 2.0, 80), (0.085, 1.88, 190), (0.10, 1.74, 300), (0.07, 1.62, 400))),
    (2.3, ((0.17, 2.03, 145), (0.19, 1.88, 260), (0.17, 1.75, 380))),
    (2.2, ((0.045, 1.95, 160), (0.02, 1.80, 270), (0.0, 1.68, 390))),
    (
        2.2,
        (
            (-0.21, 1.66, 420), (-0.165, 1.7, 330), (-0.135, 1.72, 262), (-0.11, 1.72, 240),
            (-0.08, 1.72, 270), (-0.05, 1.75, 340),
        ),
    ),
    (2.0, ((-0.12, 1.72, 245), (-0.13, 1.6, 370))),
    # The walls of the gorge.
    (
        1.0,
        (
            (-1.5, 4.2, 60), (-1.1, 4.4, 95), (-0.8, 4.6, 125),
            (-0.5, 5.0, 190), (-0.3, 5.4, 235), (-0.12, 6, 300),
        ),
    ),
    (
        1.0,
        (
            (1.5, 4.0, 40), (1.1, 4.2, 110), (0.85, 4.4, 130),
            (0.6, 4.8, 195), (0.42, 5.2, 240), (0.22, 6.0, 300),
        ),
    ),
    (1.1, ((-0.8, 4.6, 125), (-0.72, 3.8, 260), (-0.6, 3.2, 400))),
    (1.1, ((-1.1, 4.4, 95), (-1.02, 3.5, 250), (-0.9, 2.9, 400))),
    (1.1, ((-0.5, 5.0, 190), (-0.44, 4.3, 300), (-0.36, 3.7, 400))),
    (1.1, ((0.85, 4.4, 130), (0.74, 3.7, 260), (0.66, 3.1, 400))),
    (1.1, ((1.1, 4.2, 110), (1.1, 3.4, 270), (1.0, 2.8, 410))),
    (1.1, ((0.6, 4.8, 195), (0.52, 4.2, 290), (0.48, 3.6, 390))),
    (
        0.9,
        (
            (-1.5, 9.5, 170), (-0.9, 9.5, 185), (-0.5, 9.6, 200),
            (-0.3, 9.5, 165), (-0.18, 9.5, 150), (0.0, 9.6, 195),
            (0.3, 9.6, 205), (0.45, 9.6, 172), (0.7, 9.6, 190), (1.5, 9.5, 180),
        ),
    ),
)  # fmt: skip
RANGE = Terrain(
    RIDGES, seed=57, floor=1750.0, cells=448, cell=27.0, detail=16.0, rough=80.0, warp=0.6, form=1.2,
    steepest=3.6, keep=1.0, rounds=14,
)  # fmt: skip
STREETS = 15
WINGS = ((-78, -24), (24, 62))
TOWN = Plot(lambda x, z: _town_ground(x, z), size=900, cell=0.7, start=60.0)
TERRACE = Plot(lambda x, z: _terrace_ground(x, z), size=512, cell=0.12, start=-1.0)


def _axis(z):
    """Where the crest of the town's ridge runs (x at distance z)."""
    return 14 + 0.02 * (z - 200) + 10 * np.sin(z / 90.0)


def _crest(z):
    """Height of the plaza between the two wings of the town, below the viewer."""
    return -70 - 8 * np.clip((z - 90) / 260, 0, 1)


def _step(y, high):
    """Turn a slope into terraces ``high`` meters apart."""
    level = y / high
    part = level - np.floor(level)
    return (np.floor(level) + smooth(part, 0.80, 0.98)) * high


def _street(x, z):
    """Which street of the wings a place lies in: whole numbers are its terrace walls."""
    return (z - 200) / 15.5 + 0.22 * np.sin(z / 33.0) + 0.07 * np.sin(x / 15.0 + z / 40.0)


def _platforms(x, z):
    """The wings climb away from the viewer, one terrace per street of houses."""
    level = np.clip(_street(x, z), -3, STREETS + 0.5)
    part = level - np.floor(level)
    return (np.floor(level) + smooth(part, 0.0, 0.10)) * 1.5


def _banks(away):
    """0 on the plaza, 1 on the wings: three terraces between them."""
    return sum(smooth(np.abs(away), edge, edge + 0.9) for edge in (11.5, 15.5, 19.5)) / 3


def _town_ground(x, z):
    away = x - _axis(z)
    ragged = 7 * np.sin(z / 23.0) + 4 * np.sin(z / 9.0 + 1)
    crag = 16 * np.exp(-(((away + 52) / 26) ** 2) - ((z - 432) / 26) ** 2)
    hill = 8 * smooth(z, 450, 500) + (3 * np.sin(x / 13.0) + 2 * np.sin(x / 5.1 + 1)) * smooth(z, 450, 490)
    knob = _step(crag + hill, 3.2)
    left, right = np.maximum(-away - 84 + ragged, 0), np.maximum(away - 84 - ragged, 0)
    wings = _banks(away) * (4.0 + _platforms(x, z)) * (1 - smooth(z, 430, 452))
    flanks = _step(0.075 * left**1.62, 4.4) + _step(0.06 * right**1.62, 4.4)
    return _crest(z) + wings + knob - flanks - 0.03 * np.maximum(z - 515 + ragged, 0) ** 1.7


def _terrace_ground(x, z):
    y = -0.1 + 0.10 * TERRACE.clouds(3, 5, 8) + 0.03 * TERRACE.clouds(4, 3, 40) + 0.004 * x * x
    edge = 13.2 + 0.4 * np.sin(x * 0.5) + 0.03 * x
    return y - 14 * smooth(z, edge, edge + 0.4) - 4.0 * np.maximum(z - edge - 1, 0)


def _house(model, rng, place, half, turned, gable):
    """One roofless house, its doorway toward the viewer; without a gable only low walls still stand."""
    along, deep = half
    sides = (deep, along) if turned else (along, deep)
    yaw = (np.pi / 2 if turned else 0) + rng.normal() * 0.05
    high = rng.uniform(2.3, 3.1) if gable else rng.uniform(1.5, 2.5)
    gabled_ruin(model, place, yaw, *sides, high, gable or 0.1, wall=0.42)
    if rng.random() < 0.6:
        with model.part(place, 0.0, 1.0, 0.01):
            door = rng.uniform(-0.4, 0.4) * along
            model.box("opening", (door, high * 0.4, -deep - 0.4), (0.5, high * 0.4, 0.14), 0.02)


def _block(model, at, rng, x, z, count):
    """Houses that share their side walls; returns where the block ends."""
    along, deep = rng.uniform(2.0, 3.4), rng.uniform(2.2, 3.6)
    turned = rng.random() < 0.55
    span = along if turned else deep
    floor = max(at(x, z - deep)[1], at(x + 2 * count * along, z + deep)[1]) - 0.3
    for _ in range(count):
        gable = 0 if rng.random() < 0.38 else span * rng.uniform(0.55, 0.85)
        _house(model, rng, (x + along, floor, z), (along, deep), turned, gable)
        x += 2 * along
    return x


def _build_town(model, at):
    rng = np.random.default_rng(21)
    far = np.arange(150.0, 480.0, 0.5)
    for street in range(1, STREETS):
        for start, end in WINGS:
            x = start + rng.uniform(-4, 14) * (start < 0)
            end += rng.uniform(-14, 4) * (end > 0)
            while x < end - 5:
                count = rng.choice((1, 2, 3), p=(0.45, 0.35, 0.20))
                middle = float(np.interp(street + 0.52, _street(x, far), far))
                if rng.random() < 0.88:
                    place = _axis(middle) + x, middle + rng.normal() * 1.6
                    x = _block(model, at, rng, *place, count) - _axis(middle)
                else:
                    x += rng.uniform(4, 10)
                x += rng.uniform(0.8, 2.8)


def _furnish(model, at):
    llama(model, at(4.5, 12.7, -0.02), 0.30, 1.0, "woolwhite", load=False, step=0.06)
    walker(model, at(-4.4, 12.5, -0.02), 2.3, 1.0, stride=0.10)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far, blur=3.5), (0.15, 0.42, 0.80))
    near = "#16384a", "#2a5648", "#5a7d46", "#a8ac58"
    middle = "#2c566c", "#4b7670", "#7f9568", "#bdbb74"
    distant = "#7399b0", "#93b0b8", "#c3c6ae", "#ead9b2"
    canvas = planes(tone, far.depth, near, (middle, 2600, 4200), (distant, 5600, 8000))
    wisp = Sheet(7)(stage.down * 22, stage.across * 7)
    amount = valley_mist(far, 2120, 190, 900, 3200) * (1.0 + 0.30 * wisp)
    amount = np.clip(amount, 0, 1) + 0.30 * np.clip((far.depth - 2400) / 5000, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#e6efe6"), ink("#fbeed2"), 1 - stage.across), 14, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.45, "#77b0b4"), (0.75, "#d6dcc4"), (1, "#f9e8c2")
    sky = ramp(stops, np.clip(stage.down / 0.36, 0, 1))
    return cloud_bands(
        stage, sky, 61, 0.25, ((0.0, "#f8eed6", 0.5), (0.5, "#fffaf0", 0.7)), thin=14, height=0.05
    )


def _print_town(stage, canvas, town):
    light = near_light(stage, town)
    steps = 0.10, 0.30, 0.50
    grass = "#23483f", "#4b6f3e", "#84984a", "#a9ac54"
    canvas = print_ground(stage, canvas, town, light, grass, steps)
    away = np.abs(town.x - _axis(town.z))
    lawn = "#2c5440", "#55803f", "#93aa4c", "#bcc25e"
    canvas = print_ground(stage, canvas, town, light, lawn, steps, where=away < 20)
    bush = (Sheet(9)(town.z / 9, town.x / 9 + 40) + smooth(away, 90, 150)) > 1.1
    wild = "#1c4240", "#31583c", "#5c7c40", "#7f9248"
    canvas = print_ground(stage, canvas, town, light, wild, steps, where=bush & (away > 82))
    wall = town.soil & (town.normal[1] < 0.82)
    stone = "#37484a", "#545f4e", "#6a7350", "#8f9058"
    canvas = print_ground(stage, canvas, town, light, stone, (0.06, 0.16, 0.46), where=wall)
    ruin = materials(
        ruin=("#3c4156", "#94887c", "#cdbb93", "#f3e6c2"),
        opening=("#23283a", "#2c3040", "#343644", "#3c3c46"),
    )
    canvas = print_things(stage, canvas, town, light, ruin, (0.05, 0.45, 0.58))
    haze = np.where(town.hit, 0.34 * smooth(town.depth, 160, 600), 0)
    drop = np.where(town.hit, smooth(-town.y, 110, 210), 0)
    return fog(stage, canvas, haze + drop * 0.7, "#dfe6d8", 14, 0.4)


def _print_terrace(stage, canvas, near):
    light = near_light(stage, near)
    canvas = print_ground(
        stage, canvas, near, light, ("#22403c", "#4a6a38", "#94993f", "#c4b552"), (0.1, 0.3, 0.5)
    )
    canvas = print_things(stage, canvas, near, light)
    shade = np.clip((11.7 - near.z + 0.4 * np.sin(near.x * 1.3) + 0.2 * np.sin(near.x * 3.3)) / 0.3, 0, 1)
    canvas = over(canvas, shade * near.soil, ink("#1a3038"), 0.6)
    lit = inks("#2c4a38", "#5c7438", "#a2a446", "#d8cc6e")
    dark = inks("#12262c", "#1e3832", "#3a5638", "#6c7c40")
    grow(canvas, near.depth, Tufts(420, 5, 11.2, 13.4, lit, (0.08, 0.22), 0.12), near, stage)
    return grow(canvas, near.depth, Tufts(200, 8, 10.0, 11.5, dark, (0.12, 0.30), 0.12), near, stage)


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("machu_picchu", width, 2520.0, -0.10, (0.62, 0.58, -0.40), eye=4.6, middle=6048.0)
    far = stage.mountains(RANGE, start=700.0)
    town = stage.layer("town", TOWN, _build_town, reach=900.0, unit_size=4.0)
    near = stage.layer("near", TERRACE, _furnish, reach=26.0)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_town(stage, canvas, town)
    canvas = _print_terrace(stage, canvas, near)
    return stage, Plate(canvas, ~far.hit & ~town.hit & ~near.hit, 0.36)
