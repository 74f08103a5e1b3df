"""Tables over page turns: every cell comes out once, and no row stands alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.model.document import Cell, Run, Span, Table
from editorial.render.pdf.cells import cells_of
from editorial.render.pdf.flow import Flow, FootNote
from editorial.render.pdf.inline import plain_passage
from editorial.render.pdf.tables import set_table
from tests.render.books import cell, long_table, runs, style_of
from tests.render.tablepress import Press, grid, on_pages, said, said_by_tag, stop_of, texts, years

SENTENCE = "示例市实施科技强市工程，完成投资12.5亿元，比上年增长8.3%；"


@pytest.fixture
def press() -> Press:
    return Press()


def test_lying_tables_leave_no_few_rows_to_a_page_of_their_own(press: Press) -> None:
    for rows in range(16, 42):
        flow = Press().set(years(18, rows))
        counts = [sum(text.startswith("示例市") for text in page) for page in on_pages(flow, "TH")]
        full = [count for count in counts if count]
        assert full[-1] >= 0.25 * full[0], counts


# Every cell, whatever the grid


@st.composite
def grids(draw: st.DrawFn) -> Table:
    """Any grid, also one whose spans hang over its edges and into each other."""
    width, height = draw(st.integers(1, 7)), draw(st.integers(1, 12))
    long = st.sampled_from((0, 0, 0, 0, 3, 12, 60, 700))
    span = st.sampled_from((1, 1, 1, 1, 2, 3, 9))

    def one(row: int, column: int) -> Cell | None:
        if draw(st.integers(0, 5)) == 0:
            return None
        text = f"甲{row}乙{column}" + "丙" * draw(long)
        return cell(text, draw(span), draw(span))

    rows = [
        [one(row, column) for column in range(draw(st.integers(1, width)))] for row in range(height)
    ]
    return grid(*rows, title="任意表", header_rows=draw(st.integers(0, 3)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=grids(), y=st.sampled_from((0, 200, 500, 640)))
def test_every_cell_of_any_grid_comes_out_once(table: Table, y: float) -> None:
    flow = Press().set(table, y)
    wanted = [run.text for row in table.rows for each in row if each for run in each.runs]
    assert Counter(said_by_tag(flow, "TH", "TD")) == Counter(wanted)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=grids(), y=st.sampled_from((0, 300, 640)))
def test_nothing_of_any_grid_stands_below_the_page(table: Table, y: float) -> None:
    flow = Press().set(table, y)
    for _, item in texts(flow):
        assert (
            item.top + (stop_of(item) - item.start) * item.lines.leading <= flow.frame.depth + 0.1
        )


def test_a_heading_that_leaves_no_room_for_rows_comes_to_an_end() -> None:
    """A merged cell said again on every page, because the row it ends in never fits."""
    style = style_of("review")
    large = replace(style.roles["table_cell"], size=200, leading=230)
    press = Press(replace(style, roles={**style.roles, "table_cell": large}))
    rows = [[cell("资金", down=2), "2010", "0.8"], [None, "2011", "0.9"]]
    flow = press.set(grid(["阶段", "年份", "合计"], *rows, title="资金情况表", unit="亿元人民币"))
    assert said_by_tag(flow, "TD")[-1] == "0.9"


def test_short_rows_are_filled_up(press: Press) -> None:
    cells = cells_of(press.setting, grid(["甲", "乙", "丙"], ["丁"]))
    assert [(box.row, box.column) for box in cells.boxes if not box.copy] == [(1, 1), (1, 2)]


def test_table_without_cells_is_its_title_and_a_finding(press: Press) -> None:
    planned = press.plan(Table(title="空表"))
    set_table(press.flow, planned)
    assert [fault.message for fault in planned.findings] == ["表3-1　空表：没有一格内容"]
    assert [said(item) for _, item in texts(press.flow)] == ["表3-1　空表"]


@pytest.mark.parametrize("rows", [[[""] * 3] * 2, [[""]]], ids=["grid", "one cell"])
def test_table_of_empty_cells_is_told_of(press: Press, rows: list[list[str | Cell | None]]) -> None:
    assert [fault.code for fault in press.plan(grid(*rows)).findings] == ["B01"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("https://example.cn/" + "a" * 300, ["B04"]),
        ("甲" + "b" * 1000, ["B04"]),
        ("示例" * 200, []),
        ("示例 example words of some length " * 9, []),
        ("https://example.cn/" + "abc/" * 60, []),
    ],
)
def test_foreign_words_are_torn_if_and_only_if_it_is_told(
    press: Press, text: str, codes: list[str]
) -> None:
    planned = press.plan(grid(["市", "址"], ["甲", text]))
    assert [fault.code for fault in planned.findings] == codes


# Over page turns


def test_continued_pages_repeat_number_unit_and_header(press: Press) -> None:
    flow = press.set(long_table(90))
    assert len(flow.pages) > 2
    for page in on_pages(flow, "")[1:]:
        assert page == ["续表3-1", "单位：亿元", "项目", "内容", "投资"]


@pytest.mark.parametrize("y", [0, 480, 560])
def test_no_row_stands_alone_beside_a_page_turn(y: float) -> None:
    for rows in range(3, 48):
        flow = Press().set(long_table(rows), y)
        counts = [len(page) // 3 for page in on_pages(flow, "TD", "TH") if page]
        counts[0] -= 1  # the header
        assert min(counts) >= 2


@pytest.mark.parametrize("rows", range(8, 26))
def test_no_row_with_a_note_stands_alone_beside_a_page_turn(press: Press, rows: int) -> None:
    noted(press, rows)
    body = [(Cell(runs=(*runs(f"甲{n}"), Run(kind="note", target=f"n{n}"))),) for n in range(rows)]
    flow = press.set(Table(rows=((cell("项目"),), *body)), 200)
    counts = [len(page) for page in on_pages(flow, "TD", "TH") if page]
    counts[0] -= 1  # the header
    assert (sum(counts), min(counts) >= 2) == (rows, True)


def noted(press: Press, count: int) -> None:
    """So many notes of two lines, n0, n1 and so on."""
    look = press.setting.style.roles["note"]
    lines = plain_passage(press.setting, SENTENCE * 2, look, 300).lines
    notes = {f"n{n}": FootNote(key=f"n{n}", lines=lines) for n in range(count)}
    press.setting = replace(press.setting, notes=notes)


def test_three_tall_rows_stay_together(press: Press) -> None:
    flow = press.set(grid(["年", "事"], *(["甲", SENTENCE * 12] for _ in range(3))), 330)
    assert [len(page) for page in on_pages(flow, "TD", "TH")] == [0, 8]


@pytest.mark.parametrize("y", range(380, 700, 20))
def test_rows_are_not_cut(press: Press, y: float) -> None:
    flow = press.set(grid(["年", "事"], *([str(n), SENTENCE * 3] for n in range(40))), y)
    cut = [
        item for _, item in texts(flow) if item.start or item.stop not in (None, item.lines.count)
    ]
    assert cut == []


def test_rows_that_hang_together_go_over_together(press: Press) -> None:
    rows: list[list[str | Cell | None]] = [["市", "类", "数"]]
    for city in range(12):
        for kind in range(4):
            rows.append([None if kind else cell(f"市{city}", down=4), f"类{kind}", "1"])
    heads = [page for page in on_pages(press.set(grid(*rows), 330), "") if page]
    assert [[said for said in page if said.startswith("市")] for page in heads] == [["市"]] * len(
        heads
    )


def grouped(fellows: int, groups: int = 12) -> Table:
    """Rows with nothing but a stub, each before so many with figures."""
    rows = []
    for group in range(groups):
        rows.append([f"按第{group}类分", "", ""])
        rows += [[f"类{group}之{n}", "1.5", "2"] for n in range(fellows)]
    return grid(["行业", "产值", "利润"], *rows, title="分组表")


def rows_on_pages(flow: Flow) -> list[list[str]]:
    """The stubs on each page that has rows."""
    pages = ([said for said in page if said[0] in "按类"] for page in on_pages(flow, "TH"))
    return [page for page in pages if page]


@pytest.mark.parametrize("fellows", [1, 2, 3, 7])
def test_a_heading_row_goes_over_with_its_first(fellows: int) -> None:
    for y in range(0, 600, 13):
        pages = rows_on_pages(Press().set(grouped(fellows), y))
        assert sum(map(len, pages)) == 12 * (fellows + 1)
        assert not [page[-1] for page in pages if page[-1].startswith("按")]


def test_no_row_of_a_group_is_carried_over_alone() -> None:
    for y in range(0, 600, 13):
        pages = rows_on_pages(Press().set(grouped(6), y))
        assert all(page[0].startswith("按") or page[1].startswith("类") for page in pages)


def test_heading_rows_under_each_other_go_over_together() -> None:
    rows = [row for _ in range(9) for row in (["按类", ""], ["按级", ""], *[["类", "1"]] * 6)]
    for y in range(0, 600, 13):
        pages = rows_on_pages(Press().set(grid(["行业", "数"], *rows), y))
        assert {page[-1] for page in pages} == {"类"}


def test_cell_over_many_rows_is_named_on_every_page(press: Press) -> None:
    rows = ([None if n else cell("示例区域", down=100), f"项{n}"] for n in range(100))
    flow = press.set(grid(["区域", "项目"], *rows))
    named = ["示例区域" in page for page in on_pages(flow, "", "TH", "TD")]
    assert named == [True] * len(flow.pages)


def test_cell_taller_than_a_page_is_cut_and_told_of(press: Press) -> None:
    giant = SENTENCE * 100
    rows = (["日期", "内容"], ["1月", giant], ["2月", "短"])
    flow = press.set(grid(*rows, title="大事表", span=Span(5, 9)))
    assert giant in said_by_tag(flow, "TD")
    assert [(fault.message, fault.span) for fault in flow.findings] == [
        ("表3-1　大事表：第2行太高，一页排不下，已分在前后页", Span(5, 9))
    ]


def test_a_table_is_told_of_by_the_beginning_of_its_long_title(press: Press) -> None:
    flow = press.set(grid(["日期"], [SENTENCE * 100], title="大事" * 300))
    (fault,) = flow.findings
    assert fault.message == f"表3-1　{'大事' * 12}…：第2行太高，一页排不下，已分在前后页"


def test_row_too_tall_is_the_one_its_cell_begins_in(press: Press) -> None:
    rows = [[None, f"第{n}项"] for n in range(2, 6)]
    tall = cell(SENTENCE * 100, down=5)
    flow = press.set(grid(["内容", "项"], ["甲", "乙"], [tall, "第1项"], *rows, title="大事表"))
    assert [fault.message for fault in flow.findings] == [
        "表3-1　大事表：第3行太高，一页排不下，已分在前后页"
    ]


def test_head_too_tall_to_be_said_again_is_told_of_once(press: Press) -> None:
    body = ([f"甲{n}", "乙"] for n in range(150))
    flow = press.set(grid(["日期", SENTENCE * 50], *body, title="大事表", span=Span(5, 9)))
    assert len(flow.pages) > 2
    assert [(fault.code, fault.message, fault.span) for fault in flow.findings] == [
        ("B05", "表3-1　大事表：表头太高，续表上没有重印", Span(5, 9))
    ]


def test_head_of_more_rows_than_a_page_holds_is_told_of(press: Press) -> None:
    rows = ([SENTENCE * 3, SENTENCE] for _ in range(60))
    flow = press.set(grid(*rows, ["甲", "乙"], title="大事表", header_rows=60))
    assert [fault.message for fault in flow.findings] == ["表3-1　大事表：表头太高，分在前后页"]


def test_notes_of_a_cell_stand_on_the_page_of_their_marks(press: Press) -> None:
    look = press.setting.style.roles["note"]
    notes = {
        f"n{n}": FootNote(
            key=f"n{n}", lines=plain_passage(press.setting, f"注{n}：" + SENTENCE, look, 300).lines
        )
        for n in range(30)
    }
    press.setting = replace(press.setting, notes=notes)
    giant = sum(((*runs(SENTENCE * 5), Run(kind="note", target=n)) for n in notes), ())
    flow = press.set(Table(rows=((cell("日期"), cell("内容")), (cell("1月"), Cell(runs=giant)))))
    for number, page in enumerate(flow.pages):
        here = [item for at, item in texts(flow) if at == number]
        marks = sum(
            item.start <= line < (item.stop or 0) for item in here for line, _ in item.lines.calls
        )
        begun = [said(item) for item in here if said(item).startswith("注") and not item.start]
        assert (len(page.numbers), len(begun)) == (marks, marks)


@pytest.mark.parametrize(
    "table",
    [
        long_table(12),
        grid(["市", "事"], [cell(SENTENCE * 9, down=2), "甲"], [None, "乙"]),
        grid(["市", "事"], ["甲", SENTENCE * 9], [cell("注：示例。", across=2), None]),
    ],
    ids=["plain", "tall span", "remark"],
)
def test_height_said_is_the_height_taken(press: Press, table: Table) -> None:
    planned = press.plan(table)
    set_table(press.flow, planned)
    begins = planned.panels[0].heading.look.before  # which falls away at the top of a page
    assert 0 <= press.flow.y - (planned.height - begins) < press.frame.line


def test_points_of_a_note_stand_under_the_table_with_it(press: Press) -> None:
    notes = ("注：1.数据为示例。", "2.不含示例区。", "①示例。", "资料来源：示例局。")
    table = grid(["市", "值"], ["1.甲", None], *([note, None] for note in notes))
    cells, remarks = said_by_tag(flow := press.set(table), "TH", "TD"), said_by_tag(flow, "P")
    lefts = [item.x for _, item in texts(flow) if said(item) in ("注：1.", "2.", "①")]
    assert ("1.甲" in cells, remarks) == (True, list(notes))
    size = press.setting.style.roles["table_cell"].size
    assert [round((left - lefts[0]) / size, 2) for left in lefts] == [0, 2, 2]


def test_lines_of_a_note_begin_under_its_first_words(press: Press) -> None:
    notes = ("注：1." + SENTENCE * 5, "2.示例，" + SENTENCE * 5, "资料来源：" + "示例统计局、" * 30)
    table = grid(["市", *["值"] * 9], ["甲", *["1"] * 9], *([note] for note in notes))
    flow, size = press.set(table), press.setting.style.roles["table_cell"].size
    found = {said(item): item for _, item in texts(flow)}
    long = [item for item in found.values() if stop_of(item) > 1]
    labels = [found[label] for label in ("注：1.", "2.", "资料来源：")]
    assert len(long) == 3
    for label, item, ems in zip(labels, long, (3, 1, 5), strict=True):
        assert item.top == label.top
        assert (item.x - label.x) / size == pytest.approx(ems, abs=0.2)
        assert item.lines.look.indent == 0


@pytest.mark.parametrize("last", ["共3家", "2.5亿元", "资料"])
def test_a_row_that_is_no_point_of_a_note_stays_a_row(press: Press, last: str) -> None:
    flow = press.set(grid(["市", "值"], ["注：示例。", None], [last, None]))
    assert {"注：示例。", last} <= set(said_by_tag(flow, "TH", "TD"))


def test_table_begins_only_where_enough_rows_have_room(press: Press) -> None:
    planned = press.plan(long_table(40))
    assert (planned.parts(60), planned.parts(120)) == (False, True)
