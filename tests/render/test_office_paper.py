"""Papers of an office: rows stay whole, heads repeat, nothing is lost where a page ends."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest

from editorial.model.office_paper import (
    Column,
    Form,
    Grid,
    Line,
    OfficePaper,
    Words,
    as_register,
    labelled,
)
from editorial.render.docx.office_paper import office_docx
from editorial.render.fonts import FontTable
from editorial.render.office_paper import bundles, shared_in
from editorial.render.pdf.office_paper import office_pdf

COLUMNS = (
    Column(title="序号", share=10, side="center"),
    Column(title="位置", share=30),
    Column(title="意见", share=120),
)


def paper(*lines: Line, wide: bool = True, shared: tuple[int, ...] = (1,)) -> OfficePaper:
    grid = Grid(columns=COLUMNS, lines=lines, shared=shared, name="表")
    return OfficePaper(title="某表", blocks=(grid,), wide=wide, foot="某办")


def line(number: int, text: str, *, joined: bool = False, place: str = "某处") -> Line:
    return Line(cells=(f"{number}", place, text), joined=joined)


def pages(papers: list[OfficePaper], table: FontTable) -> list[str]:
    with pypdfium2.PdfDocument(office_pdf(papers, table, "某办").data) as book:
        return ["".join(page.get_textpage().get_text_range().split()) for page in book]


LONG = "长句不断，" * 40


def test_every_row_is_there_once_and_whole_under_a_head(table: FontTable) -> None:
    found = pages([paper(*(line(n, f"始{n}始{LONG}终{n}终") for n in range(1, 40)))], table)
    assert len(found) > 3
    assert all(page.startswith("某表序号") or page.startswith("序号") for page in found)
    for number in range(1, 40):
        (page,) = (page for page in found if f"始{number}始" in page)
        assert f"终{number}终" in page


def test_a_row_taller_than_a_page_goes_on_with_all_its_words(table: FontTable) -> None:
    words = "".join(f"第{n}句。" for n in range(2000))
    found = "".join(page for page in pages([paper(line(1, words))], table))
    assert all(f"第{n}句" in found for n in (0, 500, 1000, 1999))


def test_a_row_as_high_as_the_page_ends(table: FontTable) -> None:
    high = Line(cells=("1", "某处", "高"), height=400)
    assert len(pages([paper(line(0, "短"), high)], table)) == 2


def test_a_banner_never_stands_last_on_a_page(table: FontTable) -> None:
    lines = [
        each
        for n in range(1, 60)
        for each in (Line(cells=(f"栏{n}栏", "", ""), banner=True), line(n, f"文{n}文"))
    ]
    for page in pages([paper(*lines)], table):
        heads = [n for n in range(1, 60) if f"栏{n}栏" in page]
        assert all(f"文{n}文" in page for n in heads)


def test_joined_lines_share_a_cell_only_where_they_say_the_same(table: FontTable) -> None:
    same = (line(1, "甲"), line(2, "乙", joined=True))
    other = (line(3, "丙", place="此处"), line(4, "丁", joined=True, place="彼处"))
    (page,) = pages([paper(*same, *other)], table)
    assert (page.count("某处"), page.count("此处"), page.count("彼处")) == (1, 1, 1)
    assert [shared_in(bundle, (1,)) for bundle in bundles((*same, *other))] == [(1,), ()]


def test_joined_lines_that_part_at_a_page_end_each_say_where(table: FontTable) -> None:
    found = pages([paper(line(1, LONG * 10), line(2, LONG * 10, joined=True))], table)
    assert sum(page.count("某处") for page in found) == 2


def test_each_paper_counts_its_own_pages(table: FontTable) -> None:
    found = pages([paper(line(1, "甲")), paper(line(2, "乙"), wide=False)], table)
    assert all(page.endswith("某办第1页共1页") for page in found)


def test_a_form_is_not_parted_where_a_page_can_hold_it(table: FontTable) -> None:
    form = Form(rows=tuple(labelled((f"项{n}项", ""), height=30) for n in range(4)))
    words = tuple(Words(text="一行") for _ in range(20))
    found = pages([OfficePaper(title="单", blocks=(*words, form))], table)
    assert [n for n in range(4) if f"项{n}项" in found[1]] == [0, 1, 2, 3]


@pytest.mark.parametrize("wide", [True, False])
def test_word_has_the_same_words_and_the_paper_turned(table: FontTable, *, wide: bool) -> None:
    given = paper(line(1, "甲<&>"), line(2, "乙", joined=True), wide=wide)
    made = docx.Document(io.BytesIO(office_docx([given], table.config, date(2020, 3, 5), "某办")))
    (grid,) = made.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["序号", "位置", "意见"],
        ["1", "某处", "甲<&>"],
        ["2", "某处", "乙"],
    ]
    section = made.sections[0]
    assert (section.page_width > section.page_height) == wide


def word_rows(given: OfficePaper, table: FontTable) -> list[str]:
    made = docx.Document(io.BytesIO(office_docx([given], table.config, date(2020, 3, 5), "某办")))
    return [row._tr.xml for row in made.tables[0].rows]


def test_word_keeps_no_row_beside_one_that_goes_on_over_pages(table: FontTable) -> None:
    banner = Line(cells=("某篇", "", ""), banner=True)
    long = line(1, LONG * 20)
    _, first, second, *_ = word_rows(paper(banner, long, line(2, "乙", joined=True)), table)
    assert ("keepNext" in first, "keepNext" in second, "cantSplit" in second) == (False,) * 3
    _, first, second, *_ = word_rows(paper(banner, line(1, "甲")), table)
    assert ("keepNext" in first, "cantSplit" in second) == (True, True)


def test_word_joins_no_cell_over_more_than_a_page(table: FontTable) -> None:
    many = [line(n, LONG, joined=n > 1) for n in range(1, 60)]
    rows = word_rows(paper(*many), table)
    assert not any("vMerge" in row or "keepNext" in row for row in rows)
    assert all("某处" in row for row in rows[1:])
    assert any("vMerge" in row for row in word_rows(paper(*many[:2]), table))


def test_the_same_papers_give_the_same_bytes(table: FontTable) -> None:
    given = [paper(line(1, LONG))]
    assert office_pdf(given, table, "某").data == office_pdf(given, table, "某").data
    day = date(2020, 3, 5)
    assert office_docx(given, table.config, day, "某") == office_docx(
        given, table.config, day, "某"
    )


def test_a_sheet_has_the_rows_without_banners_and_numbers_as_numbers() -> None:
    banner = Line(cells=("栏", "", ""), banner=True)
    given = paper(banner, line(1, "=1+1"), line(2, "007"))
    grid = given.blocks[0]
    assert isinstance(grid, Grid)
    assert as_register(given, grid, "某办").rows == ((1, "某处", "=1+1"), (2, "某处", "007"))
