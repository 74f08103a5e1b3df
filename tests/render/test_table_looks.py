"""Looks of tables: figures under their points, open sides, and ways for those too wide."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest

from editorial.model.document import Cell
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.heights import is_ruled
from editorial.render.pdf.items import Rules, Text, Turned
from editorial.render.pdf.tables import turned_pages
from tests.render.books import cell, faces, long_table, section, style_of
from tests.render.tablepress import Press, grid, said, said_by_tag, texts, two_columns, years


@pytest.fixture
def press() -> Press:
    return Press()


# Figures and looks


def point_of(item: Text) -> float:
    """x of the decimal point of a figure, or of its end."""
    text = said(item)
    whole = text.partition(".")[0].rstrip("%")
    return item.x + item.lines.copy.length(item.lines.look.size, len(whole))


def test_figures_stand_under_their_decimal_points(press: Press) -> None:
    figures = ["1,234,567.8", "-20.05", "2.31%", "+33,100", "7", "−0.5", "12.5"]
    flow = press.set(grid(["指标", "数"], *(["甲", figure] for figure in figures)))
    points = {round(point_of(item), 1) for _, item in texts(flow) if said(item) in figures}
    assert len(points) == 1


@pytest.mark.parametrize("typed", ["𝟏𝟐", "𝟏𝟐.𝟓", "٣", "१२", "೧"])
def test_digits_of_other_scripts_are_printed_or_shown_as_missing(press: Press, typed: str) -> None:
    flow = press.set(grid(["指标", "数"], ["甲", "5"], ["乙", typed], ["丙", "7"]))
    assert {"5", "7"} < {said(item) for _, item in texts(flow)}


@pytest.mark.parametrize("columns", range(5, 12))
def test_points_stand_under_each_other_where_columns_are_tight(press: Press, columns: int) -> None:
    figures = ["842.42", "16 135.95", "124 724", "102.3", "-1 204.50", "49"]
    rows = (["示例指标名称", "万人", *[figure] * columns] for figure in figures)
    (panel,) = press.plan(grid(["指标", "单位", *["2018年"] * columns], *rows)).panels
    for column in range(2, 2 + columns):
        cells = [row[column] for row in panel.rows[1:]]
        points = [
            each.x + each.lines.copy.length(panel.look.size, len(said.partition(".")[0]))
            for each, said in zip(cells, figures, strict=True)
            if each.lines
        ]
        assert max(points) - min(points) < 0.05


def test_blanks_stand_in_the_middle_of_their_column(press: Press) -> None:
    rows = (["甲", each] for each in ("1.5", "—", "…", "不详", "20.5", "3.5", "4.5"))
    planned = press.plan(grid(["指标", "数"], *rows))
    panel = planned.panels[0]
    left, right = panel.edges[1:]
    middles = {
        round(each.x + each.lines.copy.length(panel.look.size) / 2, 1)
        for row in panel.rows[1:]
        for each in row[1:]
        if each.box.kind == "blank" and each.lines
    }
    assert middles == {round((left + right) / 2, 1)}


@pytest.mark.parametrize("columns", [3, 9, 13, 22, 33, 60])
def test_no_figure_is_broken(press: Press, columns: int) -> None:
    planned = press.plan(years(columns))
    lines = {
        each.deep
        for panel in planned.panels
        for row in panel.rows
        for each in row
        if each.box.kind == "number"
    }
    assert lines == {1}


def test_figure_too_long_for_any_column_is_broken_and_told_of(press: Press) -> None:
    heads = [f"指标{n}" for n in range(4)]
    planned = press.plan(grid(heads, *(["9" * 40] * 4 for _ in range(3))))
    assert [fault.code for fault in planned.findings] == ["B04"]


@pytest.mark.parametrize("columns", range(2, 11))
def test_a_figure_is_broken_if_and_only_if_it_is_told(press: Press, columns: int) -> None:
    for digits in range(20, 80, 4):
        row = ["9" * digits, *map(str, range(1, columns))]
        planned = press.plan(grid([f"列{n}" for n in range(columns)], row))
        broken = planned.panels[0].rows[1][0].deep > 1
        assert [fault.code for fault in planned.findings] == ["B04"] * broken


def test_type_is_never_smaller_than_seven_points(press: Press) -> None:
    sizes = [panel.look.size for n in range(2, 40) for panel in press.plan(years(n)).panels]
    assert min(sizes) >= 7


@pytest.mark.parametrize("length", range(2, 60))
def test_a_table_is_as_wide_as_its_place(press: Press, length: int) -> None:
    """Also where all texts fit only with less space beside them."""
    rows = (["甲" * length, *"12345"] for _ in range(3))
    planned = press.plan(grid(["城市", *(f"指标{n}" for n in range(5))], *rows))
    assert [panel.edges[-1] for panel in planned.panels] == [pytest.approx(planned.width)]


def test_words_set_in_stand_behind_those_of_their_column_in_every_line(press: Press) -> None:
    stub = ["合计", "　甲", "　　其中：" + "示例" * 60, "1"]
    panel = press.plan(grid(["项目", "　数"], *([each, "　1.5"] for each in stub))).panels[0]
    first, *others = [row[0].x for row in panel.rows[1:]]
    size = panel.look.size
    assert [round((x - first) / size, 2) for x in others[:2]] == [1, 2]
    long = panel.rows[3][0].lines
    assert long
    assert long.count > 1
    assert long.width + 2 * size == pytest.approx(panel.edges[1] - 2 * first)
    assert {row[0].lines.text_of(0)[0] for row in panel.rows if row[0].lines} == set("项合甲其1")
    assert panel.rows[1][1].box.kind == "number"


@pytest.mark.parametrize("blanks", ["", "　", "　　"])
def test_blanks_before_all_words_of_a_column_set_none_in(press: Press, blanks: str) -> None:
    rows = [["1", f"{blanks}甲"], ["2", f"{blanks}乙丙"]]
    panel = press.plan(grid(["数", "项目"], *rows)).panels[0]
    one, two = (row[1] for row in panel.rows[1:])
    assert (one.x - two.x) / panel.look.size == pytest.approx(0.5)


def test_sides_are_open(press: Press) -> None:
    flow = press.set(long_table(5))
    strokes = [s for item in flow.pages[0].items if isinstance(item, Rules) for s in item.strokes]
    upright = {x0 for x0, _, x1, _ in strokes if x0 == x1}
    assert (len(upright), min(upright) > 0, max(upright) < flow.measure) == (2, True, True)


def test_rules_part_groups_of_rows_and_no_others(press: Press) -> None:
    rows = [
        [cell("甲市", down=4), cell("一类", down=2), "1"],
        [None, None, "2"],
        [None, cell("二类", down=2), "3"],
        [None, None, "4"],
        ["乙市", "一类", "5"],
        ["丙市", "一类", "6"],
    ]
    flow = press.set(grid(["地区", "类别", "数"], *rows))
    rules = [item for item in flow.pages[0].items if isinstance(item, Rules) and item.grey]
    level = [s for item in rules for s in item.strokes if s[1] == s[3]]
    edge = min(x0 for x0, *_ in level)
    assert [x0 > edge for x0, *_ in sorted(level, key=lambda s: s[1])] == [True, False]


def test_a_wrapped_stub_brings_no_rules_to_a_table_of_figures(press: Press) -> None:
    heads = ["指标", *(f"{year}年" for year in range(2011, 2019))]
    figures = ["12 345.67"] * 8
    few, many = (
        [["示例工业生产者出厂价格总指数" if row < n else "产值", *figures] for row in range(9)]
        for n in (1, 9)
    )
    texts_wrapped = [["产值", *figures[:7], "示例数据未经审定待核实" * 2], *few[1:]]
    found = [press.plan(grid(heads, *rows)).panels[0] for rows in (few, many, texts_wrapped)]
    assert [each.rows[1][0].deep > 1 for each in found[:2]] == [True, True]
    assert [is_ruled(each) for each in found] == [False, True, True]


def test_unit_of_a_column_stands_whole_under_its_head(press: Press) -> None:
    heads = ["城市", *(["规划面积（平方千米）"] * 5)]
    planned = press.plan(grid(heads, ["甲", *"12345"], ["乙", *"12345"]))
    assert [each.deep for each in planned.panels[0].rows[0]] == [1, 2, 2, 2, 2, 2]
    lines = [each.below.text_of(0) for each in planned.panels[0].rows[0] if each.below]
    assert lines == ["（平方千米）"] * 5


@pytest.mark.parametrize("columns", range(5, 14))
def test_units_stay_whole_however_narrow_their_columns(press: Press, columns: int) -> None:
    heads = [f"{'规模以上' * (n % 3)}外商直接投资（万美元）" for n in range(columns)]
    planned = press.plan(grid(["城市", *heads], *(["甲", *["1234.5"] * columns] for _ in range(4))))
    for panel in planned.panels:
        shown = [
            each.below.text_of(line)
            for each in panel.rows[0]
            if each.below
            for line in range(each.below.count)
        ]
        assert set(shown) <= {"（万美元）"}
        whole = [each for each in panel.rows[0][1:] if not each.below]
        assert all(each.deep == 1 for each in whole)


@pytest.mark.parametrize("columns", range(2, 8))
def test_number_of_a_document_stays_whole(press: Press, columns: int) -> None:
    heads = ["文号（国办发〔2018〕12号）", *["面积（平方千米）"] * columns]
    row = ["印发通知（示府办〔2013〕180号）", *["89636.52"] * columns]
    (panel,) = press.plan(grid(heads, row)).panels
    for cells, number in zip(panel.rows, ("〔2018〕12号", "〔2013〕180号"), strict=True):
        lines = cells[0].lines
        assert lines
        assert any(number in lines.text_of(line) for line in range(lines.count))


@pytest.mark.parametrize("columns", range(3, 40))
def test_no_text_nearly_touches_a_rule(press: Press, columns: int) -> None:
    for panel in press.plan(years(columns)).panels:
        for each in (each for row in panel.rows for each in row if each.deep == 1):
            box, size = each.box, panel.look.size
            assert each.x - panel.edges[box.column] > 2.9
            end = each.x + (each.lines.copy.length(size) if each.lines else 0)
            assert panel.edges[box.column + box.across] - end > 2.9


def test_columns_of_figures_are_levelled_by_breaking_their_heads() -> None:
    press = Press(two_columns())
    heads = [
        "城市",
        "行政区域土地总面积（平方千米）",
        "人口（万人）",
        *(f"指标{n}" for n in "一二三四五"),
    ]
    planned = press.plan(grid(heads, *(["示例市", *["123.5"] * 7] for _ in range(5))))
    edges = planned.panels[0].edges
    figures = [right - left for left, right in pairwise(edges[1:])]
    assert planned.width == press.frame.measure
    assert max(figures) < 1.2 * min(figures)


def test_short_texts_are_broken_beside_a_long_one_where_rows_get_lower(press: Press) -> None:
    heads = ["姓名", "性别", "出生年月", "籍贯", "单位及职务", "称号", "授予单位", "授予时间"]
    place = "示例市示例区某某街道某某社区党委书记、居民委员会主任"
    row = [
        "示某",
        "男",
        "1960-01",
        "示例番禺",
        place,
        "全国五一劳动奖章",
        "全国示例总工会",
        "2023-04",
    ]
    (panel,) = press.plan(grid(heads, *[row] * 9)).panels
    counts = [[each.lines.count if each.lines else 0 for each in cells] for cells in panel.rows]
    assert counts[1:] == [[1, 1, 1, 1, 2, 2, 2, 1]] * 9


def test_note_on_the_table_stands_under_its_foot(press: Press) -> None:
    table = grid(["甲", "乙"], ["1", "2"], [cell("注：本表数据为示例。", across=2), None])
    flow = press.set(table)
    foot = max(
        y for item in flow.pages[0].items if isinstance(item, Rules) for *_, y in item.strokes
    )
    (note,) = (item for _, item in texts(flow) if said(item).startswith("注："))
    assert (note.top > foot, said_by_tag(flow, "P")) == (True, ["注：本表数据为示例。"])
    assert said_by_tag(flow, "TH", "TD") == ["甲", "乙", "1", "2"]


def test_spans_and_scopes_are_told(press: Press) -> None:
    table = grid(
        [cell("城市", down=2), cell("产值", across=2), None],
        [None, "2017年", "2018年"],
        ["广州", "1", "2"],
        header_rows=2,
    )
    flow = press.set(table)
    assert [
        (element.role, element.attributes)
        for element in flow.tags.elements
        if element.role in ("TH", "TD")
    ] == [
        ("TH", "<</O/Table/Scope/Column/RowSpan 2>>"),
        ("TH", "<</O/Table/Scope/Column/ColSpan 2>>"),
        ("TH", "<</O/Table/Scope/Column>>"),
        ("TH", "<</O/Table/Scope/Column>>"),
        ("TH", "<</O/Table/Scope/Row>>"),
        ("TD", ""),
        ("TD", ""),
    ]


# Wide tables


def test_wide_table_lies_on_pages_of_its_own(press: Press) -> None:
    planned = press.plan(years(20, rows=60))
    pages = turned_pages(press.flow, planned)
    boxes = [item for page in pages for item in page.items if isinstance(item, Turned)]
    assert (planned.turned, len(boxes) > 1, len(boxes)) == (True, True, len(pages))
    assert [(fault.code, fault.where, fault.message) for fault in planned.findings] == [
        ("B02", "keji/pingtai", "表3-1　历年表：共21栏，版心排不下，已转排在卧页上")
    ]
    for box in boxes:
        assert (box.width, box.height) == (press.frame.depth, press.frame.measure)
        for item in box.items:
            if isinstance(item, Text):
                size = item.lines.look.size
                assert item.x + min(item.lines.copy.length(size), item.lines.width) <= box.width


def test_table_too_wide_even_so_is_divided_under_its_first_column(press: Press) -> None:
    planned = press.plan(years(60))
    assert (planned.turned, len(planned.panels) > 2) == (False, True)
    assert [fault.code for fault in planned.findings] == ["B03"]
    heads = [
        [each.box.copy.text for row in panel.rows for each in row[:1] if each.box.copy]
        for panel in planned.panels
    ]
    assert heads == [["城市", *(f"示例市{r}" for r in range(6))]] * len(planned.panels)
    titles = [panel.heading.title.lines.copy.text for panel in planned.panels]
    assert titles == ["表3-1　历年表", *["续表3-1"] * (len(titles) - 1)]
    shown = [each.box.copy.text for p in planned.panels for each in p.rows[0][1:] if each.box.copy]
    assert shown == [f"{1990 + c}年" for c in range(60)]


def stubs_of(press: Press, head: list[str], *rows: list[str | Cell | None]) -> list[set[str]]:
    """What the heads say that stand over every part of a table with sixty columns more."""
    more = [f"{1990 + c}年" for c in range(60)]
    table = grid([*head, *more], *([*row, *["1234.5"] * 60] for row in rows))
    shown = [
        [each.box.copy.text for each in panel.rows[0] if each.box.copy]
        for panel in press.plan(table).panels
    ]
    assert [name for names in shown for name in names if name in more] == more
    return [set(names) - set(more) for names in shown]


def test_every_stub_column_stands_in_every_part(press: Press) -> None:
    merged = [[cell("工业", down=2), "2017"], [None, "2018"], ["农业", "2017"]]
    assert set(map(frozenset, stubs_of(press, ["行业", "年份"], *merged))) == {
        frozenset({"行业", "年份"})
    }
    deeper = [
        [cell("甲区", down=2), cell("城镇", down=2), "男"],
        [None, None, "女"],
        ["乙区", "农村", "男"],
    ]
    found = stubs_of(press, ["地区", "城乡", "性别"], *deeper)
    assert set(map(frozenset, found)) == {frozenset({"地区", "城乡", "性别"})}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["指标", "单位"], ["产值", "亿元"]),
        (["序号", "单位"], ["1", "示例局"]),
    ],
)
def test_texts_before_the_figures_stand_in_every_part(
    press: Press, head: list[str], row: list[str | Cell | None]
) -> None:
    found = stubs_of(press, head, row, row)
    assert all(names == set(head) for names in found)


def test_narrow_table_keeps_to_its_column() -> None:
    press = Press(two_columns())
    narrow, wide = press.plan(years(3)), press.plan(years(12))
    assert (narrow.width, wide.width) == (press.frame.columns.width, press.frame.measure)


def test_lying_page_is_read_with_the_book_turned_clockwise() -> None:
    data = book_pdf(section(years(20, rows=3)), style_of("review"), faces()).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        (lying,) = (page for page in pdf.pages if any(not c["upright"] for c in page.chars))
        chars = [char for char in lying.chars if not char["upright"]]
    (title,) = (char for char in chars if char["text"] == "历")
    assert all(title["x0"] < char["x0"] for char in chars if char["text"] == "市")
    assert (title["matrix"][0], title["matrix"][1] > 0) == (0, True)
