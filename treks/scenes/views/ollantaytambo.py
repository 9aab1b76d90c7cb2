"""Down to Ollantaytambo: green fields on the valley floor and the long curved terraces above them."""

import numpy as np

from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..night import lamplight
from ..noise import Sheet
from ..palette import materials
from ..patterns import stone_cells
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
    snow_line,
    valley_mist,
)
from ..separation import pick, smooth, tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = (
    "A walker in a red poncho looks down into a green valley of stone terraces and maize, a glacier at "
    "its head."
)
SKY = "#24708a"
DARK = False

RIDGES = (
    (
        0.9,
        (
            (-1.5, 11, 190), (-0.9, 11, 205), (-0.5, 11, 180), (-0.28, 10.8, 200), (-0.05, 10.6, 130),
            (0.04, 10.6, 96), (0.13, 10.7, 140), (0.4, 11, 195), (0.8, 11, 180), (1.5, 11, 205),
        ),
    ),
    (0.9, ((0.04, 10.6, 96), (-0.05, 9.4, 230), (-0.02, 8.4, 330))),
    (0.9, ((0.04, 10.6, 96), (0.16, 9.6, 220), (0.16, 8.4, 330))),
    (
        0.75,
        (
            (-1.5, 4.4, -10), (-1.1, 4.6, 80), (-0.8, 5.0, 140), (-0.5, 5.6, 205),
            (-0.28, 6.4, 265), (-0.1, 7.4, 330),
        ),
    ),
    (
        0.75,
        (
            (1.5, 4.2, 10), (1.1, 4.4, 90), (0.8, 4.8, 160), (0.5, 5.4, 225),
            (0.3, 6.2, 280), (0.12, 7.2, 335),
        ),
    ),
    (0.75, ((-1.1, 4.6, 80), (-0.95, 3.8, 230), (-0.82, 3.2, 350))),
    (0.75, ((-0.8, 5.0, 140), (-0.66, 4.2, 270), (-0.55, 3.6, 380))),
    (0.75, ((1.1, 4.4, 90), (0.95, 3.7, 230), (0.85, 3.1, 350))),
    (0.75, ((0.8, 4.8, 160), (0.66, 4.1, 270), (0.52, 3.5, 380))),
    (0.7, ((-0.5, 5.6, 205), (-0.40, 4.8, 310), (-0.34, 4.2, 400))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=71, floor=2790.0, detail=16.0, rough=120.0, warp=0.7, form=2.2, steepest=1.9)
VALLEY = Plot(lambda x, z: _valley_ground(x, z), size=1250, cell=2.4, start=40.0)
PATH = Plot(lambda x, z: _path_ground(x, z), size=512, cell=0.12, start=-1.0)
FLOOR = -235.0
TERRACE = 6.5


def _center(z):
    """Where the river runs (x at distance z)."""
    return 60 + 90 * np.sin(z / 330.0 + 0.6) + 0.02 * z


def _step(y, high):
    level = y / high
    part = level - np.floor(level)
    return (np.floor(level) + smooth(part, 0.76, 0.98)) * high


def _terraced(x, z):
    """Meters up from the foot of the terraced slope: a hollow in the right flank of the valley."""
    bowl = 62 * np.cos(np.clip((z - 640) / 230, -np.pi, np.pi))
    return x - _center(z) - 190 + bowl


def _valley_ground(x, z):
    away = x - _center(z)
    floor = FLOOR + 0.9 * VALLEY.clouds(3, 4, 12)
    gullies = np.abs(np.sin(z / 74 + 1.5 * VALLEY.clouds(5, 5, 9))) + 0.5 * VALLEY.clouds(6, 6, 26)
    left = 230 * (1 - np.exp(-0.62 * np.maximum(-away - 170, 0) / 230))
    rise = np.maximum(_terraced(x, z), 0)
    right = np.where(
        rise < 190, _step(rise * 0.34, TERRACE), 65 + 240 * (1 - np.exp(-0.8 * (rise - 190) / 240))
    )
    scree = 9 * VALLEY.clouds(8, 5, 60)
    rough = np.clip((left + np.maximum(right - 65, 0)) / 90, 0, 1) * (90 * gullies + scree)
    bed = -4.0 * np.exp(-((away / 11.0) ** 2))
    return floor + right + left + bed + rough


def _path_ground(x, z):
    y = 0.18 * PATH.clouds(3, 5, 8) + 0.05 * PATH.clouds(4, 3, 40) + 0.03 * np.maximum(x - 2.0, 0) ** 1.2
    edge = 13.4 + 1.0 * np.sin(x * 0.4) - 0.05 * x
    return y - 2.2 * np.maximum(z - edge, 0) ** 1.2


def _lots(rng):
    """Places of houses (x, z): the village by the river, and farms between the fields."""
    for lot in range(66):
        z = 895 + lot // 6 * 23 + rng.normal() * 3
        edge = abs(lot // 6 - 5) + abs(lot % 6 - 2.5)
        if edge < 5 or rng.random() < 0.55:
            yield _center(z) + 30 + lot % 6 * 21 + rng.normal() * 3, z
    for _ in range(22):
        z = rng.uniform(640, 1900)
        yield _center(z) + rng.choice([-1, 1]) * rng.uniform(25, 150), z


def _build_village(model, at):
    rng = np.random.default_rng(3)
    for lot, (x, z) in enumerate(_lots(rng)):
        with model.part(at(x, z, -0.5), rng.normal() * 0.12 + 0.2, 1.0, 0.02):
            half, wide, high = rng.uniform(5, 9), rng.uniform(3, 4.2), rng.uniform(3.5, 6)
            model.box("plaster", (0, high / 2, 0), (half, high / 2, wide), 0.1)
            if lot % 3 != 1:
                pane = half * rng.uniform(-0.5, 0.5), high - 1.6, -wide - 0.1
                model.box("window", pane, (1.1, 0.9, 0.2), 0.05)
            model.roof("gable", (0, high - 0.3, 0), (half + 0.8, 2.6, wide + 0.9), 9.0)


def _furnish(model, at):
    walker(model, at(-2.6, 12.4, -0.02), 2.05, 1.0, stride=0.12)


def _print_mountains(stage, far):
    tone = tones(mountain_light(stage, far), (0.15, 0.42, 0.76))
    near = "#274a60", "#4f6a58", "#90904e", "#cfb95e"
    middle = "#43687e", "#74857c", "#b0a474", "#e2c88a"
    distant = "#6684ac", "#8b98ac", "#b79c8c", "#dcbc94"
    canvas = planes(tone, far.depth, near, (middle, 3600, 5600), (distant, 7200, 8800))
    snow = snow_line(stage, far, 3780, beyond=7500)
    canvas = np.where(snow[..., None], inks("#7ea0c6", "#b6c9da", "#fbecd8", "#fffdf6")[tone], canvas)
    amount = valley_mist(far, 2850, 330, 1200, 6500) * 0.7 + 0.22 * np.clip((far.depth - 5200) / 3500, 0, 1)
    return fog(stage, canvas, amount, mix(ink("#cfe0da"), ink("#f9e6c0"), 1 - stage.across), 12, 0.4)


def _print_sky(stage):
    stops = (0, SKY), (0.12, SKY), (0.45, "#6fb2b6"), (0.75, "#d0e0c8"), (1, "#f6e8c2")
    sky = ramp(stops, np.clip(stage.down / 0.36, 0, 1))
    return cloud_bands(
        stage, sky, 73, 0.22, ((0.0, "#f6efd8", 0.5), (0.5, "#fffaf0", 0.75)), thin=14, height=0.05
    )


def _fields(valley):
    """Patchwork of the floor: a number 0..4 per field and its hedge."""
    away = valley.x - _center(valley.z)
    v = valley.z / 66.0 + 0.22 * np.sin(valley.z / 47.0)
    strip = np.floor(v)
    u = away / (44.0 + 12 * np.sin(strip * 2.4)) + 0.37 * strip
    number = np.floor(u) * 3 + strip * 7
    hedge = (np.abs(u % 1 - 0.5) > 0.475) | (np.abs(v % 1 - 0.5) > 0.47)
    rows = (valley.x * 0.9 + valley.z * 0.25 * np.sin(number)) % 6.0 < 2.0
    return np.mod(number, 5).astype(int), hedge, rows


def _print_terraces(stage, canvas, valley, light):
    """Maize on the treads, walls of coursed stone, and stairs that cross them."""
    up = _terraced(valley.x, valley.z)
    slope = valley.soil & (up > -8) & (up < 186)
    wall = slope & (valley.normal[1] < 0.86)
    step = valley.y - FLOOR
    steps = 0.10, 0.30, 0.56
    maize = "#2c5640", "#557c40", "#7f9c46", "#a9b858"
    canvas = print_ground(stage, canvas, valley, light, maize, steps, where=slope & ~wall)
    joint, number = stone_cells(valley.z, step, 13.0, 4.6)
    close = smooth(-valley.depth, -1500, -900)
    laid = light + (number - 0.5) * 0.45 * close - 0.42 * (joint < 0.20) * close
    stone = "#46465a", "#736a64", "#97836c", "#bda67e"
    canvas = np.where(wall[..., None], pick(tones(laid, (0.10, 0.34, 0.62)), inks(*stone)), canvas)
    canvas = over(canvas, wall & (step % TERRACE < 1.3), ink("#2f4a40"), 0.6)
    stair = slope & (np.abs(valley.z % 300 - 60) < 2.2)
    tread = ((step / 2.6) % 1 < 0.5)[..., None]
    return np.where((stair & wall)[..., None], np.where(tread, ink("#7a7064"), ink("#b3a07c")), canvas)


def _print_valley(stage, canvas, valley):
    light = near_light(stage, valley)
    steps = 0.10, 0.30, 0.52
    slope = "#30585a", "#4d6f48", "#8d974a", "#bfb45c"
    away = valley.x - _center(valley.z)
    scrub = Sheet(31)(valley.z / 26, valley.x / 26 + 30) + 0.7 * Sheet(32)(valley.z / 9, valley.x / 9 + 60)
    grown = light - 0.22 * smooth(scrub, 0.2, 0.5)
    canvas = print_ground(stage, canvas, valley, grown, slope, (0.12, 0.46, 0.74))
    canvas = print_ground(stage, canvas, valley, grown, slope, (0.30, 0.66, 0.90), where=away > 0)
    flat = (valley.y < FLOOR + 6) & (_terraced(valley.x, valley.z) < 0) & (valley.depth < 2400)
    crops, hedge, rows = _fields(valley)
    greens = (
        ("#2c5a44", "#4f7f40", "#86a848", "#b4c860"),
        ("#2c4e3c", "#47683a", "#74893c", "#a2ac50"),
        ("#5a5a3c", "#8a8240", "#c2ac50", "#e6cf70"),
        ("#2f6248", "#578a48", "#93b254", "#c2d06c"),
        ("#5a4a40", "#8a6a4c", "#b8935e", "#dcba80"),
    )
    for number, codes in enumerate(greens):
        canvas = print_ground(stage, canvas, valley, light, codes, steps, where=flat & (crops == number))
    canvas = over(canvas, flat & rows & valley.soil & (valley.depth < 700), ink("#2c5a3c"), 0.16)
    canvas = over(canvas, flat & hedge & valley.soil, ink("#1f4638"), 0.75)
    canvas = _print_terraces(stage, canvas, valley, light)
    river = valley.soil & (np.abs(away) < 9.5) & (valley.y < FLOOR + 3)
    canvas = np.where(river[..., None], ink("#9fd0cc"), canvas)
    roofs = materials(gable=("#5a2f38", "#94493a", "#cf7a4c", "#efae74"))
    canvas = print_things(stage, canvas, valley, light, roofs)
    haze = np.where(valley.hit, 0.62 * smooth(valley.depth, 400, 2700), 0)
    return fog(stage, canvas, haze, "#dfe8d0", 14, 0.4)


def _print_path(stage, canvas, near):
    light = near_light(stage, near)
    steps = 0.10, 0.30, 0.50
    canvas = print_ground(stage, canvas, near, light, ("#2c3c3c", "#5a6238", "#a49644", "#d2b458"), steps)
    track = np.abs(near.x + 3.2 - 0.02 * (near.z - 8) ** 2 - 0.4 * np.sin(near.z * 0.7)) < 0.62
    dust = "#4f4650", "#8f7458", "#d0ac7c", "#eccf9e"
    canvas = print_ground(stage, canvas, near, light, dust, steps, where=track)
    canvas = print_things(stage, canvas, near, light)
    shade = np.clip((10.6 - near.z + 0.4 * np.sin(near.x * 1.3) + 0.2 * np.sin(near.x * 3.3)) / 0.3, 0, 1)
    return over(canvas, shade * near.soil, ink("#22304a"), 0.60)


def _print_grass(stage, canvas, near):
    patch = Sheet(5, 50, 1.0)

    def beside(x, z):
        track = np.abs(x + 3.2 - 0.02 * (z - 8) ** 2 - 0.4 * np.sin(z * 0.7))
        return (track > 0.85) & (patch(z * 1.1, (x + 22) * 0.8, 1) > -0.2)

    lit = inks("#3a4838", "#6e7436", "#b4a446", "#e2cc70")
    dark = inks("#16242e", "#263a38", "#47543a", "#7c7c44")
    grow(canvas, near.depth, Tufts(560, 5, 10.4, 14.0, lit, (0.12, 0.34), 0.15, where=beside), near, stage)
    return grow(
        canvas, near.depth, Tufts(330, 8, 8.0, 10.5, dark, (0.16, 0.42), 0.15, where=beside), near, stage
    )


def _evening(stage, valley, near):
    """Windows of the village and their glow on its streets."""
    lamps = [((_center(z) + 80, FLOOR + 14, z), 85.0) for z in (930.0, 1000.0, 1070.0)]
    warm = lamplight(stage, valley, lamps) * ~near.hit * 0.6
    return valley.made_of("window") & ~near.hit, warm


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("ollantaytambo", width, 3040.0, -0.10, (-0.80, 0.44, -0.22), eye=3.9)
    far = stage.mountains(RANGE, start=1500.0)
    valley = stage.layer("valley", VALLEY, _build_village, reach=2900.0, unit_size=5.0)
    near = stage.layer("near", PATH, _furnish, reach=32.0)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_valley(stage, canvas, valley)
    canvas = _print_grass(stage, _print_path(stage, canvas, near), near)
    return stage, Plate(canvas, ~far.hit & ~valley.hit & ~near.hit, 0.34, *_evening(stage, valley, near))
