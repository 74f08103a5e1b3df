"""Pictures of every kind a camera, scanner or office program makes, sound and spoilt."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image as Pillow
from PIL import ImageChops

from editorial.render.pdf.image_files import read_image
from editorial.render.pdf.images import Image
from editorial.render.raster import LFS_POINTER, PHONE_PHOTO, unreadable

SIZE = (120, 80)
WIDEST = 360.0


def scene(mode: str = "RGB") -> Pillow.Image:
    """A sky, a field and a sun, in colours that JPEG keeps."""
    picture = Pillow.new("RGB", SIZE, (90, 150, 210))
    picture.paste((60, 140, 50), (0, 48, 120, 80))
    picture.paste((240, 200, 40), (80, 8, 104, 32))
    return picture.convert(mode)


def saved(folder: Path, picture: Pillow.Image, name: str, **how: Any) -> Path:
    path = folder / name
    picture.save(path, **how)
    return path


def shown(image: Image) -> Pillow.Image:
    """What a reader of the PDF sees."""
    pdf = pikepdf.new()
    stream = pdf.make_stream(image.data)
    entries: Any = pikepdf.Object.parse(f"<</Subtype/Image{image.entries}>>".encode())
    for key, value in entries.items():
        stream[key] = value
    return pikepdf.PdfImage(stream).as_pil_image().convert("RGB")


def read(path: Path) -> Image:
    image = read_image(path, WIDEST)
    assert image
    return image


def furthest(one: Pillow.Image, other: Pillow.Image) -> int:
    """The greatest difference of any colour of any pixel, away from edges JPEG blurs."""
    spots = [(20, 20), (60, 70), (92, 20)]
    return max(
        abs(a - b)
        for spot in spots
        for a, b in zip(one.getpixel(spot), other.getpixel(spot), strict=True)
    )


@pytest.mark.parametrize(
    ("mode", "name", "how"),
    [
        ("RGB", "a.jpg", {"quality": 95}),
        ("RGB", "a.jpg", {"quality": 95, "progressive": True}),
        ("RGB", "a.png", {}),
        ("RGBA", "a.png", {}),
        ("P", "a.png", {}),
        ("RGB", "a.bmp", {}),
        ("RGB", "a.tif", {"compression": "tiff_lzw"}),
        ("P", "a.gif", {}),
        ("RGB", "a.webp", {"lossless": True}),
        ("CMYK", "a.jpg", {"quality": 95}),
        ("CMYK", "a.tif", {}),
    ],
    ids=lambda value: str(value),
)
def test_every_kind_shows_its_colours(
    tmp_path: Path, mode: str, name: str, how: dict[str, object]
) -> None:
    picture = scene(mode)
    image = read(saved(tmp_path, picture, name, **how))
    assert furthest(shown(image), picture.convert("RGB")) <= 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "I", "F"])
def test_every_kind_of_grey_shows_its_levels(tmp_path: Path, mode: str) -> None:
    levels = np.tile(np.linspace(0, 65535, SIZE[0]), (SIZE[1], 1))
    if mode == "I;16":
        picture = Pillow.fromarray(levels.astype(np.uint16))
    elif mode in ("I", "F"):
        picture = Pillow.fromarray(levels.astype(np.int32 if mode == "I" else np.float32))
    else:
        picture = Pillow.fromarray((levels / 257).astype(np.uint8)).convert(mode)
    image = read(saved(tmp_path, picture, "a.tif" if mode in ("I", "F") else "a.png"))
    grey = np.asarray(shown(image).convert("L")).astype(float)
    thirds = (grey[:, :6], grey[:, 54:66], grey[:, -6:])
    assert [round(part.mean() / 32) for part in thirds] == [0, 4, 8]


def test_see_through_pictures_lie_on_white_paper(tmp_path: Path) -> None:
    picture = Pillow.new("RGBA", SIZE, (0, 0, 0, 0))
    assert shown(read(saved(tmp_path, picture, "a.png"))).getpixel((5, 5)) == (255, 255, 255)


def test_palette_picture_goes_in_as_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path, scene().quantize(16), "a.png")
    image = read(path)
    assert (image.data in path.read_bytes(), image.bits) == (True, 2)


def test_equal_samples_in_other_colours_or_another_size_are_other_pictures(tmp_path: Path) -> None:
    """A book holds each picture once, by its key: a red chart must not be shown as a blue one."""
    chart = Pillow.new("P", SIZE, 1)
    charts = []
    for name, colours in (("red", [0, 0, 0, 200, 0, 0]), ("blue", [0, 0, 0, 0, 0, 200])):
        chart.putpalette(colours)
        charts.append(read(saved(tmp_path, chart, f"{name}.png")))
    assert charts[0].data == charts[1].data
    assert charts[0].key != charts[1].key
    wide, tall = (
        read(saved(tmp_path, Pillow.new("L", size, 255), f"{size[0]}.bmp"))
        for size in ((60, 30), (30, 60))
    )
    assert wide.data == tall.data
    assert wide.key != tall.key


def test_photograph_goes_in_without_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "示例相机"
    path = saved(tmp_path, scene(), "a.jpg", quality=90, exif=exif, comment=b"secret")
    image = read(path)
    with Pillow.open(path) as before:
        same = ImageChops.difference(Pillow.open(BytesIO(image.data)), before).getbbox()
    assert (same, b"Exif" in image.data, b"secret" in image.data) == (None, False, False)


def test_photograph_saved_as_png_becomes_jpeg(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (700, 900, 3), dtype=np.uint8)
    path = saved(tmp_path, Pillow.fromarray(noise), "a.png")
    image = read(path)
    assert (image.jpeg, len(image.data) < path.stat().st_size / 2) == (True, True)


def test_sideways_photograph_stands_upright(tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = read(saved(tmp_path, scene(), "a.jpg", exif=exif))
    assert (image.natural, image.pixels) == ((80, 120), (80, 120))


@pytest.mark.parametrize("size", [(6000, 4000), (500, 16000)])
def test_picture_is_no_finer_than_paper_shows(tmp_path: Path, size: tuple[int, int]) -> None:
    image = read(saved(tmp_path, Pillow.new("RGB", size, "teal"), "a.jpg"))
    most = WIDEST / 72 * 300
    assert (image.natural, image.pixels[0] <= 1.5 * most, image.pixels[1] <= 3 * most) == (
        size,
        True,
        True,
    )


def test_ink_of_other_programs_is_not_inverted(tmp_path: Path) -> None:
    """Without Adobe's mark the four inks of a JPEG are stored as they are."""
    path = saved(tmp_path, ImageChops.invert(Pillow.new("CMYK", SIZE)), "a.jpg")
    data = path.read_bytes()
    at = data.index(b"\xff\xee")
    (length,) = struct.unpack_from(">H", data, at + 2)
    path.write_bytes(data[:at] + data[at + 2 + length :])
    assert min(shown(read(path)).getpixel((5, 5))) > 250


def test_conversion_of_ink_is_told(tmp_path: Path) -> None:
    assert read(saved(tmp_path, scene("CMYK"), "a.jpg")).converted == "CMYK"


# Spoilt


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def rotten(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(40) + data[middle + 40 :]


@pytest.mark.parametrize("spoil", [cut, rotten])
@pytest.mark.parametrize("mode", ["RGB", "P", "L"])
def test_damaged_png_is_not_shown(
    tmp_path: Path, mode: str, spoil: Callable[[bytes], bytes]
) -> None:
    noise = Pillow.effect_noise((300, 200), 60).convert(mode)
    path = saved(tmp_path, noise, "a.png")
    path.write_bytes(spoil(path.read_bytes()))
    assert (read_image(path, WIDEST), unreadable(path)) == (None, "图片损坏")


def test_photograph_cut_short_is_not_shown(tmp_path: Path) -> None:
    path = saved(tmp_path, Pillow.effect_noise((300, 200), 60), "a.jpg")
    path.write_bytes(cut(path.read_bytes()))
    assert (read_image(path, WIDEST), unreadable(path)) == (None, "图片损坏")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("huge.png", bomb(40_000), "图片像素太多"),
        ("large.png", bomb(9_000), "图片像素太多"),
        ("short.png", bomb(500), "图片损坏"),
        ("empty.jpg", b"", "文件不是图片"),
        ("text.jpg", "这不是图片".encode(), "文件不是图片"),
        ("pointer.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", LFS_POINTER),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", PHONE_PHOTO),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert (read_image(path, WIDEST), unreadable(path)) == (None, reason)


def test_missing_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "无.png"
    assert (read_image(path, WIDEST), unreadable(path)) == (None, "文件不存在")
