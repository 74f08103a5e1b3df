"""目录, 表目录 and 主题索引 on pages: what they name stands where they say."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from editorial.model.book import Book, Part, numbered
from editorial.model.document import Entry, Table
from editorial.render.pdf.book import book_pdf
from tests.render.books import book, cell, faces, prose, runs, style_of

TITLES = ("安全生产", "北部通道", "长堤改造", "地铁延伸", "二期工程", "防洪", "港口", "海岸")
STEMS = "甲乙丙丁戊己庚辛壬癸"


def titled(number: int) -> str:
    return f"{TITLES[number % len(TITLES)]}{STEMS[number // len(TITLES)]}"


def whole() -> Book:
    """Two 篇目 of four 分目, each of ten entries and a table."""
    parts: list[Part] = []
    for chapter in range(2):
        parts.append(Part(id=f"c{chapter}", level=1, title=f"第{chapter}篇"))
        for section in range(4):
            first = 10 * (4 * chapter + section)
            blocks = [
                Entry(title=titled(n), runs=runs(prose(2 + n % 5)))
                for n in range(first, first + 10)
            ]
            rows = ((cell("项目"), cell("数")), (cell("甲"), cell("1.5")))
            table = Table(title=f"统计表{chapter}{section}", rows=rows)
            name = f"分目{chapter}{section}"
            parts.append(
                Part(id=f"c{chapter}/{section}", level=2, title=name, blocks=(*blocks, table))
            )
    return replace(book(*parts), numbers=numbered(tuple(parts)))


@pytest.fixture(scope="module")
def data() -> bytes:
    return book_pdf(whole(), style_of("final"), faces()).data


@pytest.fixture(scope="module")
def halves(data: bytes) -> dict[str, str]:
    """Text of the left and right half of each page by its locator: 12a, 12b."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return {
            f"{number}{letter}": "".join(page.crop(box).extract_text().split())
            for number, page in enumerate(pdf.pages, 1)
            for letter, box in (
                ("a", (0, 0, page.width / 2 + 4, page.height)),
                ("b", (page.width / 2 + 4, 0, page.width, page.height)),
            )
        }


def test_contents_in_columns_name_the_pages(halves: dict[str, str]) -> None:
    listed = {
        title: int(page)
        for place in ("3a", "3b")
        for title, page in re.findall(r"(分目\d\d)\D*?(\d+)", halves[place])
    }
    stand = {
        title: int(place[:-1])
        for place, text in halves.items()
        for title in re.findall(r"(分目\d\d)【", text)
    }
    assert len(listed) == 8
    assert listed == stand


@pytest.fixture(scope="module")
def streams(data: bytes) -> list[str]:
    """Text of each page in the order it is written, column by column."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return ["".join(char["text"] for char in page.chars) for page in pdf.pages]


def test_list_of_tables_names_the_pages(streams: list[str]) -> None:
    lists = next(text for text in streams if "表目录" in text)
    listed = {
        title: int(page)
        for title, page in re.findall(r"表\d-\d(统计表\d\d) *?(\d+?)(?=表)", f"{lists}表")
    }
    stand = {
        title: number
        for number, text in enumerate(streams, 1)
        for title in re.findall(r"表\d-\d　?(统计表\d\d)项目", text)
    }
    assert len(listed) == 8
    assert listed == stand


def test_index_names_page_and_column_of_every_entry(
    halves: dict[str, str], streams: list[str]
) -> None:
    index = "".join(text for text in streams[streams.index(_begin(streams)) :])
    listed = dict(re.findall(rf"([一-鿿]{{2,4}}[{STEMS}])(\d+[ab])", index))
    stand = {
        title: place for place, text in halves.items() for title in re.findall(r"【(.+?)】", text)
    }
    assert len(stand) == 80
    assert {title: listed.get(title) for title in stand} == stand


def _begin(streams: list[str]) -> str:
    return next(text for text in streams if re.search("主题索引数字|主题索引.{0,9}A安全", text))


def test_lines_of_contents_lead_where_they_say(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [numbers[link.Dest[0].objgen] for link in pdf.pages[2].Annots]
    assert links[:10] == sorted(links[:10])
    assert len(links) == 11


def test_every_locator_of_an_entry_leads_to_its_own_page() -> None:
    again = [Entry(title="共同题目", runs=runs(prose(60))) for _ in range(3)]
    parts = (
        Part(id="c", level=1, title="篇目"),
        *(Part(id=f"c/{n}", level=2, title=f"分目{n}", blocks=(e,)) for n, e in enumerate(again)),
    )
    made = book_pdf(book(*parts), style_of("final"), faces()).data
    with pikepdf.open(BytesIO(made)) as pdf, pdfplumber.open(BytesIO(made)) as read:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        told = []
        for page, seen in zip(pdf.pages, read.pages, strict=True):
            for link in page.get("/Annots", ()):
                left, bottom, right, top = (float(side) for side in link.Rect)
                if right - left > 40 or "/Dest" not in link:
                    continue
                box = (left - 0.5, seen.height - top, right + 0.5, seen.height - bottom)
                text = "".join(seen.crop(box).extract_text().split()).strip("、")
                told.append((text.rstrip("ab"), str(numbers[link.Dest[0].objgen])))
    assert len(told) == 3
    assert all(said == led for said, led in told), told
