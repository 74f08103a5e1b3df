from __future__ import annotations

import pytest
from rich.cells import cell_len

from editorial.model.board import AxisCell, Row
from editorial.tui.columns import (
    CHAPTERS,
    GAP,
    SECTIONS,
    Column,
    Tints,
    axis_text,
    cells,
    fitting,
    laid_out,
)

NONE = AxisCell()
TINTS = Tints(partly="#dde8e6", whole="#b9d6c2", alarm="#a3271d", faint="#676761", accent="#9c3a2b")
FULL = AxisCell(id="editing", label="编辑加工", done=123, total=250)


def row(title: str, cell: AxisCell = NONE, overdue: int = 0) -> Row:
    return Row(
        id="01-a",
        title=title,
        kind="chapter",
        supply=cell,
        editing=cell,
        letters=cell,
        opinions=cell,
        production=cell,
        overdue=overdue,
    )


def width_of(columns: tuple[Column, ...]) -> int:
    return sum(column.width + GAP for column in columns)


@pytest.mark.parametrize("spec", [CHAPTERS, SECTIONS])
@pytest.mark.parametrize("width", [79, 100, 119, 160, 220])
def test_columns_take_exactly_the_width_there_is(spec: tuple[Column, ...], width: int) -> None:
    assert width_of(laid_out(spec, width, [row("“一带一路”建设", FULL, 12)])) == width


@pytest.mark.parametrize("title", ["特载", "“一带一路”——合作与开放·综述", "R&D经费" * 9, ""])
def test_every_cell_fills_its_column(title: str) -> None:
    columns = laid_out(CHAPTERS, 79, [row(title, FULL)])
    line = cells(row(title, FULL, 7), columns, TINTS, {}, marked=True)
    assert [cell_len(cell.plain) for cell in line] == [column.width for column in columns]


def test_more_columns_show_when_there_is_room() -> None:
    wide, narrow = laid_out(CHAPTERS, 120, []), laid_out(CHAPTERS, 80, [])
    assert {c.heading for c in wide} - {c.heading for c in narrow} == {"字数", "责任编辑", "截稿"}


def test_an_axis_says_its_share_in_figures() -> None:
    cell = AxisCell(id="review1", label="初审", done=3, total=12)
    assert axis_text(cell, 12, TINTS).plain == "初审    3/12"


def test_the_tint_is_as_long_as_the_share() -> None:
    half = AxisCell(id="review1", label="初审", done=6, total=12)
    (span,) = axis_text(half, 12, TINTS).spans
    assert cell_len("初审    6/12"[: span.end]) == 6


def test_an_axis_with_nothing_shows_a_dash() -> None:
    assert axis_text(NONE, 4, TINTS).plain == "-   "


def test_a_single_thing_needs_no_figures() -> None:
    assert axis_text(AxisCell(id="sent", label="发出", done=0, total=1), 6, TINTS).plain == "发出  "


def test_overdue_is_told_in_words() -> None:
    line = cells(row("特载", overdue=3), laid_out(CHAPTERS, 79, []), TINTS, {}, marked=False)
    assert "逾3" in line[6].plain


SPARE = (
    Column(key="title", heading="名称", width=10),
    Column(key="phone", heading="电话", width=8, spare=2),
    Column(key="city", heading="城市", width=4, spare=1),
    Column(key="state", heading="状态", width=6),
)


@pytest.mark.parametrize(
    ("width", "left"),
    [
        (32, ["title", "phone", "city", "state"]),
        (31, ["title", "phone", "state"]),
        (27, ["title", "phone", "state"]),
        (26, ["title", "state"]),
        (5, ["title", "state"]),
    ],
)
def test_spare_columns_go_in_their_turn_and_no_more_than_must(width: int, left: list[str]) -> None:
    assert [SPARE[at].key for at in fitting(SPARE, width)] == left


@pytest.mark.parametrize("width", range(64, 210))
@pytest.mark.parametrize("spec", [CHAPTERS, SECTIONS])
def test_what_is_left_fits_at_every_width(spec: tuple[Column, ...], width: int) -> None:
    columns = laid_out(spec, width, [row("“一带一路”建设", FULL, 12)])
    left = [columns[at] for at in fitting(columns, width)]
    line = cells(row("“一带一路”——建设", FULL, 7), columns, TINTS, {}, marked=True)
    shown = [line[at] for at in fitting(columns, width)]
    assert [cell_len(cell.plain) for cell in shown] == [column.width for column in left]
    assert width_of(tuple(left)) <= width
