"""Pictures in Word: kept as they are where Word can show them, else converted, or reported."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from editorial.model.book import Printed
from editorial.model.document import Figure
from editorial.render.docx.book import book_docx
from tests.render.books import section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, files, tree

SIZE = (1200, 800)


def scene(mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", SIZE, (90, 150, 210))
    picture.paste((60, 140, 50), (0, 480, 1200, 800))
    return picture.convert(mode)


def photo() -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    return Image.fromarray(noise)


def saved(folder: Path, picture: Image.Image, name: str, **how: Any) -> Path:
    path = folder / name
    picture.save(path, **how)
    return path


def printed(path: Path, *titles: str) -> Printed:
    figures = tuple(Figure(src=path.name, title=title) for title in titles or ("示例",))
    value = section(*figures, images={path.name: path})
    return book_docx(value, style_of("review"), FONTS)


def media(found: Printed) -> dict[str, bytes]:
    parts = files(found.data)
    return {
        name.removeprefix("word/media/"): data for name, data in parts.items() if "media" in name
    }


def codes(found: Printed) -> list[str]:
    return [each.code for each in found.findings]


@pytest.mark.parametrize(
    ("name", "picture", "kind"),
    [
        ("a.webp", scene(), "png"),
        ("a.tiff", scene(), "png"),
        ("a.bmp", scene(), "png"),
        ("a.ppm", photo(), "jpeg"),
        ("a.tif", photo(), "jpeg"),
    ],
)
def test_kinds_word_does_not_know_are_converted(
    tmp_path: Path, name: str, picture: Image.Image, kind: str
) -> None:
    found = printed(saved(tmp_path, picture, name))
    ((stored, data),) = media(found).items()
    with Image.open(io.BytesIO(data)) as shown:
        assert (stored, shown.format) == (f"image1.{kind}", kind.upper())
    assert (codes(found), docx_faults(found.data)) == ([], [])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_png_is_kept_as_it_is(tmp_path: Path, mode: str) -> None:
    path = saved(tmp_path, scene(mode), "a.png")
    assert media(printed(path)) == {"image1.png": path.read_bytes()}


def test_jpeg_is_kept_but_for_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "示例相机".encode().decode("latin-1")
    path = saved(tmp_path, scene(), "a.jpg", exif=exif)
    (data,) = media(printed(path)).values()
    assert (b"Exif" in data, data[-2000:]) == (False, path.read_bytes()[-2000:])


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    grey = Image.fromarray(np.linspace(0, 65535, 1200 * 800, dtype=np.uint16).reshape(800, 1200))
    (data,) = media(printed(saved(tmp_path, grey, "a.png"))).values()
    with Image.open(io.BytesIO(data)) as shown:
        assert shown.mode == "L"


def test_colours_of_paper_become_rgb_and_are_reported(tmp_path: Path) -> None:
    found = printed(saved(tmp_path, scene("CMYK"), "a.jpg"))
    (data,) = media(found).values()
    with Image.open(io.BytesIO(data)) as shown:
        assert (shown.mode, codes(found)) == ("RGB", ["L06"])


def test_picture_with_too_few_dots_is_reported(tmp_path: Path) -> None:
    found = printed(saved(tmp_path, scene().resize((120, 80)), "a.png"))
    assert codes(found) == ["L07"]


def bomb() -> bytes:
    """A PNG of a hundred thousand dots square."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "文件不是图片"),
        ("a.png", b"", "文件不是图片"),
        ("a.png", bomb(), "图片像素太多"),
    ],
)
def test_unreadable_picture_is_said_and_reported(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = printed(path)
    words = "".join(tree(found.data).itertext())
    assert (f"【图片无法读取：{name}】" in words, codes(found)) == (True, ["L05"])
    assert f"（{why}）" in found.findings[0].message


def test_spoilt_picture_is_reported(tmp_path: Path) -> None:
    path = saved(tmp_path, photo(), "a.png")
    path.write_bytes(path.read_bytes()[:5000])
    assert codes(printed(path)) == ["L05"]


def test_picture_without_a_title_is_told_by_its_number(tmp_path: Path) -> None:
    found = tree(printed(saved(tmp_path, scene(), "a.png"), "").data).iter("{*}docPr")
    assert [each.get("descr") for each in found] == ["图1-1"]


def test_open_points_of_a_title_are_not_told_to_readers_outside(tmp_path: Path) -> None:
    path = saved(tmp_path, scene(), "a.png")
    value = section(Figure(src="a.png", title="走廊【存疑：年份】"), images={"a.png": path})
    data = book_docx(value, style_of("consult"), FONTS).data
    assert [each.get("descr") for each in tree(data).iter("{*}docPr")] == ["走廊"]


def test_caption_stays_with_its_picture(tmp_path: Path) -> None:
    document = tree(printed(saved(tmp_path, scene(), "a.png")).data)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    (shown,) = [each for each in document.iter(f"{w}p") if each.find(".//{*}drawing") is not None]
    assert shown.find(f"{w}pPr/{w}keepNext") is not None
