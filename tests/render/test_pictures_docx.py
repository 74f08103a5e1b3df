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
from editorial.model.document import Figure, Paragraph, Run
from editorial.render.docx.book import book_docx
from editorial.render.docx.sections import page_of
from tests.render.books import section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, files, tree
from tests.render.word_books import W

SIZE = (1200, 800)
W_RIGHT = (f"{W}xAlign", "right")


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


def extents(found: Printed) -> list[tuple[int, int]]:
    sizes = tree(found.data).iter("{*}extent")
    return [(int(each.get("cx")), int(each.get("cy"))) for each in sizes]


def test_picture_is_as_wide_as_is_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path, scene(), "a.png")
    value = section(Figure(src="a.png", title="示例", width=30), images={"a.png": path})
    found = book_docx(value, style_of("review"), FONTS)
    assert extents(found) == [(30 * 36_000, 20 * 36_000)]
    assert not found.findings


def test_pictures_of_a_row_stand_in_one_table_row(tmp_path: Path) -> None:
    images = {
        "a.png": saved(tmp_path, scene(), "a.png"),
        "b.png": saved(tmp_path, scene().rotate(90, expand=True), "b.png"),
    }
    row = (
        Figure(id="a", src="a.png", title="甲"),
        Figure(id="b", src="b.png", title="乙", beside=True),
        Figure(src="c.png", title="丙", beside=True, unnumbered=True),
    )
    found = book_docx(section(*row, images=images), style_of("review"), FONTS)
    (one, two) = extents(found)
    assert one[1] == pytest.approx(two[1], abs=2)
    (table,) = [
        each for each in tree(found.data).iter("{*}tbl") if each.find(".//{*}drawing") is not None
    ]
    cells = ["".join(map(str, cell.itertext("{*}t"))) for cell in table.iter("{*}tc")]
    assert cells == ["图1-1　甲", "图1-2　乙", "【缺图：c.png】丙"]
    looks = [each.get(f"{W}val") for each in table.iter("{*}pStyle")]
    assert looks == ["Picture", "FigureTitle"] * 2 + ["Picture", "FigureTitleLoose"]
    assert not docx_faults(found.data)


@pytest.mark.parametrize(("height", "wide"), [(800, True), (2400, False)])
def test_a_low_row_goes_across_the_columns(tmp_path: Path, height: int, *, wide: bool) -> None:
    path = saved(tmp_path, scene().resize((1200, height)), "a.png")
    row = (Figure(src="a.png", title="甲"), Figure(src="a.png", title="乙", beside=True))
    found = book_docx(section(*row, images={"a.png": path}), style_of("final"), FONTS)
    page = page_of(style_of("final"))
    assert (sum(width for width, _ in extents(found)) > page.measure * 635) is wide


def framed(style: str, tmp_path: Path, *texts: str) -> tuple[Printed, list[str]]:
    """A draft with a portrait, and the styles of the paragraphs that stand in a frame."""
    path = saved(tmp_path, scene(), "a.png")
    portrait = Figure(src="a.png", title="张示例", aside=True, unnumbered=True)
    blocks = [Paragraph(runs=(Run(text=text),)) for text in texts]
    value = section(portrait, *blocks, images={"a.png": path})
    found = book_docx(value, style_of(style), FONTS)
    frames = [each for each in tree(found.data).iter(f"{W}framePr") if W_RIGHT in each.items()]
    looks = [each.getparent().find(f"{W}pStyle") for each in frames]
    return found, [str(look.get(f"{W}val")) for look in looks if look is not None]


def test_text_runs_round_a_portrait_in_one_column(tmp_path: Path) -> None:
    found, looks = framed("review", tmp_path, "短的示例。", "后一段。")
    assert looks == ["Picture", "FigureTitleLoose"]
    assert extents(found)[0][0] == 25 * 36_000
    assert not docx_faults(found.data)
    paragraphs = {"".join(map(str, p.itertext(f"{W}t"))): p for p in tree(found.data).iter(f"{W}p")}
    kept, after = paragraphs["短的示例。"], paragraphs["后一段。"]
    assert kept.find(f"{W}pPr/{W}keepLines") is not None
    assert kept.find(f"{W}pPr/{W}keepNext") is not None
    assert after.find(f"{W}pPr/{W}keepLines") is None


def test_a_portrait_stands_above_text_in_columns(tmp_path: Path) -> None:
    found, looks = framed("final", tmp_path, "示例。")
    assert not looks
    assert extents(found)[0][0] == 25 * 36_000
