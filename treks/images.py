"""Photographs that staff upload: what is accepted, and the web sizes made from it."""

import secrets
import struct
import threading
import warnings
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
# WebP's decoder needs four times the memory of the others for the same picture.
MAX_WEBP_PIXELS = 20_000_000
# The longest side that is kept of what was uploaded, and the widths that pages are served, never upscaled.
KEPT_SIDE = 3200
WIDTHS = (480, 800, 1600)
ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF")
SAVED_AS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 7},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
# Decoding is the only hungry part: one picture at a time bounds the memory of a process with several threads.
_decoding = threading.Lock()

TOO_HEAVY = _("This file is larger than 15 MB. Save it smaller and try again.")
TOO_LARGE = _("This picture has more than 40 megapixels. Make it smaller and try again.")
NOT_A_PICTURE = _("This is not a JPEG, PNG, WebP or AVIF picture, whatever its name says.")
TOO_LARGE_WEBP = _("A WebP picture may have 20 megapixels at most. Save this one as JPEG and try again.")
DISK_FAILS = _(
    "The picture could not be stored: the disk of the site is full or does not answer. Nothing is saved yet. "
    "Choose the picture again in a while, or save without it."
)
BROKEN = _("This picture is damaged or was cut short on the way. Upload it once more, or another copy.")


def validate_photo(upload):
    """Refuse a new upload that is too heavy, too large or no picture; not one pixel is decoded for it."""
    if not getattr(upload, "_committed", False):
        opened(upload)


def opened(upload):
    """The picture behind an upload, its header read and its limits checked, its pixels not yet decoded."""
    if getattr(upload, "disk_failed", False):
        raise ValidationError(DISK_FAILS, code="disk")
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    upload.seek(0)
    width, height = webp_size(upload.read(30))
    if width * height > MAX_WEBP_PIXELS:
        raise ValidationError(TOO_LARGE_WEBP, code="too_large")
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=ACCEPTED)
    except Image.DecompressionBombError:
        raise ValidationError(TOO_LARGE, code="too_large") from None
    except Exception:  # whatever a decoder makes of a hostile header, it is not a picture
        raise ValidationError(NOT_A_PICTURE, code="not_a_picture") from None
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(TOO_LARGE, code="too_large")
    return picture


def webp_size(head):
    """Width and height from a WebP file's first 30 bytes, (0, 0) for anything else.

    The WebP decoder sets aside memory for the whole canvas as soon as a file is opened, hence this look.
    """
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def read(upload):
    """The picture of an upload: upright, in sRGB, at most KEPT_SIDE on a side, without anything hidden in it.

    Raises ValidationError with a sentence for whoever uploaded it.
    """
    picture = opened(upload)
    try:
        with _decoding:
            return upright(picture)
    except Exception:  # decoders raise many kinds of errors on damaged files
        raise ValidationError(BROKEN, code="broken") from None


def upright(picture):
    """The decoded pixels, reduced first, then turned as the camera held it, colors as screens expect them."""
    icc, orientation = picture.info.get("icc_profile"), picture.getexif().get(0x0112)
    share = min(1, KEPT_SIDE / max(picture.size))
    picture.draft("RGB", (int(picture.width * share), int(picture.height * share)))
    picture.load()
    if picture.mode.startswith("I"):
        # Gray in sixteen bits; plain conversion would clip nearly all of it to white.
        picture = picture.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE), reducing_gap=2.0)
    picture = in_srgb(on_white(picture), icc)
    picture.getexif()[0x0112] = orientation or 1
    picture = ImageOps.exif_transpose(picture)
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    return clean


def on_white(picture):
    """The picture without transparency."""
    if picture.mode not in {"RGBA", "LA"}:
        return picture
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def in_srgb(picture, icc):
    """The picture in sRGB: a telephone's wider colors look dull without the profile that explains them."""
    if icc and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            profile, srgb = ImageCms.ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, profile, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile only costs exact colors
    return picture.convert("RGB")


def encoded(picture):
    """The files to keep of a picture that was read: {"": the picture itself, "-480.avif": …} as bytes."""
    files = {"": _bytes(picture, SAVED_AS["jpg"] | {"quality": 90})}
    for width in widths_of(picture.width):
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for kind, options in SAVED_AS.items():
            files[f"-{width}.{kind}"] = _bytes(scaled, options)
    return files


def _bytes(picture, options):
    target = BytesIO()
    picture.save(target, **options)
    return target.getvalue()


def widths_of(width):
    """The widths a picture is served in: those below its own, and its own up to the largest."""
    largest = min(width, WIDTHS[-1])
    return [*(step for step in WIDTHS if step < largest), largest]


class NotKept(Exception):
    """The disk did not take a photograph; what it had taken is gone again."""


def keep(field, instance, files):
    """Write a photograph and its web sizes for a model's field, under a name that nobody can guess.

    Returns the name for the field. All files or none: raises NotKept when the disk fails.
    """
    name = field.generate_filename(instance, f"{secrets.token_hex(12)}.jpg")
    try:
        for suffix, content in files.items():
            field.storage.save(_stem(name) + suffix if suffix else name, ContentFile(content))
    except OSError as error:
        remove(field.storage, name)
        raise NotKept from error
    return name


def remove(storage, name):
    """Delete a photograph with all its web sizes; files that are gone already do not matter."""
    folder, stem = str(PurePosixPath(name).parent), PurePosixPath(name).stem
    try:
        found = storage.listdir(folder)[1]
    except (FileNotFoundError, NotADirectoryError):
        return
    for file in found:
        if file == f"{stem}.jpg" or file.startswith(f"{stem}-"):
            storage.delete(f"{folder}/{file}")


def renditions(photo):
    """What a <picture> needs of a photograph: sources (AVIF, WebP), srcset, src, width, height, focus.

    Worked out from the stored width and the naming, so that a page reads no file.
    """
    width = getattr(photo.instance, photo.field.width_field) or WIDTHS[-1]
    widths, stem = widths_of(width), _stem(photo.name)

    def srcset(kind):
        return ", ".join(f"{photo.storage.url(f'{stem}-{step}.{kind}')} {step}w" for step in widths)

    return {
        "sources": [{"type": f"image/{kind}", "srcset": srcset(kind)} for kind in ("avif", "webp")],
        "srcset": srcset("jpg"),
        "src": photo.storage.url(f"{stem}-{widths[min(1, len(widths) - 1)]}.jpg"),
        "width": width,
        "height": getattr(photo.instance, photo.field.height_field),
        "focus": focus(photo.instance.photo_focus_x, photo.instance.photo_focus_y),
    }


def focus(x, y):
    """The classes that keep the focal point (in percent) in sight where a picture is cropped."""
    across = "focus-left" if x < 34 else "focus-right" if x > 66 else ""
    down = "focus-top" if y < 34 else "focus-bottom" if y > 66 else ""
    return " ".join(name for name in (across, down) if name)


def focus_share(percent, there, part):
    """Where a part of a length begins that keeps a point of it, in percent, as near its middle as it can."""
    return min(max(there * percent / 100 - part / 2, 0), there - part)


def _stem(name):
    return name.rpartition(".")[0]
