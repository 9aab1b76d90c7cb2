"""Ipsay Pass: late light, a walker leads a llama past the cairn."""

import numpy as np

from ..animals import llama
from ..buildings import cairn
from ..color import ink, inks, mix, over, ramp
from ..grass import Tufts, grow
from ..noise import Sheet
from ..palette import MATERIALS
from ..people import rope, walker
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
from ..separation import tones
from ..stage import Plot, Stage
from ..terrain import Terrain

ALT = "A traveler in a red poncho leads a white llama past a stone cairn on a grassy pass, snow peaks behind."
SKY = "#1d5c76"
NIGHT = "#0a1531"
DARK = False

RIDGES = (
    (
        0.95,
        (
            (-1.5, 9.6, 330), (-1.1, 9.3, 300), (-0.8, 9.4, 285), (-0.55, 9.3, 228), (-0.36, 9.15, 178),
            (-0.22, 9.0, 62), (-0.11, 9.15, 168), (0.06, 9.4, 240), (0.3, 9.8, 330), (0.6, 10.5, 345),
        ),
    ),
    (0.85, ((-0.22, 9.0, 62), (-0.30, 7.9, 230), (-0.26, 6.9, 345), (-0.30, 6.2, 430))),
    (0.85, ((-0.22, 9.0, 62), (-0.06, 8.2, 270), (0.02, 7.2, 390), (0.0, 6.5, 450))),
    (0.8, ((-0.55, 9.3, 235), (-0.62, 8.0, 330), (-0.6, 7.0, 420))),
    (
        0.95,
        (
            (0.36, 8.6, 330), (0.47, 7.9, 205), (0.53, 7.85, 268), (0.60, 7.8, 178), (0.72, 7.9, 300),
            (0.9, 7.8, 265), (1.2, 7.6, 300), (1.5, 7.5, 290),
        ),
    ),
    (0.9, ((0.47, 7.9, 205), (0.40, 7.0, 350), (0.33, 6.2, 440))),
    (0.9, ((0.60, 7.8, 178), (0.66, 7.0, 330), (0.6, 6.0, 430))),
    (0.85, ((0.9, 7.8, 265), (0.92, 6.6, 380), (0.85, 5.9, 450))),
    (
        0.62,
        ((-1.5, 4.6, 300), (-1.1, 4.6, 345), (-0.85, 4.8, 395), (-0.55, 5.1, 440),
         (-0.25, 5.5, 490), (0.02, 5.9, 560)),
    ),
    (
        0.60,
        ((1.5, 3.3, 310), (1.1, 3.5, 375), (0.8, 3.8, 425), (0.5, 4.3, 478),
         (0.22, 4.9, 530), (0.02, 5.4, 590)),
    ),
    (0.58, ((-1.4, 2.2, 440), (-1.05, 2.4, 470), (-0.7, 2.7, 510), (-0.35, 3.1, 565), (-0.05, 3.6, 640))),
)  # fmt: skip
RANGE = Terrain(RIDGES, seed=11, floor=3350.0, steepest=1.35, form=4.0, detail=15.0)
PLOT = Plot(lambda x, z: _ground(x, z))
NEAR = ("#22304f", "#4c4f4f", "#8a7a3c", "#d9a548")
MIDDLE = ("#3a4a70", "#75697a", "#b98a5c", "#e9b872")
FAR = ("#5a719b", "#8f8aa3", "#c9a08c", "#f0c69c")
SNOW = ("#6484b0", "#a6b9d3", "#f8e6d2", "#fffbf2")


def _ground(x, z):
    y = -0.25 - 0.018 * z + 0.22 * PLOT.clouds(3, 6, 6) + 0.05 * PLOT.clouds(4, 5, 40)
    y += 0.9 * np.exp(-(((x - 4.2) / 4.5) ** 2) - ((z - 9) / 6) ** 2) - 0.05 * np.abs(x + 2)
    edge = 15.5 + 1.5 * np.sin(x * 0.35) + 0.018 * x * x
    return y - np.maximum(z - edge, 0) ** 1.6 * 0.16


def _furnish(model, at):
    cairn(model, at(3.15, 8.6, -0.05))
    llama(model, at(-2.35, 12.4, -0.02), 0.25, step=0.10)
    walker(model, at(-3.9, 12.2, -0.02), 0.25, 1.02)
    hand, halter = np.array(at(-3.9, 12.2, 1.0)), np.array(at(-2.35, 12.4, 1.42))
    rope(model, hand + (-0.15, 0, 0.05), halter + (-0.40, 0, 0.1))


def _path(x, z):
    return np.abs(x + 1.1 + 0.9 * np.sin(z * 0.28) - 0.12 * (z - 6))


def _print_mountains(stage, far):
    # The hill behind the walker stays in shade, so that he and the llama read against it.
    light = mountain_light(stage, far) * np.where((far.depth < 5600) & (stage.across < 0.5), 0.62, 1)
    tone = tones(light, (0.15, 0.40, 0.66))
    canvas = planes(tone, far.depth, NEAR, (MIDDLE, 2600, 5200), (FAR, 5600, 6500))
    snow = snow_line(stage, far, 5080)
    canvas = np.where(snow[..., None], inks(*SNOW)[tone], canvas)
    haze = 1 - np.exp(-np.maximum(far.depth - 1500, 0) / 13000.0)
    amount = haze * 0.35 * np.where(snow, 0.2, 1) + valley_mist(far, 3500, 430, 4200, 8000) * 0.95
    color = mix(ink("#a9bcc4"), ink("#f8dcb2"), np.clip(stage.across * 1.2, 0, 1))
    return fog(stage, canvas, amount, color, 12, 0.5)


def _print_sky(stage):
    stops = (0, SKY), (0.1, SKY), (0.36, "#4d8f9d"), (0.62, "#b3c7b2"), (0.8, "#f0d9a9"), (1, "#f5c98a")
    value = stage.down / 0.5 + 0.05 * (1 - stage.across) * smooth_down(stage)
    sky = ramp(stops, np.clip(value + 0.008 * (stage.grain - 0.5) * smooth_down(stage), 0, 1))
    return cloud_bands(stage, sky, 35, 0.32, ((0.0, "#f9dcae", 0.55), (0.55, "#fff0d4", 0.75)), thin=18)


def smooth_down(stage):
    """0 at the flat top of the sky, 1 from a fifth of the picture down."""
    return np.clip(stage.down / 0.2, 0, 1)


def _print_near(stage, canvas, near):
    light = near_light(stage, near)
    canvas = print_ground(stage, canvas, near, light, ("#2b2640", "#5b4436", "#a87636", "#cf9a45"))
    track = _path(near.x, near.z) < 0.42 + 0.06 * np.sin(near.z * 3 + near.x * 5)
    canvas = print_ground(
        stage, canvas, near, light, ("#4a3c4c", "#94714f", "#d9b37a", "#f0d29c"), where=track
    )
    canvas = print_things(stage, canvas, near, light, MATERIALS)
    # The foreground lies in evening shade, so that the eye goes over it into the light.
    ragged = 0.5 * np.sin(near.x * 1.3) + 0.3 * np.sin(near.x * 3.1)
    shade = np.clip((9.3 - near.z + ragged) / 0.35, 0, 1) * near.soil
    return over(canvas, shade, ink("#2a2440"), 0.62)


def _print_grass(stage, canvas, near):
    patch = Sheet(2, 40, 1.2)

    def off_path(x, z):
        return (_path(x, z) > 0.62) & (patch(z * 1.1, (x + 22) * 0.8, 1) > -0.30)

    lit = inks("#4a3438", "#8a5f2f", "#c8963e", "#f4d27f")
    dark = inks("#1f1a30", "#33283a", "#57403a", "#8a6238")
    grow(canvas, near.depth, Tufts(1150, 5, 9.0, 17.0, lit, where=off_path), near, stage)
    grow(canvas, near.depth, Tufts(420, 6, 6.2, 9.2, dark, (0.16, 0.42), where=off_path), near, stage)
    return canvas


def draw(width):
    """Stage and plate at a width in pixels."""
    stage = Stage("ipsay_pass", width, 4480.0, 0.05, (-0.80, 0.38, -0.25), eye=1.75)
    far = stage.mountains(RANGE, start=30.0)
    near = stage.layer("near", PLOT, _furnish, reach=30.0)
    canvas = np.where(far.hit[..., None], _print_mountains(stage, far), _print_sky(stage))
    canvas = _print_grass(stage, _print_near(stage, canvas, near), near)
    return stage, Plate(canvas, ~far.hit & ~near.hit, 0.42)
