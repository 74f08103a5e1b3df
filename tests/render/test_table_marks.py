"""Marks behind figures, the notes they call under the foot, and columns set alike."""

from __future__ import annotations

import pytest

from editorial.model.document import Cell, Run, Table
from editorial.render.pdf.items import Rules
from editorial.render.pdf.panel import SetBox
from tests.render.books import cell
from tests.render.tablepress import Press, grid, said, said_by_tag, texts
from tests.render.test_tables_docx import indents, root, styles
from tests.render.test_tables_docx import texts as words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKED = ["6.78*", "6.78＊", "6.78①", "6.78^①", "6.78^1", "6.78^注", "6.78△"]


@pytest.fixture
def press() -> Press:
    return Press()


def figure(typed: str) -> Cell:
    """A cell whose mark behind ^ is raised."""
    text, _, mark = typed.partition("^")
    return Cell(runs=(Run(text=text), *([Run(text=mark, kind="superscript")] if mark else [])))


def figures(*typed: str) -> Table:
    rows: list[list[str | Cell | None]] = [["示例项指标", figure(each)] for each in typed]
    return grid(["项目", "数"], *rows)


def ends(press: Press, *typed: str) -> list[float]:
    """x of the end of what stands before the point, or of all digits."""
    (panel,) = press.plan(figures(*typed)).panels
    found = []
    for (_, box), each in zip(panel.rows[1:], typed, strict=True):
        assert box.lines
        whole = len(each.partition(".")[0].rstrip("*＊①△").partition("^")[0])
        found.append(box.x + box.lines.copy.length(panel.look.size, whole))
    return found


@pytest.mark.parametrize("marked", [*MARKED, "678*", "678①", "678^1"])
def test_a_mark_hangs_behind_a_figure_under_its_point(press: Press, marked: str) -> None:
    x = ends(press, "1234.5", marked, "12")
    assert max(x) - min(x) < 0.05


@pytest.mark.parametrize("marked", MARKED)
def test_a_marked_figure_leaves_the_stubs_at_the_left(press: Press, marked: str) -> None:
    (panel,) = press.plan(figures("1234.5", marked, "12")).panels
    assert {round(row[0].x, 2) for row in panel.rows[1:]} == {4}


def test_points_stand_under_each_other_in_word_beside_marks() -> None:
    """From the right: a mark takes its room beside the point."""
    whole, marked, raised = indents(figures("1234.5", "6.78*", "6.7^①"), 1)
    em = 8.5 * 20
    assert [round((each - marked) / em, 1) for each in (whole, raised)] == [1.0, 0.5]


# Notes


def notes_of(*notes: str) -> Table:
    rows: list[list[str | Cell | None]] = [["甲", "1"], *([note, None] for note in notes)]
    return grid(["市", "值"], *rows)


def test_rows_that_begin_with_signs_nothing_calls_for_stay_rows(press: Press) -> None:
    flow = press.set(notes_of("①总人口", "②男", "③女"))
    assert said_by_tag(flow, "P") == []
    assert said_by_tag(flow, "TH")[-3:] == ["①总人口", "②男", "③女"]


@pytest.mark.parametrize("note", ["①示例", "*初步数", "＊初步数", "资料来源：示例局", "注：示例"])
def test_a_note_stands_under_the_foot_by_itself(press: Press, note: str) -> None:
    flow = press.set(notes_of(note))
    assert said_by_tag(flow, "P") == [note]
    paragraphs = root(notes_of(note)).iter(f"{W}p")
    assert [words(p) for p in paragraphs if styles(p) == ["TableNote"]] == [[note]]


def test_notes_of_a_table_begin_under_each_other(press: Press) -> None:
    notes = (
        "*为初步核算数。",
        "①示例。",
        "注：示例年以前见前志。",
        "②又示例。",
        "资料来源：示例局。",
    )
    flow = press.set(notes_of(*notes))
    marks = ("*", "①", "注：", "②", "资料来源：")
    lefts = {round(item.x, 1) for _, item in texts(flow) if said(item) in marks}
    assert (len(lefts), said_by_tag(flow, "P")) == (1, list(notes))


def test_items_of_a_list_are_no_notes(press: Press) -> None:
    flow = press.set(grid(["措施"], ["①示例。"], ["*示例"]))
    assert said_by_tag(flow, "TH", "TD") == ["措施", "①示例。", "*示例"]


# Columns and rules


def level(press: Press, table: Table) -> list[tuple[float, float]]:
    """From where to where each fine rule between rows goes, as shares of the table."""
    flow = press.set(table)
    rules = [item for item in flow.pages[0].items if isinstance(item, Rules)]
    heavy = next(item.strokes[0] for item in rules if not item.grey)
    width = heavy[2] - heavy[0]
    fine = (stroke for item in rules if item.grey for stroke in item.strokes)
    return [
        (round((x0 - heavy[0]) / width, 2), round((x1 - heavy[0]) / width, 2))
        for x0, y0, x1, y1 in fine
        if y0 == y1
    ]


def merged(column: int) -> Table:
    """Four rows of which those in the middle share a cell of one column."""
    rows: list[list[str | Cell | None]] = [[f"甲{row}", f"乙{row}", f"丙{row}"] for row in range(4)]
    rows[1][column], rows[2][column] = cell("示例", down=2), None
    return grid(["市", "县", "治"], *rows)


def test_a_merge_beside_the_stub_is_ruled_by_itself(press: Press) -> None:
    (_, stop), *others = strokes = level(press, merged(2))
    assert (len(strokes), stop, others) == (2, 1.0, [strokes[0]])
    assert strokes[0][0] > 0.5


def test_a_merge_of_the_stub_parts_groups(press: Press) -> None:
    assert level(press, merged(0)) == [(0.0, 1.0)] * 2


def test_columns_under_one_head_begin_alike(press: Press) -> None:
    table = grid(
        ["朝代", cell("隶属", across=2), None, "数"],
        ["", "一级", "二级", ""],
        ["秦", "示例州刺史总部", "南郡", "1"],
        ["汉", "示州", "北郡", "2"],
        header_rows=2,
    )
    (panel,) = press.plan(table).panels
    rows = {row: [each for each in cells if each.lines] for row, cells in enumerate(panel.rows)}
    lefts = [[round(box.x - panel.edges[at], 1) for at, box in enumerate(rows[r])] for r in (2, 3)]
    assert lefts[0][1:3] == lefts[1][1:3] == [4.0, 4.0]


@pytest.mark.parametrize(
    ("told", "centred"), [("—", True), ("…", True), ("〃", True), ("无", False)]
)
def test_a_dash_stands_in_the_middle_of_words(press: Press, told: str, centred: bool) -> None:
    table = grid(["市", "备注"], ["甲", "示例老区村"], ["乙", told], ["丙", "示例"])
    (panel,) = press.plan(table).panels
    box = panel.rows[2][1]
    assert is_centred_in(box, panel.edges[1:], panel.look.size) is centred


def is_centred_in(box: SetBox, edges: tuple[float, ...], size: float) -> bool:
    assert box.lines
    return box.x + box.lines.copy.length(size) / 2 == pytest.approx(sum(edges) / 2, abs=0.1)
