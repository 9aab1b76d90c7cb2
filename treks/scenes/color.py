"""Inks: hex colors in OKLab, flat mixing of them, and conversion of a canvas to pixels."""

import numpy as np
from PIL import Image

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def ink(code):
    """OKLab triple of a hex color such as ``#9E1B32``."""
    code = code.lstrip("#")
    srgb = np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return (np.cbrt(_TO_LMS @ linear) @ _TO_LAB.T).astype(np.float32)


def inks(*codes):
    """Array (n, 3) of inks, darkest tone first."""
    return np.array([ink(code) for code in codes])


def to_srgb(canvas):
    """sRGB floats 0..1 of an OKLab canvas (height, width, 3)."""
    linear = (canvas @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def to_image(canvas):
    """Pillow image of an OKLab canvas."""
    return Image.fromarray((to_srgb(canvas) * 255 + 0.5).clip(0, 255).astype("uint8"))


def mix(below, above, share):
    """Blend two inks or canvases; ``share`` 0..1 (scalar or one value per pixel) of ``above``."""
    share = np.asarray(share, np.float32)[..., None]
    return below * (1 - share) + above * share


def over(canvas, mask, color, share=1.0):
    """Print ``color`` over the canvas where ``mask`` is true."""
    return mix(canvas, color, np.asarray(mask, np.float32) * share)


def ramp(stops, value):
    """Color of ``value`` on a list of (position, hex) stops."""
    places = [place for place, _ in stops]
    colors = inks(*[code for _, code in stops])
    return np.stack([np.interp(value, places, colors[:, i]) for i in range(3)], -1).astype(np.float32)
