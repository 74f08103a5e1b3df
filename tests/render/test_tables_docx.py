"""Tables in Word: captions that repeat, rules, points under points, and what is too wide."""

from __future__ import annotations

import pytest
from lxml import etree

from editorial.model.book import Book, Printed
from editorial.model.document import Cell, Table
from editorial.render.docx.book import book_docx
from tests.render.books import cell, section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, W, tree

HEAD = ("项目", "投资")


def table_of(*rows: tuple[str, ...], header: int = 1, **known: str) -> Table:
    cells = tuple(tuple(cell(text) for text in row) for row in rows)
    return Table(rows=cells, header_rows=header, title="投资情况表", **known)


def long(rows: int, width: int = 1) -> Table:
    names = ("项目", *(f"投资{n}" for n in range(width)))
    body = ((f"示例{n:03d}号", *(f"{1000 * n + 5}.5" for _ in range(width))) for n in range(rows))
    return table_of(names, *body, unit="亿元")


def printed(table: Table, style: str = "review") -> Printed:
    return book_docx(section(table), style_of(style), FONTS)


def root(table: Table, style: str = "review") -> etree._Element:
    return tree(printed(table, style).data)


def texts(each: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in each.iter(f"{W}p")]


def styles(each: etree._Element) -> list[str]:
    return [str(found.get(f"{W}val")) for found in each.iter(f"{W}pStyle")]


def grids(document: etree._Element) -> list[etree._Element]:
    """All tables but those of the form."""
    named = ((each, each.find(f"{W}tblPr/{W}tblStyle")) for each in document.iter(f"{W}tbl"))
    return [each for each, name in named if str(name.get(f"{W}val")) != "FormTable"]


def grid(table: Table) -> etree._Element:
    return grids(root(table))[0]


def heads(table: Table) -> list[list[str]]:
    rows = grid(table).findall(f"{W}tr")
    return [texts(row) for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]


def test_caption_of_a_low_table_stands_above_it() -> None:
    assert heads(long(3)) == [["项目", "投资0"]]


def test_caption_of_a_high_table_repeats_with_its_head() -> None:
    assert heads(long(80)) == [["表1-1　投资情况表", "单位：亿元"], ["项目", "投资0"]]


def test_repeated_caption_has_no_rules_but_the_one_below() -> None:
    first = grid(long(80)).find(f".//{W}tc/{W}tcPr/{W}tcBorders")
    assert first is not None
    assert [str(side.get(f"{W}val")) for side in first] == ["nil", "nil", "single", "nil"]


def kept(table: Table) -> list[bool]:
    return [row.find(f".//{W}keepNext") is not None for row in grid(table).findall(f"{W}tr")]


def test_low_table_stays_whole() -> None:
    assert kept(long(4)) == [True, True, True, True, False]


def test_high_table_parts_neither_near_its_head_nor_near_its_end() -> None:
    flags = kept(long(80))[1:]
    assert (flags[:3], any(flags[3:78]), flags[78:]) == ([True] * 3, False, [False, True, False])


def unbreakable(table: Table) -> list[bool]:
    rows = grid(table).findall(f"{W}tr")
    return [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]


def test_row_deeper_than_a_page_may_break() -> None:
    assert unbreakable(table_of(HEAD, ("甲", "很长的文字" * 600), ("乙", "短"))) == [
        True,
        True,
        False,
        True,
    ]


def indents(table: Table, column: int) -> list[int]:
    """Twips from the right edge of the cell, of every row below the head."""
    rows = grid(table).findall(f"{W}tr")[1:]
    found = [row.findall(f"{W}tc")[column].find(f".//{W}ind") for row in rows]
    return [0 if each is None else int(str(each.get(f"{W}right"))) for each in found]


def test_point_stands_under_point() -> None:
    whole, one, two = indents(table_of(HEAD, ("甲", "1200"), ("乙", "7.5"), ("丙", "10.25")), 1)
    em = 8.5 * 20
    assert [round((each - two) / em, 1) for each in (whole, one)] == [1.2, 0.5]


def test_words_set_in_hang_by_their_blanks() -> None:
    table = table_of(HEAD, ("合计", "1"), ("　甲", "　2"), ("　　乙", "3"))
    rows = grid(table).findall(f"{W}tr")[1:]
    hung = [row.find(f".//{W}ind[@{W}hanging]") for row in rows]
    chars = ["" if each is None else each.get(f"{W}hangingChars") for each in hung]
    assert chars == ["", "100", "200"]
    assert [texts(row) for row in rows] == [["合计", "1"], ["　甲", "2"], ["　　乙", "3"]]


def test_header_cells_are_ruled_below() -> None:
    rows = grid(long(3)).findall(f"{W}tr")
    ruled = [len(row.findall(f".//{W}tcBorders/{W}bottom")) for row in rows]
    assert ruled == [2, 0, 0, 0]


def test_notes_typed_as_last_rows_stand_below() -> None:
    table = table_of(HEAD, ("甲", "1"), ("注：数据为示例。", ""))
    paragraphs = root(table).findall(f"{W}body/{W}p")
    noted = [texts(each)[0] for each in paragraphs if styles(each) == ["TableNote"]]
    assert (noted, len(grid(table).findall(f"{W}tr"))) == (["注：数据为示例。"], 2)


def test_points_of_a_note_stand_below_it_under_the_first() -> None:
    notes = (("注：1.数据为示例。", ""), ("2.不含示例区。", ""), ("资料来源：示例局。", ""))
    table = table_of(HEAD, ("甲", "1"), *notes)
    paragraphs = root(table).findall(f"{W}body/{W}p")
    noted = [each for each in paragraphs if styles(each) == ["TableNote"]]
    indents = [each.find(f".//{W}ind") for each in noted]
    chars = [
        [each.get(f"{W}{side}Chars") for side in ("left", "hanging")]
        for each in indents
        if each is not None
    ]
    assert [texts(each)[0] for each in noted] == [n for n, _ in notes]
    assert chars == [["500", "300"], ["500", "100"], ["700", "500"]]


def test_crowded_table_takes_smaller_type() -> None:
    assert set(styles(grid(long(3, 10)))) == {"TableHead75", "TableText75"}


def codes(found: Printed) -> list[str]:
    return [finding.code for finding in found.findings]


def test_table_wider_than_the_page_lies_on_one_of_its_own() -> None:
    table = long(3, 14)
    sizes = root(table).iter(f"{W}pgSz")
    lying = [each.get(f"{W}orient") == "landscape" for each in sizes]
    assert (lying.count(True), codes(printed(table))) == (1, ["B02"])


def test_text_goes_on_upright_after_a_lying_table() -> None:
    orients = [each.get(f"{W}orient") for each in root(long(3, 14)).iter(f"{W}pgSz")]
    assert orients[orients.index("landscape") + 1] is None


def test_table_wider_than_that_is_set_some_columns_at_a_time() -> None:
    table = long(3, 40)
    captions = [
        texts(each)[0] for each in root(table).iter(f"{W}p") if styles(each) == ["TableTitle"]
    ]
    assert captions == ["表1-1　投资情况表", *["续表1-1"] * (len(captions) - 1)]
    assert len(captions) > 1
    assert codes(printed(table)) == ["B03"]


def test_every_stub_column_of_a_divided_table_is_said_again() -> None:
    head = tuple(cell(text) for text in ("行业", "年份", *(f"{n}项" for n in range(40))))
    rows = (
        (name, cell(year), *(cell("12345.5") for _ in range(40)))
        for name, year in ((cell("工业", down=2), "2017"), (None, "2018"))
    )
    document = root(Table(title="表", rows=(head, *rows), header_rows=1))
    first = [texts(each.findall(f"{W}tr")[0])[:2] for each in grids(document)]
    assert len(first) > 1
    assert {tuple(names) for names in first} == {("行业", "年份")}


def test_heading_row_stays_with_the_next() -> None:
    rows = [
        row for n in range(12) for row in ((f"按类{n}", ""), *((f"类{n}", "1.5") for _ in range(6)))
    ]
    flags = kept(table_of(HEAD, *rows))
    heading = [at for at, (_, figure) in enumerate(rows) if not figure]
    assert all(flags[len(flags) - len(rows) + at] for at in heading)


def test_a_wrapped_stub_brings_no_rules_to_a_table_of_figures() -> None:
    heads = ("指标", *(f"{year}年" for year in range(2011, 2019)))
    rows = [("产值", *["12 345.67"] * 8)] * 5
    long_stub = ("示例工业生产者出厂价格总指数及其构成", *["12 345.67"] * 8)
    found = [
        grid(table_of(heads, *each)).find(f"{W}tblPr/{W}tblStyle")
        for each in ([long_stub, *rows], [long_stub] * 5)
    ]
    assert [each.get(f"{W}val") for each in found if each is not None] == [
        "BookTable",
        "RuledTable",
    ]


def test_every_column_of_a_divided_table_comes_once() -> None:
    document = root(long(3, 40))
    first = [texts(each.findall(f"{W}tr")[0])[1:] for each in grids(document)]
    assert [name for row in first for name in row] == [f"投资{n}" for n in range(40)]


def test_in_two_columns_a_wide_table_crosses_both() -> None:
    document = root(long(3, 8), "final")
    widths = [int(str(each.get(f"{W}w"))) for each in document.iter(f"{W}tblW")]
    assert max(widths) > 8000


def test_table_is_named_for_screen_readers() -> None:
    named = grid(long(3)).find(f"{W}tblPr/{W}tblCaption")
    assert named is not None
    assert named.get(f"{W}val") == "表1-1　投资情况表"


def test_table_of_ten_thousand_rows_is_whole() -> None:
    assert len(grid(long(10_000)).findall(f"{W}tr")) == 10_002


@pytest.mark.parametrize("table", [long(4), long(200), long(3, 14), long(3, 40)])
def test_tables_of_all_sizes_are_sound(table: Table) -> None:
    assert docx_faults(printed(table).data) == []


def test_merged_cells_of_a_head_repeat_together() -> None:
    head = (
        (Cell(runs=cell("地区").runs, down=2), cell("经济", 2), None),
        (None, cell("总"), cell("增")),
    )
    body = tuple((cell(f"县{n}"), cell("1"), cell("2")) for n in range(80))
    table = Table(title="表", rows=(*head, *body), header_rows=1)
    assert heads(table)[1:] == [["地区", "经济"], ["", "总", "增"]]


def book_of(*tables: Table) -> Book:
    return section(*tables)


def test_tables_that_touch_are_kept_apart() -> None:
    document = tree(book_docx(book_of(long(2), long(2)), style_of("review"), FONTS).data)
    found = grids(document)
    following = [each.getnext() for each in found]
    assert [None if each is None else str(each.tag) for each in following] == [f"{W}p", f"{W}p"]
