"""Tables without lines between their cells, in narrow columns: read row by row, cell by cell."""

from __future__ import annotations

from editorial.model.page_order import reading_orders
from editorial.model.proof_page import TypedPage, TypeRun

SIZE, STEP = 10.0, 14.0
ROWS = [("瑞岗", "36", "家", "3916"), ("柏泉", "90", "个", "690"), ("石岭", "47", "人", "73")]
COLUMNS = (50, 74, 98, 122)
HEAD = ("项目", "数量", "单位", "比上年")


def run(x: float, y: float, text: str) -> TypeRun:
    """Figures are half as wide as Han characters, and so is the gap "_"."""
    lefts, rights = [], []
    for char in text:
        lefts.append(x)
        x += SIZE / 2 if char < "\u2000" else SIZE
        rights.append(x)
    return TypeRun(
        x=lefts[0],
        right=x,
        y=y,
        size=SIZE,
        text=text.replace("_", " "),
        lefts=tuple(lefts),
        rights=tuple(rights),
    )


def read(*table: TypeRun) -> str:
    """The table as it is read, below six lines of text."""
    text = [run(50, 100 + STEP * n, "文" * 12) for n in range(6)]
    page = TypedPage(sheet=1, label="", width=500, height=800, runs=(*text, *table))
    found = "".join(each.text for each in reading_orders([page], SIZE)[0].body)
    return found.replace("文", "").replace(" ", "")


def row(y: float, cells: tuple[str, ...]) -> list[TypeRun]:
    return [run(x, y, cell) for x, cell in zip(COLUMNS, cells, strict=True) if cell]


def lines(rows: list[tuple[str, ...]], y: float = 300) -> list[TypeRun]:
    return [each for n, cells in enumerate(rows) for each in row(y + STEP * n, cells)]


def wrapped(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The first cell of each row goes on in a line of its own."""
    return [line for cells in rows for line in (cells, ("县", "", "", ""))]


def test_a_line_of_some_cells_belongs_to_the_row_above() -> None:
    table = lines([HEAD, ("", "", "", "增长"), *wrapped(ROWS)])
    assert read(*table) == "项目数量单位比上年增长瑞岗县36家3916柏泉县90个690石岭县47人73"


def test_a_caption_above_is_no_row_and_changes_nothing() -> None:
    caption = [run(55, 284, "表2"), run(80, 284, "示例情况表")]
    table = lines([HEAD, ("", "", "", "增长"), *wrapped(ROWS)], 302)
    assert read(*caption, *table).startswith("表2示例情况表项目数量单位比上年增长瑞岗县36家")


def test_a_bracket_that_had_no_room_goes_on_though_the_line_is_not_full() -> None:
    head = [*row(300, ("项目", "数量", "单位", "占比")), run(122, 314, "（%）")]
    rows = [("高沙", "93", "家", "588704.5"), *ROWS]
    more = [run(74, 314, "（个）")]
    assert read(*head, *more, *lines(rows, 328)).startswith("项目数量（个）单位占比（%）高沙93")


def test_figures_that_fill_their_cells_are_parted_where_columns_meet() -> None:
    close = [run(50, 356, "丰堰"), run(74, 356, "23494_8690915")]
    table = [*lines([HEAD, *ROWS]), *close, *row(370, ("永城", "98", "家", "15"))]
    assert read(*table).endswith("石岭47人73丰堰234948690915永城98家15")


def test_columns_without_a_gap_are_no_table_to_part() -> None:
    table = [run(x, 300 + STEP * n, "甲乙") for n in range(4) for x in (50, 70, 90)]
    assert len(read(*table)) == 24


def test_names_drawn_apart_are_one_cell() -> None:
    rows = lines([HEAD])
    for n, (name, *cells) in enumerate(ROWS):
        y = 314 + 2 * STEP * n
        rows += [run(50, y, name[0]), run(62, y, name[1]), *row(y, ("", *cells))]
        rows.append(run(50, y + STEP, "县"))
    assert read(*rows).endswith("瑞岗县36家3916柏泉县90个690石岭县47人73")


def test_text_further_below_is_not_of_the_last_row() -> None:
    text = [run(70, 430, "【标题】"), run(122, 430, "该工程")]
    assert read(*lines([HEAD, *ROWS]), *text).endswith("石岭47人73【标题】该工程")


def test_a_row_of_its_own_with_few_figures_stays_one() -> None:
    table = lines([HEAD, *ROWS, ("", "173", "", ""), ROWS[0]])
    assert "石岭47人73173瑞岗36" in read(*table)
