"""Figures in a finished draft: numbered, titled, once in the file, framed when missing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image

from editorial.model.book import Printed
from editorial.model.document import Figure
from editorial.model.style import DraftStyle, Heads
from editorial.render.fonts import FontTable
from editorial.render.pdf.book import book_pdf
from tests.render.books import faces, pages_with, section, style_of


@pytest.fixture(scope="module")
def style() -> DraftStyle:
    plain = replace(style_of("review"), line_numbers=0, opinion_form=False)
    return replace(plain, heads=Heads())


@pytest.fixture(scope="module")
def table() -> FontTable:
    return faces()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.linear_gradient("L").resize((640, 400)).save(path)
    return path


def images_in(printed: Printed) -> int:
    with pikepdf.open(BytesIO(printed.data)) as pdf:
        objects = [
            thing
            for page in pdf.pages
            for thing in page.Resources.get("/XObject", pikepdf.Dictionary()).values()
        ]
        return len({thing.objgen for thing in objects if thing.Subtype == "/Image"})


def test_figure_has_number_title_and_credit(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="a.png", title="示例大桥", credit="某某　摄")
    printed = book_pdf(section(figure, images={"a.png": picture}), style, table)
    assert pages_with(printed, "图1-1示例大桥（某某摄）") == [4]
    assert images_in(printed) == 1


@pytest.mark.parametrize("credit", ["示例 摄", "示例　摄", "示例  摄"])
def test_credit_is_in_the_face_of_notes_an_em_before_what_was_done(
    credit: str, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="缺.png", title="示例大桥", credit=credit)
    data = book_pdf(section(figure), style, table).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = [char for char in pdf.pages[3].chars if char["size"] == 9]
    text = "".join(char["text"] for char in chars)
    title, told = (
        chars[text.index(words) : text.index(words) + len(words)]
        for words in ("示例大桥", "（示例　摄）")
    )
    assert {char["fontname"] for char in title}.isdisjoint(char["fontname"] for char in told)
    assert len({char["fontname"] for char in told}) == 1
    assert told[4]["x0"] - told[2]["x1"] == pytest.approx(9, abs=0.1)


def test_picture_used_twice_is_in_the_file_once(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    copy = picture.with_name("b.png")
    copy.write_bytes(picture.read_bytes())
    figures = tuple(Figure(src=name) for name in ("a.png", "b.png", "a.png"))
    printed = book_pdf(section(*figures, images={"a.png": picture, "b.png": copy}), style, table)
    assert images_in(printed) == 1


def test_missing_picture_is_named_in_a_frame(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(section(Figure(src="figures/缺.png", title="某图")), style, table)
    assert pages_with(printed, "【缺图：缺.png】图1-1某图") == [4]


def test_broken_picture_is_named_in_a_frame(
    tmp_path: Path, style: DraftStyle, table: FontTable
) -> None:
    broken = tmp_path / "b.jpg"
    Image.effect_noise((800, 600), 60).save(broken, quality=90)
    broken.write_bytes(broken.read_bytes()[:5000])
    printed = book_pdf(section(Figure(src="b.jpg"), images={"b.jpg": broken}), style, table)
    assert pages_with(printed, "【图片无法读取：b.jpg】") == [4]
