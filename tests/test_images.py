"""Photographs that staff upload: what is refused, what is kept, which sizes are made."""

import resource
import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.factories import make_village
from treks import images
from treks.models import Village


def picture_file(kind="JPEG", size=(2000, 1000), mode="RGB", name="photo.jpg", **options):
    """An upload of a drawn gradient."""
    target = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, kind, **options)
    return SimpleUploadedFile(name, target.getvalue())


def png_chunk(kind, data):
    """A chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flat_png(width, height):
    """A tiny file that says it holds so many pixels: one bit each, all black."""

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height, 9)
    content = (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")
    )
    return SimpleUploadedFile("bomb.png", content)


def with_gps(orientation):
    """A photograph that a telephone took lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (13.0, 8.0, 24.0)
    return picture_file(exif=exif.tobytes())


def kept(files):
    """The name under which the files of a village's photograph were written."""
    return images.keep(Village._meta.get_field("photo"), Village(), files)


def refusal(upload, check=images.read):
    """The sentence with which an upload is refused."""
    with pytest.raises(ValidationError) as refused:
        check(upload)
    return refused.value.messages


@pytest.mark.parametrize("kind", images.ACCEPTED)
def test_picture_is_judged_by_its_content(kind):
    read = images.read(picture_file(kind, name="whatever.txt"))

    assert (read.size, read.mode) == ((2000, 1000), "RGB")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(20),
    ],
)
def test_other_files_are_refused_whatever_they_are_called(content):
    upload = SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg")

    assert refusal(upload) == [str(images.NOT_A_PICTURE)]


def test_heavy_file_is_refused_unread():
    upload = SimpleUploadedFile("photo.jpg", bytes(images.MAX_BYTES + 1))

    assert refusal(upload) == [str(images.TOO_HEAVY)]


def test_bomb_is_refused_before_a_pixel_is_decoded():
    bomb = flat_png(9000, 9000)
    assert bomb.size < 20_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert refusal(bomb) == [str(images.TOO_LARGE)]
    assert refusal(bomb, images.validate_photo) == [str(images.TOO_LARGE)]

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000, f"{grown} KB"


def test_absurd_size_is_refused_like_a_large_one():
    assert refusal(flat_png(65000, 4000)) == [str(images.TOO_LARGE)]


@pytest.mark.parametrize("kind", ["VP8X", "VP8L", "VP8 "])
def test_large_webp_is_refused_before_its_canvas_is_set_aside(kind):
    side = 9000
    if kind == "VP8X":
        rest = bytes(4) + (side - 1).to_bytes(3, "little") * 2
    elif kind == "VP8L":
        rest = b"\x2f" + (side - 1 | side - 1 << 14).to_bytes(4, "little") + bytes(5)
    else:
        rest = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", side, side)
    upload = SimpleUploadedFile("a.webp", b"RIFF\0\0\0\0WEBP" + kind.encode() + bytes(4) + rest)

    assert refusal(upload) == [str(images.TOO_LARGE_WEBP)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_truncated_picture_is_refused(kind):
    whole = picture_file(kind).read()

    messages = refusal(SimpleUploadedFile("photo", whole[: len(whole) * 2 // 3]))

    assert messages in ([str(images.BROKEN)], [str(images.NOT_A_PICTURE)])


def test_picture_is_turned_upright_and_forgets_where_it_was_taken():
    read = images.read(with_gps(orientation=6))
    files = images.encoded(read)

    assert read.size == (1000, 2000)
    for content in files.values():
        kept = Image.open(BytesIO(content))
        assert not kept.getexif() and "exif" not in kept.info
        assert kept.width < kept.height


def test_large_picture_is_kept_smaller():
    read = images.read(picture_file(size=(7000, 4000)))

    assert max(read.size) == images.KEPT_SIDE


SECRETS = (b"xmpmeta", b"GPSLatitude", b"Photoshop 3.0", b"8BIM", b"Ollantaytambo", b"<script", b"PK\x03\x04")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="13,8.4S"/></x:xmpmeta>'


def segment(marker, content):
    """A segment of a JPEG file."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def telling_files():
    """The same photograph in every kind of file, each with a position, a place name and code hidden in it."""
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x12" + b"\x1c\x02\x5a\0\x0dOllantaytambo"
    whole = picture_file(comment=b"Ollantaytambo").read()
    hidden = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP) + segment(0xED, iptc)
    yield whole[:2] + hidden + whole[2:] + b"<script>alert(1)</script>PK\x03\x04"
    notes = PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    notes.add_text("Comment", "Ollantaytambo", zip=True)
    yield picture_file("PNG", pnginfo=notes).read() + b"<script>"
    yield picture_file("WEBP", xmp=XMP).read()
    yield picture_file("AVIF", xmp=XMP).read()


@pytest.mark.parametrize("content", [*telling_files()], ids=["jpeg", "png", "webp", "avif"])
def test_nothing_that_was_hidden_in_a_file_is_kept(content):
    assert any(secret in content for secret in SECRETS)

    files = images.encoded(images.read(SimpleUploadedFile("photo.jpg", content)))

    assert [secret for secret in SECRETS for kept in files.values() if secret in kept] == []


def test_png_that_says_it_holds_a_huge_chunk_is_refused():
    whole = picture_file("PNG").read()
    huge = whole[:33] + b"\x7f\xff\xff\xffzTXt" + whole[33:]
    blown = whole[:33] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000))) + whole[33:]

    for content in (huge, blown):
        messages = refusal(SimpleUploadedFile("photo.png", content))
        assert messages in ([str(images.BROKEN)], [str(images.NOT_A_PICTURE)])


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "PNG"])
def test_moving_picture_is_kept_as_its_first_frame(kind):
    frames = [Image.new("RGB", (300, 200), color) for color in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=200)

    read = images.read(SimpleUploadedFile("photo", target.getvalue()))

    red, _green, blue = read.getpixel((150, 100))
    assert red > 240 and blue < 15


def test_moving_gif_is_refused_as_no_photograph():
    frames = [Image.new("RGB", (300, 200), color) for color in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])

    assert refusal(SimpleUploadedFile("photo.jpg", target.getvalue())) == [str(images.NOT_A_PICTURE)]


def test_inks_of_a_printed_picture_become_the_colors_they_stand_for():
    target = BytesIO()
    Image.new("CMYK", (300, 200), (0, 255, 255, 0)).save(target, "JPEG", quality=95)

    read = images.read(SimpleUploadedFile("photo.jpg", target.getvalue()))

    red, green, blue = read.getpixel((150, 100))
    assert red > 230 and green < 40 and blue < 40


def test_sixteen_bits_a_pixel_keep_their_brightness():
    middle = Image.new("I;16", (300, 200), 128 * 257)
    target = BytesIO()
    middle.save(target, "PNG")

    read = images.read(SimpleUploadedFile("photo.png", target.getvalue()))

    assert read.getpixel((150, 100)) == (128, 128, 128)


def test_transparent_picture_stands_on_white():
    target = BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(target, "PNG")

    assert images.read(SimpleUploadedFile("a.png", target.getvalue())).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixels_becomes_plain_color(mode):
    read = images.read(picture_file("PNG", size=(900, 600), mode=mode, name="a.png"))

    assert (read.size, read.mode) == ((900, 600), "RGB")


def test_web_sizes_are_never_larger_than_the_picture():
    files = images.encoded(images.read(picture_file(size=(1000, 500))))

    assert sorted(files) == sorted(
        ["", *(f"-{w}.{k}" for w in (480, 800, 1000) for k in ("avif", "webp", "jpg"))]
    )
    for suffix, content in files.items():
        if suffix:
            width = int(suffix[1:].partition(".")[0])
            assert Image.open(BytesIO(content)).size == (width, width // 2)


def test_renditions_name_every_file_and_read_none(db, settings, tmp_path, django_assert_num_queries):
    settings.MEDIA_ROOT = tmp_path
    files = images.encoded(images.read(picture_file(size=(1700, 850))))
    village = make_village(photo_alt="A loom", photo_alt_en="A loom")
    village.photo = kept(files)
    village.save()
    village.refresh_from_db()

    with django_assert_num_queries(0):
        found = images.renditions(village.photo)

    named = [
        entry.split()[0]
        for text in (*(s["srcset"] for s in found["sources"]), found["srcset"])
        for entry in text.split(", ")
    ]
    assert (len(named), found["width"], found["height"]) == (9, 1700, 850)
    for url in [*named, found["src"]]:
        assert (tmp_path / url.removeprefix("/media/")).exists()


def test_removing_takes_every_size_and_nothing_else(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = images.encoded(images.read(picture_file()))
    villages = [make_village(photo=kept(files), photo_alt="A loom", photo_alt_en="A loom") for _ in "ab"]

    images.remove(villages[0].photo.storage, villages[0].photo.name)
    images.remove(villages[0].photo.storage, villages[0].photo.name)

    stem = villages[1].photo.name.rpartition("/")[2].removesuffix(".jpg")
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) == len(files)
    assert all(name.startswith(stem) for name in left)


@pytest.mark.parametrize(
    ("x", "y", "classes"), [(50, 50, ""), (10, 50, "focus-left"), (90, 90, "focus-right focus-bottom")]
)
def test_focal_point_becomes_classes_because_no_style_may_stand_in_a_page(x, y, classes):
    assert images.focus(x, y) == classes
