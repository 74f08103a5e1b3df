"""目录, 表目录 and 主题索引 on pages: what they name stands where they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pdfplumber
import pikepdf
import pytest

from editorial.desk.toc_check import toc_check
from editorial.model.book import Book, Part, numbered
from editorial.model.document import Block, Entry, Heading, Table
from editorial.model.numerals import roman
from editorial.model.style import DraftStyle
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.contents import _items
from editorial.render.pdf.front import front_matter
from editorial.render.pdf.items import PagesOf
from editorial.render.pdf.tags import Tags
from editorial.render.pdf.work import begin
from tests.render.books import book, cell, faces, laid, prose, runs, section, style_of, texts

TITLES = ("安全生产", "北部通道", "长堤改造", "地铁延伸", "二期工程", "防洪", "港口", "海岸")
STEMS = "甲乙丙丁戊己庚辛壬癸"


def titled(number: int) -> str:
    return f"{TITLES[number % len(TITLES)]}{STEMS[number // len(TITLES)]}"


def whole() -> Book:
    """Two 篇目 of four 分目, each of ten entries and a table."""
    parts: list[Part] = []
    for chapter in range(2):
        parts.append(Part(id=f"c{chapter}", level=1, title=f"第{chapter}篇"))
        for place in range(4):
            first = 10 * (4 * chapter + place)
            blocks = [
                Entry(title=titled(n), runs=runs(prose(2 + n % 5)))
                for n in range(first, first + 10)
            ]
            rows = ((cell("项目"), cell("数")), (cell("甲"), cell("1.5")))
            table = Table(title=f"统计表{chapter}{place}", rows=rows)
            name = f"分目{chapter}{place}"
            parts.append(
                Part(id=f"c{chapter}/{place}", level=2, title=name, blocks=(*blocks, table))
            )
    return replace(book(*parts), numbers=numbered(tuple(parts)))


def labels(data: bytes) -> list[str]:
    """The numbers of the pages: i, ii, 1, 2."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [page.label for page in pdf.pages]


@pytest.fixture(scope="module")
def data() -> bytes:
    return book_pdf(whole(), style_of("final"), faces()).data


@pytest.fixture(scope="module")
def halves(data: bytes) -> dict[str, str]:
    """Text of the left and right half of each page by its locator: 12a, 12b."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return {
            f"{number}{letter}": "".join(page.crop(box).extract_text().split())
            for number, page in zip(labels(data), pdf.pages, strict=True)
            for letter, box in (
                ("a", (0, 0, page.width / 2 + 4, page.height)),
                ("b", (page.width / 2 + 4, 0, page.width, page.height)),
            )
        }


def test_contents_in_columns_name_the_pages(halves: dict[str, str]) -> None:
    listed = {
        title: int(page)
        for place in ("iiia", "iiib")
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


def test_list_of_tables_names_the_pages(data: bytes, streams: list[str]) -> None:
    lists = next(text for text in streams if "表目录" in text)
    listed = dict(re.findall(r"表\d-\d(统计表\d\d) *?(\d+?)(?=表)", f"{lists}表"))
    stand = {
        title: number
        for number, text in zip(labels(data), streams, strict=True)
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


def test_the_text_begins_with_page_one_on_the_right(data: bytes, streams: list[str]) -> None:
    """Pages before it show i, ii, iii, which are those of the file too."""
    shown = labels(data)
    front = shown.index("1")
    assert front % 2 == 0
    assert shown[:front] == [roman(page) for page in range(1, front + 1)]
    assert shown[front:] == [str(page) for page in range(1, len(shown) - front + 1)]
    contents = next(place for place, text in enumerate(streams) if "目　录" in text)
    assert shown[contents] in streams[contents]
    first = next(place for place, text in enumerate(streams) if "分目00【" in text)
    assert first == front + 1


def test_where_all_pages_count_together_the_file_has_no_numbers_of_its_own() -> None:
    style = replace(style_of("final"), text_from_one=False)
    with pikepdf.open(BytesIO(book_pdf(whole(), style, faces()).data)) as pdf:
        assert "/PageLabels" not in pdf.Root


def test_the_text_begins_on_the_right_though_no_chapter_has_to() -> None:
    style = replace(style_of("final"), recto=False, dividers=False, lists=False)
    for each in (style, replace(style, contents=False)):
        first = dict(book_pdf(whole(), each, faces()).starts)["c0"]
        together = dict(book_pdf(whole(), replace(each, text_from_one=False), faces()).starts)["c0"]
        assert first == together + (together + 1) % 2


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
        numbers = {page.objgen: page.label for page in pdf.pages}
        told = []
        for page, seen in zip(pdf.pages, read.pages, strict=True):
            for link in page.get("/Annots", ()):
                left, bottom, right, top = (float(side) for side in link.Rect)
                if right - left > 40 or "/Dest" not in link:
                    continue
                box = (left - 0.5, seen.height - top, right + 0.5, seen.height - bottom)
                text = "".join(seen.crop(box).extract_text().split()).strip("、")
                told.append((text.rstrip("ab"), numbers[link.Dest[0].objgen]))
    assert len(told) == 3
    assert all(said == led for said, led in told), told


# How they look


def sections(counts: Sequence[int]) -> Book:
    """A 篇目 for each of `counts`, of so many 分目 without text."""
    parts: list[Part] = []
    for chapter, count in enumerate(counts):
        parts.append(Part(id=f"c{chapter}", level=1, title=f"第{chapter}类目"))
        parts += [Part(id=f"c{chapter}/{n}", level=2, title=f"分目{n}") for n in range(count)]
    return book(*parts)


def contents_of(made: Book, style: DraftStyle) -> list[list[list[str]]]:
    """The titles of the contents by page and column."""
    work = begin(made, style, faces())
    (flow,) = front_matter(work)
    lefts = work.frame.columns.lefts
    told: list[list[list[str]]] = []
    for page in flow.pages[2:]:
        columns: list[list[str]] = [[] for _ in lefts]
        for each in texts(page.items, flow):
            if each.role == "Link":
                columns[sum(each.x >= left - 1 for left in lefts) - 1].append(each.text)
        told.append(columns)
    return told


@pytest.mark.parametrize("seed", range(12))
def test_no_line_of_contents_stands_alone(seed: int) -> None:
    luck = Random(seed)
    made = sections([luck.randint(0, 9) for _ in range(26)])
    columns = [c for page in contents_of(made, style_of("final")) for c in page if c]
    assert len(columns) > 2
    for column, after in pairwise(columns):
        assert column[-1].startswith("分目") or not after[0].startswith("分目")
        if after[0].startswith("分目"):
            assert column[-2].startswith("分目"), column
            assert len(after) == 1 or after[1].startswith("分目"), after


def tables(count: int) -> Book:
    row = ((cell("项目"), cell("数")), (cell("甲"), cell("1.5")))
    blocks = tuple(Table(title=f"统计表{n}", rows=row) for n in range(count))
    parts = (Part(id="c", level=1, title="篇"), Part(id="c/s", level=2, title="目", blocks=blocks))
    return replace(book(*parts), numbers=numbered(parts))


@pytest.mark.parametrize(("count", "spread"), [(35, [35]), (41, [41]), (42, [42]), (60, [40, 20])])
def test_a_list_is_set_closer_rather_than_run_over_by_a_few_lines(
    count: int, spread: list[int]
) -> None:
    style = replace(style_of("final"), contents=False)
    (flow,) = front_matter(begin(tables(count), style, faces()))
    told = [
        sum(each.text.startswith("统计表") for each in texts(page.items, flow))
        for page in flow.pages[2:]
    ]
    assert told == spread


def test_leaders_of_a_list_end_at_one_place(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        contents, listed, index = (ends(pdf.pages[n]) for n in (2, 3, len(pdf.pages) - 2))
    assert len(contents) == 2
    assert len(listed) == 1
    assert len(index) in (2, 3)


def ends(page: pdfplumber.page.Page) -> set[float]:
    """Where rows of dots end."""
    return {round(line["x1"], 1) for line in page.lines if 0.8 < line["linewidth"] < 1}


def test_entries_are_smaller_in_contents_than_their_sections() -> None:
    made = book_pdf(whole(), style_of("booklet"), faces()).data
    with pdfplumber.open(BytesIO(made)) as pdf:
        chars = pdf.pages[2].chars
    sizes = {
        sign: {char["size"] for char in chars if char["text"] == sign} for sign in ("目", "防")
    }
    assert max(sizes["防"]) < max(sizes["目"] - {18.0})


def head(title: str, level: int = 1) -> Heading:
    return Heading(level=level, runs=runs(title))


def told(*titles: str) -> tuple[Entry, ...]:
    return tuple(Entry(title=title, runs=runs(prose(2))) for title in titles)


def rows_of(made: Book, style: DraftStyle, page: int = 2) -> dict[str, tuple[float, float]]:
    """The lines of a page in one column, without their numbers: where each begins, its size."""
    with pdfplumber.open(BytesIO(book_pdf(made, style, faces()).data)) as pdf:
        lines = pdf.pages[page].extract_text_lines()
    return {
        line["text"].split()[0]: (line["x0"], line["chars"][0]["size"])
        for line in lines
        if line["chars"][0]["size"] < 18
    }


def test_a_title_stands_in_by_its_level_and_an_entry_under_its_heading() -> None:
    blocks = (
        *told("概况"),
        head("作品"),
        head("旧体诗", 2),
        *told("选登"),
        head("书"),
        *told("目"),
    )
    rows = rows_of(section(*blocks), style_of("booklet"))
    edge, em = rows["科技创新"][0], 10.5
    indents = {title: round((x - edge) / em) for title, (x, _) in rows.items()}
    assert [
        indents[each] for each in ("创新平台", "概况", "作品", "旧体诗", "选登", "书", "目")
    ] == [*(2, 4, 4, 6, 8, 4, 6)]
    assert rows["作品"][1] == rows["旧体诗"][1] > rows["概况"][1] == rows["选登"][1]


def test_however_deep_a_title_stands_it_is_set_within_its_column() -> None:
    blocks = (*(head("示例次分目", level) for level in range(1, 7)), *told("示例条目" * 9))
    style = replace(style_of("final"), toc_levels=3, lists=False)
    (flow,) = front_matter(begin(section(*blocks), style, faces()))
    right = flow.frame.columns.lefts[0] + flow.frame.columns.width
    listed = [each for page in flow.pages[2:] for each in texts(page.items, flow)]
    deep = next(each for each in listed if each.text.startswith("示例条目"))
    assert deep.lines.count < 8
    assert deep.ink[1] < right


LONG_ONE = "工业、商业、对外经济贸易和区域经济合作、招商引资及重大项目建设和科技创新成果转化"


@pytest.mark.parametrize("name", ["review", "final"])
def test_the_rest_of_a_long_title_in_the_contents_hangs_and_is_no_single_word(name: str) -> None:
    titles = [LONG_ONE[:length] for length in range(12, len(LONG_ONE) + 1)]
    parts = [Part(id=f"c/{n}", level=2, title=title) for n, title in enumerate(titles)]
    made = book(Part(id="c", level=1, title="篇目"), *parts)
    (flow,) = front_matter(begin(made, replace(style_of(name), lists=False), faces()))
    listed = [each for page in flow.pages[2:] for each in texts(page.items, flow)]
    turned = [each.lines for each in listed if each.stop > 1]
    assert len(turned) > 3
    assert min(lines.width_of(lines.count - 1) for lines in turned) >= 3 * turned[0].look.size - 0.1
    assert {lines.look.indent for lines in turned} == {-1.0}


def test_the_dots_of_a_title_begin_behind_it() -> None:
    made = book(Part(id="c", level=1, title=LONG_ONE), Part(id="c/s", level=2, title="分目"))
    with pdfplumber.open(BytesIO(book_pdf(made, style_of("review"), faces()).data)) as pdf:
        page = pdf.pages[2]
        dots = sorted((line["top"], line["x0"]) for line in page.lines if line["linewidth"] < 1)
        ends = [
            line["chars"] for line in page.extract_text_lines() if line["chars"][0]["size"] < 18
        ]
    last = [[c for c in chars if c["text"] not in " 0123456789"][-1]["x1"] for chars in ends[1:3]]
    assert all(5 < x - end < 14 for (_, x), end in zip(dots, last, strict=True))


@pytest.mark.parametrize("name", ["booklet", "final"])
def test_our_own_contents_are_read_without_a_fault(tmp_path: Path, name: str) -> None:
    """Each 分目 opens with an entry, before its 次分目 of entries; some titles are long."""
    parts: list[Part] = [Part(id="c", level=1, title="示例篇")]
    for place, sign in enumerate("农林牧渔"):
        blocks: list[Block] = [*told(f"{sign}业概况")]
        for stem in STEMS[:3]:
            blocks += [head(f"{sign}业{stem}部"), head(f"{stem}{sign}组", 2)]
            blocks += told(*(f"{sign}{stem}{LONG_ONE[first:]}" for first in (2, 9, 28)))
        parts.append(Part(id=f"c/{place}", level=2, title=f"{sign}业", blocks=tuple(blocks)))
    path = tmp_path / "书.pdf"
    style = replace(style_of(name), toc_levels=3, lists=False)
    path.write_bytes(book_pdf(book(*parts), style, faces()).data)
    assert [finding.message for finding in toc_check(path).findings] == []


# Index


# Points from the left edge of a column of the index to that of the next.
COLUMN = 166.5
Page: TypeAlias = tuple[list[Any], list[Any]]
LONG = "粤港澳大湾区主要城市规模以上工业企业研究开发活动情况"


@pytest.fixture(scope="module")
def index_page() -> Page:
    """The characters and strokes of an index of long titles and short ones."""
    names = [f"{LONG[: 9 + n]}" for n in range(len(LONG) - 9)]
    made = section(*(Entry(title=name, runs=runs(prose(1))) for name in names))
    data = book_pdf(made, style_of("final"), faces()).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        return pdf.pages[-2].chars, pdf.pages[-2].lines


def test_every_title_of_the_index_has_dots_to_its_place(
    index_page: Page,
) -> None:
    chars, lines = index_page
    levels = {round(c["bottom"]) for c in chars if c["text"] == "a" or c["text"] == "b"}
    dotted = [line for line in lines if 0.8 < line["linewidth"] < 1]
    assert len(levels) > 9
    assert all(line["x1"] - line["x0"] >= 9 for line in dotted)
    places = [c for c in chars if c["text"] in "ab" and c["size"] < 9]
    assert len(dotted) == len(places)


def test_columns_of_the_index_begin_on_one_line_with_a_letter_and_with_a_title(
    index_page: Page,
) -> None:
    chars, _ = index_page
    listed = [char for char in chars if char["size"] < 12 and char["x0"] > 40]
    edge = min(char["x0"] for char in listed)
    tops: dict[float, tuple[float, str]] = {}
    for char in listed:
        column = (char["x0"] - edge) // COLUMN
        tops[column] = max(tops.get(column, (0.0, "")), (char["matrix"][5], char["text"]))
    assert {text.isascii() for _, text in tops.values()} == {True, False}
    assert max(y for y, _ in tops.values()) == pytest.approx(
        min(y for y, _ in tops.values()), abs=0.1
    )


def test_a_title_of_the_index_takes_no_more_lines_than_it_needs_for_its_place() -> None:
    """Not all of its lines are shorter for its last one to be."""
    title = "示例市高新技术产业开发区重点建设项目投资（2024年，表）"
    made = laid(section(Entry(title=title)), style_of("final"), faces())
    placed = [each for _, set_ in made.pages for each in set_]
    index = [each for each in placed if each.text == title and each.lines.look.size == 8.5]
    assert [each.lines.count for each in index] == [2]


def test_the_rest_of_a_title_hangs(index_page: Page) -> None:
    chars, _ = index_page
    edge = min(char["x0"] for char in chars)
    rows: dict[tuple[float, float], dict[str, Any]] = {}
    small = [char for char in chars if char["size"] < 8.6 and char["text"] in LONG]
    for char in sorted(small, key=lambda char: -char["x0"]):
        rows[char["top"], (char["x0"] - edge) // COLUMN] = char
    opens = {c["x0"] for c in rows.values() if c["text"] == "粤"}
    hung = {c["x0"] for c in rows.values() if c["text"] != "粤"}
    assert hung
    assert all(any(abs(x - left - 8.5) < 0.5 for left in opens) for x in hung)


def test_many_places_of_one_title_are_one_list_that_begins_beside_it() -> None:
    again = [Entry(title="条", runs=runs(prose(9))) for _ in range(30)]
    made = laid(section(*again), style_of("final"), faces())
    items = [item for page, _ in made.pages for item in page.items]
    listed = [each for each in items if isinstance(each, PagesOf) and len(each.places) > 1]
    told = [said for each in listed for said, _ in each.places]
    title = next(each for _, texts in made.pages for each in texts if each.text == "条")
    assert len(listed) > 1
    assert told == sorted(set(told), key=lambda each: (int(each[:-1]), each))
    assert [each.top for each in listed] == [title.top + n * 12.75 for n in range(len(listed))]
    assert [each.more for each in listed] == [*(True for _ in listed[1:]), False]
    assert [each.start < each.right for each in listed] == [True, *(False for _ in listed[1:])]


def test_places_without_end_go_on_overleaf_and_are_said_once() -> None:
    one_each = [Entry(title=f"示例条目{n:02d}", runs=runs(prose(2))) for n in range(60)]
    again = [Entry(title="止", runs=runs(prose(9))) for _ in range(400)]
    made = laid(section(*one_each, *again), style_of("final"), faces())
    items = [item for page, _ in made.pages for item in page.items]
    told = [said for each in items if isinstance(each, PagesOf) for said, _ in each.places]
    anchors = {name for each in items if isinstance(each, PagesOf) for _, name in each.places}
    assert len(told) == len(anchors) > 200
    assert all(each.top < made.frame.depth for each in items if isinstance(each, PagesOf))


def test_lines_of_the_index_stand_level() -> None:
    with pdfplumber.open(BytesIO(book_pdf(whole(), style_of("final"), faces()).data)) as pdf:
        page = next(p for p in pdf.pages[4:] if "主题索引" in p.extract_text())
        tops = {
            round(c["top"] % 12.75, 1) for c in page.chars if c["size"] == 8.5 and c["top"] > 120
        }
    assert len(tops) == 1, tops


def test_lines_below_another_are_a_table_of_contents_inside_its_item() -> None:
    tags = Tags()
    items = _items(tags, [0, 1, 1, 2, 0, 1, 0])
    assert not tags.open

    def above(number: int) -> str:
        element = tags.elements[number]
        return (above(element.parent) + "/" if element.parent >= 0 else "") + element.role

    shallow, deep, deepest = ("/".join(n * ["TOC/TOCI"]) for n in (1, 2, 3))
    assert [above(item) for item in items] == [
        *(shallow, deep, deep, deepest, shallow, deep, shallow)
    ]
    assert tags.elements[items[5]].parent != tags.elements[items[1]].parent


def test_heads_and_folios_say_what_they_are(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as pdf:
        around = [page.Contents[-2].read_bytes() for page in pdf.pages]
    for kind in (b"Header", b"Footer"):
        assert sum(b"/Artifact<</Type/Pagination/Subtype/" + kind in each for each in around) > 5


def test_a_level_left_out_puts_no_line_below_a_deeper_one() -> None:
    tags = Tags()
    items = _items(tags, [0, 2, 1, 2])
    above = [tags.elements[tags.elements[item].parent].parent for item in items]
    assert above == [-1, items[0], items[0], items[2]]
